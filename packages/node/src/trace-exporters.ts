import type { MeterProvider } from '@opentelemetry/api';
import type { ConfigurationModel } from '@genspan/configuration';
import { ConsoleTreeSpanExporter, JsonlSpanExporter } from '@genspan/span-exporters';
import type { SpanExporterLike, SpanProcessorLike } from '@genspan/span-processor-base';
import { ExportingSpanProcessor } from './exporting-span-processor.js';
import type { SdkModules } from './sdk-modules.js';
import type { UnheldWork } from './unheld-work.js';

/** A name that `OTEL_TRACES_EXPORTER` can have. */
export type TraceExporterName = ConfigurationModel['traces']['exporters'][number];

/** What is needed to make an exporter with its processor. */
export interface ExporterContext {
  readonly model: ConfigurationModel;
  readonly sdk: SdkModules;
  readonly unheld: UnheldWork;
  /** Where the SDK's processors report on themselves, when `OTEL_NODE_EXPERIMENTAL_SDK_METRICS` asks for it. */
  readonly selfObsMeterProvider: MeterProvider | undefined;
}

const OTLP_PACKAGES: Record<ConfigurationModel['traces']['otlpProtocol'], string> = {
  'http/protobuf': '@opentelemetry/exporter-trace-otlp-proto',
  'http/json': '@opentelemetry/exporter-trace-otlp-http',
  grpc: '@opentelemetry/exporter-trace-otlp-grpc',
};

/** Each exporter by name. Those of the SDK read endpoint, headers, timeout and certificates from their variables. */
const CREATE: { [Name in TraceExporterName]: (context: ExporterContext) => SpanProcessorLike } = {
  otlp: (context) =>
    batching(load(context.sdk, OTLP_PACKAGES[context.model.traces.otlpProtocol], 'OTLPTraceExporter'), context),
  zipkin: (context) => batching(load(context.sdk, '@opentelemetry/exporter-zipkin', 'ZipkinExporter'), context),
  console: (context) => immediate(new context.sdk.sdkTrace.ConsoleSpanExporter(), context),
  console_tree: (context) =>
    immediate(new ConsoleTreeSpanExporter({ verbose: context.model.consoleTree.verbose }), context),
  jsonl: (context) => batching(new JsonlSpanExporter(context.model.jsonl), context),
};

/**
 * Makes the exporter of this name and the processor in front of it.
 *
 * @throws Error when the SDK has no such exporter, or it refuses its settings.
 */
export function createNamedExporter(name: TraceExporterName, context: ExporterContext): SpanProcessorLike {
  return CREATE[name](context);
}

/** Hands spans to the exporter in batches, by `OTEL_BSP_*`. */
export function batching(exporter: SpanExporterLike, context: ExporterContext): SpanProcessorLike {
  const { maxQueueSize, scheduledDelayMillis, exportTimeoutMillis, maxExportBatchSize } = context.model.traces;
  const { BatchSpanProcessor } = context.sdk.sdkTrace;
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize,
    scheduledDelayMillis,
    exportTimeoutMillis,
    maxExportBatchSize,
    ...selfObservation(context),
  });
  return new ExportingSpanProcessor(processor, exporter, context.unheld);
}

/** Hands each span to the exporter when it ends, as the SDK does for the console. */
function immediate(exporter: SpanExporterLike, context: ExporterContext): SpanProcessorLike {
  const { SimpleSpanProcessor } = context.sdk.sdkTrace;
  const processor = new SimpleSpanProcessor({ exporter, ...selfObservation(context) });
  return new ExportingSpanProcessor(processor, exporter, context.unheld);
}

function selfObservation({ selfObsMeterProvider }: ExporterContext): { selfObsMeterProvider?: MeterProvider } {
  return selfObsMeterProvider === undefined ? {} : { selfObsMeterProvider };
}

function load(sdk: SdkModules, packageName: string, className: string): SpanExporterLike {
  const exporters = sdk.load(packageName) as Readonly<Record<string, new () => SpanExporterLike>>;
  const Exporter = exporters[className];
  if (Exporter === undefined) throw new Error(`${packageName} has no ${className}`);
  return new Exporter();
}
