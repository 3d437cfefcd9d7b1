import { diag } from '@opentelemetry/api';
import { createSpanPipeline } from '@genspan/pipeline';
import type { Redactor } from '@genspan/redaction-span-processor';
import type {
  EnrichmentStageOptions,
  MappingStageOptions,
  SamplingStageOptions,
  SpanPipeline,
} from '@genspan/pipeline';
import type { SpanExporterLike, SpanProcessorLike } from '@genspan/span-processor-base';
import { describeError } from './diagnostics.js';
import { FanOutSpanProcessor } from './fan-out-span-processor.js';
import { reporting } from './reporting.js';
import { createGivenExporter, createNamedExporter } from './trace-exporters.js';
import type { ExporterContext, TraceExporterName } from './trace-exporters.js';

/** An exporter by its name in `OTEL_TRACES_EXPORTER`, or an exporter object. */
export type TraceExporter = TraceExporterName | SpanExporterLike;

/** What {@link createTracePipeline} needs. */
export interface TracePipelineContext extends ExporterContext {
  readonly exporters: readonly TraceExporter[];
  readonly sampling: SamplingStageOptions | false;
  readonly enrichment: EnrichmentStageOptions | false;
  readonly mapping: MappingStageOptions | false;
  readonly redactor: Redactor | undefined;
}

/**
 * The one span processor to register: the pipeline's stages, then every exporter.
 *
 * An exporter that cannot be made is one `diag` error; the others are used. Call it when the meter provider is registered.
 *
 * @returns `undefined` when there is no exporter: then spans are not recorded at all
 */
export function createTracePipeline(context: TracePipelineContext): SpanPipeline | undefined {
  const processors = context.exporters.flatMap((exporter) => createProcessor(exporter, context) ?? []);
  const [first, ...others] = processors;
  if (first === undefined) return undefined;
  const delegate = others.length === 0 ? first : new FanOutSpanProcessor(processors);
  return createSpanPipeline({
    order: context.model.pipeline.order,
    sampling: context.sampling !== false && reporting(context.sampling),
    enrichment: context.enrichment !== false && reporting(context.enrichment),
    mapping: context.mapping !== false && reporting(context.mapping),
    redaction: context.redactor !== undefined && { redactor: context.redactor },
    delegate,
  });
}

function createProcessor(exporter: TraceExporter, context: ExporterContext): SpanProcessorLike | undefined {
  if (typeof exporter !== 'string') return createGivenExporter(exporter, context);
  try {
    return createNamedExporter(exporter, context);
  } catch (error) {
    diag.error(`OTEL_TRACES_EXPORTER: ${exporter} cannot be used and is left out: ${describeError(error)}`);
    return undefined;
  }
}
