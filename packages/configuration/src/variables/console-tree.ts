import { booleanType } from '../variable-type.js';
import { variable } from '../variable.js';

/** Options of the `console_tree` exporter. */
export const CONSOLE_TREE_VARIABLES = {
  verbose: variable({
    name: 'OTEL_GENSPAN_CONSOLE_TREE_VERBOSE',
    type: booleanType,
    default: false,
    description: 'Adds the captured content to the tree on the console.',
  }),
};
