import { anyListType } from '../variable-type.js';
import { variable } from '../variable.js';

/** Which instrumentations run. The names are those of packages without `@opentelemetry/instrumentation-`: `openai`, `http`. */
export const INSTRUMENTATIONS_VARIABLES = {
  enabled: variable({
    name: 'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
    type: anyListType,
    default: [],
    description: 'When set, only these run (`openai` is genspan’s).',
  }),
  disabled: variable({
    name: 'OTEL_NODE_DISABLED_INSTRUMENTATIONS',
    type: anyListType,
    default: [],
    description: 'These do not run.',
  }),
};
