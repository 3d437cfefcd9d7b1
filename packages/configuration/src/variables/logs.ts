import { integerType, wordListType, wordType } from '../variable-type.js';
import { variable } from '../variable.js';
import { OTLP_PROTOCOLS } from './traces.js';

/** What `OTEL_LOGS_EXPORTER` can name. */
export const LOG_EXPORTERS = ['otlp', 'console'] as const;

/** Where log records go, and in which batches. Limits and defaults are those of the specification's batch processor. */
export const LOGS_VARIABLES = {
  exporters: variable({
    name: 'OTEL_LOGS_EXPORTER',
    type: wordListType(LOG_EXPORTERS),
    default: ['otlp'],
    description: 'Exporters of log records, of which events of GenAI calls are some.',
  }),
  otlpProtocol: variable({
    name: 'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL',
    generalName: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    type: wordType(OTLP_PROTOCOLS),
    default: 'http/protobuf',
    description: 'Transport of OTLP for log records.',
  }),
  maxQueueSize: variable({
    name: 'OTEL_BLRP_MAX_QUEUE_SIZE',
    type: integerType(1, 'log records'),
    default: 2048,
    description: 'Log records that wait for export; those beyond are dropped and counted.',
  }),
  scheduledDelayMillis: variable({
    name: 'OTEL_BLRP_SCHEDULE_DELAY',
    type: integerType(1, 'milliseconds'),
    default: 1000,
    description: 'Time in ms from the first waiting log record to the export of its batch.',
  }),
  exportTimeoutMillis: variable({
    name: 'OTEL_BLRP_EXPORT_TIMEOUT',
    type: integerType(1, 'milliseconds'),
    default: 30_000,
    description: 'Time in ms after which an export of log records is given up.',
  }),
  maxExportBatchSize: variable({
    name: 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE',
    type: integerType(1, 'log records'),
    default: 512,
    description: 'Most log records of one export.',
  }),
};
