import { GuardedSpanProcessor } from '@genspan/span-processor-base';
import type { SpanProcessorLike } from '@genspan/span-processor-base';
import { parseSpanPipelineOptions } from './span-pipeline-options.js';
import type { ParsedSpanPipelineOptions, SpanPipelineOptions, SpanPipelineOrder } from './span-pipeline-options.js';

/** Makes a stage in front of `delegate`, or returns `delegate` itself when the options do not ask for the stage. */
type Stage = (options: ParsedSpanPipelineOptions, delegate: SpanProcessorLike) => SpanProcessorLike;

/** For each order the stages a span passes, first to last. A new stage is one entry in each list and one option. */
const STAGES: Record<SpanPipelineOrder, readonly Stage[]> = {
  safety: [],
  efficiency: [],
};

/**
 * Puts the stages in order, each wrapping the next, and returns the one processor to register.
 *
 * Processors registered side by side all see the same span object; only a stage that wraps the next one can protect or
 * thin out what an exporter sees. The head keeps whatever a stage or `delegate` throws out of the application.
 *
 * @throws OptionError when an option is wrong.
 */
export function createSpanPipeline(options: SpanPipelineOptions): GuardedSpanProcessor {
  const parsed = parseSpanPipelineOptions(options);
  const first = STAGES[parsed.order].reduceRight((next, stage) => stage(parsed, next), parsed.delegate);
  return new GuardedSpanProcessor(first, 'SpanPipeline');
}
