import { expectOneOf, expectOptions, expectSpanProcessor } from '@genspan/span-processor-base';
import type { SpanProcessorLike } from '@genspan/span-processor-base';

/**
 * Which stages come first. `safety`: all spans are complete and redacted before any decision is made about them.
 * `efficiency`: traces are sampled first, so that nothing is spent on spans that are dropped.
 */
export type SpanPipelineOrder = 'safety' | 'efficiency';

/** Options of {@link createSpanPipeline}. */
export interface SpanPipelineOptions {
  /** The last step: what takes the spans that come out, as a rule a `BatchSpanProcessor` with its exporter. */
  delegate: SpanProcessorLike;
  /**
   * The order of the stages.
   * @defaultValue `'safety'`
   */
  order?: SpanPipelineOrder;
}

/** The options with every default filled in. */
export type ParsedSpanPipelineOptions = Readonly<Required<SpanPipelineOptions>>;

/** @throws OptionError naming the option that is wrong. */
export function parseSpanPipelineOptions(options: SpanPipelineOptions): ParsedSpanPipelineOptions {
  const given = expectOptions(options, ['delegate', 'order']);
  return Object.freeze({
    delegate: expectSpanProcessor('delegate', given['delegate']),
    order: expectOneOf('order', given['order'] ?? 'safety', ['safety', 'efficiency']),
  });
}
