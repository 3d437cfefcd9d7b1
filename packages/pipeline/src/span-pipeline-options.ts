import { expectOneOf, expectOptions, expectSpanProcessor, OptionError } from '@genspan/span-processor-base';
import type { SpanProcessorLike } from '@genspan/span-processor-base';
import type { EnrichmentSpanProcessorOptions } from '@genspan/enrichment-span-processor';
import type { GenAIMappingSpanProcessorOptions } from '@genspan/genai-mapping-span-processor';
import type { RedactionSpanProcessorOptions } from '@genspan/redaction-span-processor';
import type { SamplingSpanProcessorOptions } from '@genspan/sampling-span-processor';

/**
 * Which stages come first. `safety`: all spans are complete and redacted before any decision is made about them.
 * `efficiency`: traces are sampled first, so that nothing is spent on spans that are dropped.
 */
export type SpanPipelineOrder = 'safety' | 'efficiency';

/** Options of the sampling stage: those of `SamplingSpanProcessor`, whose `delegate` is the next stage. */
export type SamplingStageOptions = Omit<SamplingSpanProcessorOptions, 'delegate'>;

/** Options of the enrichment stage: those of `EnrichmentSpanProcessor`, whose `delegate` is the next stage. */
export type EnrichmentStageOptions = Omit<EnrichmentSpanProcessorOptions, 'delegate'>;

/** Options of the mapping stage: those of `GenAIMappingSpanProcessor`, whose `delegate` is the next stage. */
export type MappingStageOptions = Omit<GenAIMappingSpanProcessorOptions, 'delegate'>;

/** Options of the redaction stage: those of `RedactionSpanProcessor`, whose `delegate` is the next stage. */
export type RedactionStageOptions = Omit<RedactionSpanProcessorOptions, 'delegate'>;

/** Options of {@link createSpanPipeline}. */
export interface SpanPipelineOptions {
  /** The last step: what takes the spans that come out, as a rule a `BatchSpanProcessor` with its exporter. */
  delegate: SpanProcessorLike;
  /**
   * The order of the stages.
   * @defaultValue `'safety'`
   */
  order?: SpanPipelineOrder;
  /**
   * Which traces are kept. An empty object is a stage that keeps them all, and says so on them.
   * @defaultValue `false`: no such stage, every span goes on as it is
   */
  sampling?: SamplingStageOptions | false;
  /**
   * What is added to the spans. An empty object is a stage with what is on by default.
   * @defaultValue `false`: no such stage, every span has what its instrumentation says
   */
  enrichment?: EnrichmentStageOptions | false;
  /**
   * The dialects that GenAI spans are written in.
   * @defaultValue `false`: no such stage, every span speaks as its instrumentation does
   */
  mapping?: MappingStageOptions | false;
  /**
   * What is taken out of the spans. An empty object is a stage with the detectors that are on by default.
   * @defaultValue `false`: no such stage, every text goes on as it is
   */
  redaction?: RedactionStageOptions | false;
}

/** The options with every default filled in. */
export type ParsedSpanPipelineOptions = Readonly<Required<SpanPipelineOptions>>;

/** @throws OptionError naming the option that is wrong. */
export function parseSpanPipelineOptions(options: SpanPipelineOptions): ParsedSpanPipelineOptions {
  const given = expectOptions(options, ['delegate', 'order', 'sampling', 'enrichment', 'mapping', 'redaction']);
  return Object.freeze({
    delegate: expectSpanProcessor('delegate', given['delegate']),
    order: expectOneOf('order', given['order'] ?? 'safety', ['safety', 'efficiency']),
    sampling: expectStageOptions<SamplingStageOptions>('sampling', given['sampling'] ?? false),
    enrichment: expectStageOptions<EnrichmentStageOptions>('enrichment', given['enrichment'] ?? false),
    mapping: expectStageOptions<MappingStageOptions>('mapping', given['mapping'] ?? false),
    redaction: expectStageOptions<RedactionStageOptions>('redaction', given['redaction'] ?? false),
  });
}

/** What the options of a stage must be like before the stage itself checks them. */
function expectStageOptions<Options extends object>(name: string, value: unknown): Options | false {
  if (value === false) return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(name, 'to be an object or false', value);
  }
  if ('delegate' in value) throw new OptionError(`${name}.delegate`, 'to be left to the pipeline', value.delegate);
  // What is in them the stage finds out.
  return value as Options;
}
