import { integerType, ratioType, wordListType, wordType } from '../variable-type.js';
import { variable } from '../variable.js';

/** What `OTEL_TRACES_EXPORTER` can name: the SDK's exporters, then ours. */
export const TRACE_EXPORTERS = ['otlp', 'console', 'zipkin', 'console_tree', 'jsonl'] as const;

/** The transports of OTLP. */
export const OTLP_PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'] as const;

/** What `OTEL_TRACES_SAMPLER` can name: the SDK's samplers. */
export const TRACES_SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Which spans start being recorded, where they go, and in which batches. Limits are those of the specification's batch processor. */
export const TRACES_VARIABLES = {
  // The SDK reads these two itself; the sampling stage has to know them.
  sampler: variable({
    name: 'OTEL_TRACES_SAMPLER',
    type: wordType(TRACES_SAMPLERS),
    default: 'parentbased_always_on',
    description: 'Which traces are recorded at all, decided by the SDK when they start.',
  }),
  samplerRatio: variable({
    name: 'OTEL_TRACES_SAMPLER_ARG',
    type: ratioType,
    default: 1,
    description: 'Share of the traces that the `traceidratio` samplers record.',
    uncheckedWhen: (textOf) => textOf('OTEL_TRACES_SAMPLER')?.toLowerCase().endsWith('traceidratio') !== true,
  }),
  exporters: variable({
    name: 'OTEL_TRACES_EXPORTER',
    type: wordListType(TRACE_EXPORTERS),
    default: ['otlp'],
    description: 'Exporters of spans; with `none`, metrics and logs still leave.',
  }),
  otlpProtocol: variable({
    name: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
    generalName: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    type: wordType(OTLP_PROTOCOLS),
    default: 'http/protobuf',
    description: 'Transport of OTLP for spans.',
  }),
  maxQueueSize: variable({
    name: 'OTEL_BSP_MAX_QUEUE_SIZE',
    type: integerType(1, 'spans'),
    // The specification's 2,048 are gone in a tenth of a second at 20,000 spans/s; bytes are what bounds memory here.
    default: 32_768,
    description: 'Spans that wait for export; those beyond are dropped and counted.',
  }),
  scheduledDelayMillis: variable({
    name: 'OTEL_BSP_SCHEDULE_DELAY',
    type: integerType(1, 'milliseconds'),
    default: 5000,
    description: 'Time in ms from the first waiting span to the export of its batch.',
  }),
  exportTimeoutMillis: variable({
    name: 'OTEL_BSP_EXPORT_TIMEOUT',
    type: integerType(1, 'milliseconds'),
    default: 30_000,
    description: 'Time in ms after which an export is given up.',
  }),
  maxExportBatchSize: variable({
    name: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
    type: integerType(1, 'spans'),
    default: 512,
    description: 'Most spans of one export.',
  }),
};
