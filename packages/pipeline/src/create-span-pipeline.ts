import { EnrichmentSpanProcessor } from '@genspan/enrichment-span-processor';
import { GenAIMappingSpanProcessor } from '@genspan/genai-mapping-span-processor';
import { RedactionSpanProcessor } from '@genspan/redaction-span-processor';
import { SamplingSpanProcessor } from '@genspan/sampling-span-processor';
import type { SamplingSpanProcessorOptions } from '@genspan/sampling-span-processor';
import type { SpanProcessorLike } from '@genspan/span-processor-base';
import { insideOption } from './inside-option.js';
import { SpanPipeline } from './span-pipeline.js';
import { warnOfUnseenNames } from './unseen-names.js';
import { parseSpanPipelineOptions } from './span-pipeline-options.js';
import type { ParsedSpanPipelineOptions, SpanPipelineOptions, SpanPipelineOrder } from './span-pipeline-options.js';

/** Makes a stage in front of `delegate`, or returns `delegate` itself when the options do not ask for the stage. */
type Stage = (options: ParsedSpanPipelineOptions, delegate: SpanProcessorLike) => SpanProcessorLike;

const enrichment: Stage = (options, delegate) => {
  const { enrichment: own } = options;
  return own === false ? delegate : insideOption('enrichment', () => new EnrichmentSpanProcessor({ ...own, delegate }));
};

const mapping: Stage = (options, delegate) => {
  const { mapping: own } = options;
  return own === false ? delegate : insideOption('mapping', () => new GenAIMappingSpanProcessor({ ...own, delegate }));
};

const redaction: Stage = (options, delegate) => {
  const { redaction: own } = options;
  return own === false ? delegate : insideOption('redaction', () => new RedactionSpanProcessor({ ...own, delegate }));
};

const sampling: Stage = (options, delegate) => {
  const { sampling: own } = options;
  if (own === false) return delegate;
  return insideOption('sampling', () => new SamplingSpanProcessor({ ...costOfNext(delegate), ...own, delegate }));
};

/** How calls are priced behind the sampler, where it must know their cost before the stage that writes it has seen them. */
function costOfNext(delegate: SpanProcessorLike): Pick<SamplingSpanProcessorOptions, 'costOf'> {
  const costOf = delegate instanceof EnrichmentSpanProcessor ? delegate.costOf : undefined;
  return costOf === undefined ? {} : { costOf };
}

/** For each order the stages a span passes, first to last. A new stage is one entry in each list and one option. */
const STAGES: Record<SpanPipelineOrder, readonly Stage[]> = {
  safety: [enrichment, mapping, redaction, sampling],
  efficiency: [sampling, enrichment, mapping, redaction],
};

/**
 * Puts the stages in order, each wrapping the next, and returns the one processor to register.
 *
 * Processors registered side by side all see the same span object; only a stage that wraps the next one can protect or
 * thin out what an exporter sees. The head keeps whatever a stage or `delegate` throws out of the application.
 *
 * @throws OptionError when an option is wrong; one of a stage is named by its path: `sampling.rate`.
 */
export function createSpanPipeline(options: SpanPipelineOptions): SpanPipeline {
  const parsed = parseSpanPipelineOptions(options);
  warnOfUnseenNames(parsed);
  // Each with the next one behind it, the last first.
  const chain = [parsed.delegate];
  for (const stage of STAGES[parsed.order].toReversed()) chain.push(stage(parsed, chain.at(-1) ?? parsed.delegate));
  return new SpanPipeline(chain.at(-1) ?? parsed.delegate, chain);
}
