import { booleanType, integerType, wordType } from '../variable-type.js';
import { variable } from '../variable.js';

/** The levels of OpenTelemetry's own diagnostics, from silent to everything. */
export const LOG_LEVELS = ['none', 'error', 'warn', 'info', 'debug', 'verbose', 'all'] as const;

/** Variables of the process as a whole. */
export const SDK_VARIABLES = {
  disabled: variable({
    name: 'OTEL_SDK_DISABLED',
    type: booleanType,
    default: false,
    description: 'Starts nothing and loads nothing.',
  }),
  logLevel: variable({
    name: 'OTEL_LOG_LEVEL',
    type: wordType(LOG_LEVELS),
    default: 'warn',
    description: 'What OpenTelemetry and genspan say about themselves on stderr.',
  }),
  sdkMetrics: variable({
    name: 'OTEL_NODE_EXPERIMENTAL_SDK_METRICS',
    type: booleanType,
    default: false,
    description: 'Lets the SDK report metrics about itself, such as the length of the queue of spans.',
  }),
  shutdownTimeoutMillis: variable({
    name: 'OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS',
    type: integerType(0, 'milliseconds'),
    default: 5000,
    description: 'Longest time that the last flush may take when the process ends; 0 does not wait at all.',
  }),
};
