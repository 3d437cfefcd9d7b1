import { booleanType, integerType, optional, positiveNumberType, synonymType, textType } from '../variable-type.js';
import { variable } from '../variable.js';

/** Which spans are dropped when the queue is full. */
export type DropPolicyName = 'newest' | 'oldest' | 'leastImportant';

/** How ended spans reach their exporter, beside `OTEL_BSP_*`. What needs requests to a receiver is for OTLP over HTTP. */
export const EXPORT_VARIABLES = {
  maxQueueBytes: variable({
    name: 'OTEL_GENSPAN_EXPORT_MAX_QUEUE_BYTES',
    type: integerType(1, 'bytes'),
    default: 64 * 1024 * 1024,
    description: 'Memory in bytes that waiting spans may take, beside the bound on their number.',
  }),
  concurrency: variable({
    name: 'OTEL_GENSPAN_EXPORT_CONCURRENCY',
    type: integerType(1, 'exports'),
    default: 4,
    description: 'Batches on their way at the same time.',
  }),
  dropPolicy: variable({
    name: 'OTEL_GENSPAN_EXPORT_DROP_POLICY',
    type: synonymType<DropPolicyName>({
      newest: 'newest',
      oldest: 'oldest',
      least_important: 'leastImportant',
      leastimportant: 'leastImportant',
    }),
    default: 'newest',
    description:
      'What goes when the queue is full; with `least_important` errors and what a sampling rule kept go last.',
  }),
  syncFlush: variable({
    name: 'OTEL_GENSPAN_EXPORT_SYNC_FLUSH',
    type: booleanType,
    default: false,
    description: 'Sends nothing until a flush is asked for, as functions that are frozen between requests need it.',
  }),
  retries: variable({
    name: 'OTEL_GENSPAN_EXPORT_RETRIES',
    type: integerType(0),
    default: 12,
    description: 'How often a batch is sent again when the receiver is busy or away, within the time of an export.',
  }),
  rate: variable({
    name: 'OTEL_GENSPAN_EXPORT_RATE',
    type: optional(positiveNumberType),
    default: undefined,
    description: 'Requests per second on average; batches beyond wait.',
  }),
  burst: variable({
    name: 'OTEL_GENSPAN_EXPORT_BURST',
    type: optional(integerType(1, 'requests')),
    default: undefined,
    description: 'Requests at once after a pause; without it, those of one second.',
  }),
  maxRequestBytes: variable({
    name: 'OTEL_GENSPAN_EXPORT_MAX_REQUEST_BYTES',
    type: integerType(1024, 'bytes'),
    default: 4 * 1024 * 1024,
    description: 'Bytes of one request before compression; larger batches are split, a larger span loses its content.',
  }),
  spoolDirectory: variable({
    name: 'OTEL_GENSPAN_EXPORT_SPOOL_DIR',
    type: optional(textType),
    default: undefined,
    description: 'Directory in which batches are stored until the receiver has them; processes may share it.',
  }),
  spoolMaxBytes: variable({
    name: 'OTEL_GENSPAN_EXPORT_SPOOL_MAX_BYTES',
    type: integerType(1, 'bytes'),
    default: 512 * 1024 * 1024,
    description: 'Bytes in that directory; beyond, the oldest batches go, counted.',
  }),
  failedPayloadsDirectory: variable({
    name: 'OTEL_GENSPAN_EXPORT_FAILED_PAYLOADS_DIR',
    type: optional(textType),
    default: undefined,
    description: 'Directory that gets what could not be delivered or was dropped, as OTLP JSON.',
  }),
  allPayloadsDirectory: variable({
    name: 'OTEL_GENSPAN_EXPORT_ALL_PAYLOADS_DIR',
    type: optional(textType),
    default: undefined,
    description: 'Directory that gets everything that is exported, as OTLP JSON.',
  }),
};
