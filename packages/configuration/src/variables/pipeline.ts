import { wordType } from '../variable-type.js';
import { variable } from '../variable.js';

/** The two orders of the stages between a span's end and its export. */
export const PIPELINE_ORDERS = ['safety', 'efficiency'] as const;

/** How the stages are composed. */
export const PIPELINE_VARIABLES = {
  order: variable({
    name: 'OTEL_GENSPAN_PIPELINE_ORDER',
    type: wordType(PIPELINE_ORDERS),
    default: 'safety',
    description: 'Whether spans are redacted before sampling (`safety`) or sampled first (`efficiency`).',
  }),
};
