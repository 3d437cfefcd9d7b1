import { BufferedSpanProcessor } from '@genspan/buffered-span-processor';
import type { MeterProvider } from '@opentelemetry/api';
import type { ConfigurationModel } from '@genspan/configuration';
import { ConsoleTreeSpanExporter, JsonlSpanExporter, OtlpHttpSpanExporter } from '@genspan/span-exporters';
import type { PayloadDumpSpanExporter } from '@genspan/span-exporters';
import type { SpanExporterLike, SpanLoss, SpanProcessorLike } from '@genspan/span-processor-base';
import type { Delivery } from './delivery.js';
import type { DeliverySettings } from './delivery-settings.js';
import { ExportingSpanProcessor } from './exporting-span-processor.js';
import { createExportStack } from './export-stack.js';
import { otlpHttpOptions } from './otlp-settings.js';
import type { SdkModules } from './sdk-modules.js';
import { UnheldSpanExporter } from './unheld-span-exporter.js';
import type { UnheldWork } from './unheld-work.js';

/** A name that `OTEL_TRACES_EXPORTER` can have. */
export type TraceExporterName = ConfigurationModel['traces']['exporters'][number];

/** What is needed to make an exporter with its processor. */
export interface ExporterContext {
  readonly model: ConfigurationModel;
  readonly settings: DeliverySettings;
  /** Learns of each processor that hands on batches. */
  readonly delivery: Delivery;
  readonly sdk: SdkModules;
  readonly unheld: UnheldWork;
  /** Where processors report on themselves, when `OTEL_NODE_EXPERIMENTAL_SDK_METRICS` asks for it. */
  readonly selfObsMeterProvider: MeterProvider | undefined;
}

/** Each exporter by name. Those of the SDK read what concerns them from their variables. */
const CREATE: { [Name in TraceExporterName]: (context: ExporterContext) => SpanProcessorLike } = {
  otlp: createOtlp,
  zipkin: (context) =>
    batching('zipkin', fromSdk('@opentelemetry/exporter-zipkin', 'ZipkinExporter', context), context),
  console: (context) => immediate(new context.sdk.sdkTrace.ConsoleSpanExporter(), context),
  console_tree: (context) =>
    immediate(new ConsoleTreeSpanExporter({ verbose: context.model.consoleTree.verbose }), context),
  jsonl: (context) => batching('jsonl', new JsonlSpanExporter(context.model.jsonl), context),
};

/**
 * Makes the exporter of this name and the processor in front of it.
 *
 * @throws Error when the SDK has no such exporter, or it refuses its settings.
 */
export function createNamedExporter(name: TraceExporterName, context: ExporterContext): SpanProcessorLike {
  return CREATE[name](context);
}

/** Hands spans in batches to an exporter of the application's. */
export function createGivenExporter(exporter: SpanExporterLike, context: ExporterContext): SpanProcessorLike {
  return batching('exporter', exporter, context);
}

/** OTLP over HTTP is sent by us, over gRPC by the SDK. */
function createOtlp(context: ExporterContext): SpanProcessorLike {
  const { model, settings } = context;
  const isGrpc = model.traces.otlpProtocol === 'grpc';
  const sender = isGrpc
    ? fromSdk('@opentelemetry/exporter-trace-otlp-grpc', 'OTLPTraceExporter', context)
    : new OtlpHttpSpanExporter(otlpHttpOptions(model, settings));
  const { exporter, dump } = createExportStack(sender, settings, model.traces.exportTimeoutMillis);
  // The SDK sends a batch as one request.
  return batching('otlp', exporter, context, { dump, ...(isGrpc ? { maxBatchBytes: settings.maxRequestBytes } : {}) });
}

interface BatchingDetails {
  readonly dump?: PayloadDumpSpanExporter | undefined;
  readonly maxBatchBytes?: number;
}

/** Hands spans to the exporter in batches, by `OTEL_BSP_*` and `OTEL_GENSPAN_EXPORT_*`. */
function batching(
  name: string,
  exporter: SpanExporterLike,
  { model, settings, delivery, unheld, selfObsMeterProvider }: ExporterContext,
  { dump, maxBatchBytes }: BatchingDetails = {},
): SpanProcessorLike {
  const { maxQueueSize, scheduledDelayMillis, exportTimeoutMillis, maxExportBatchSize } = model.traces;
  const { onDrop, onError } = settings;
  const processor = new BufferedSpanProcessor({
    exporter: new UnheldSpanExporter(exporter, unheld),
    maxQueueSize,
    maxQueueBytes: settings.maxQueueBytes,
    maxBatchSize: Math.min(maxExportBatchSize, maxQueueSize),
    scheduleDelayMillis: scheduledDelayMillis,
    exportTimeoutMillis,
    maxConcurrentExports: settings.concurrency,
    dropPolicy: settings.dropPolicy,
    syncFlush: settings.syncFlush,
    // A little less than everything together has, so that what was left is told by its number.
    shutdownTimeoutMillis: Math.max(1, Math.floor(model.sdk.shutdownTimeoutMillis * 0.9)),
    onDrop: (loss: SpanLoss) => {
      dump?.dumpDropped(loss);
      onDrop?.(loss);
    },
    ...(maxBatchBytes === undefined ? {} : { maxBatchBytes }),
    ...(onError === undefined ? {} : { onError }),
    ...(selfObsMeterProvider === undefined ? {} : { meterProvider: selfObsMeterProvider }),
  });
  delivery.add(name, processor);
  return processor;
}

/** Hands each span to the exporter when it ends, as the SDK does for the console. */
function immediate(exporter: SpanExporterLike, context: ExporterContext): SpanProcessorLike {
  const { SimpleSpanProcessor } = context.sdk.sdkTrace;
  const { selfObsMeterProvider } = context;
  const processor = new SimpleSpanProcessor({
    exporter,
    ...(selfObsMeterProvider === undefined ? {} : { selfObsMeterProvider }),
  });
  return new ExportingSpanProcessor(processor, exporter, context.unheld);
}

function fromSdk(packageName: string, className: string, { sdk }: ExporterContext): SpanExporterLike {
  const exporters = sdk.load(packageName) as Readonly<Record<string, new () => SpanExporterLike>>;
  const Exporter = exporters[className];
  if (Exporter === undefined) throw new Error(`${packageName} has no ${className}`);
  return new Exporter();
}
