import { GuardedSpanProcessor } from '@genspan/span-processor-base';
import type { SpanProcessorLike } from '@genspan/span-processor-base';
import { EnrichmentSpanProcessor } from '@genspan/enrichment-span-processor';
import { GenAIMappingSpanProcessor } from '@genspan/genai-mapping-span-processor';
import { RedactionSpanProcessor } from '@genspan/redaction-span-processor';
import { SamplingSpanProcessor } from '@genspan/sampling-span-processor';

/**
 * The one span processor to register: all stages, and in front of them the guard that keeps their errors away from the
 * application. Its stages can be asked what they did.
 */
export class SpanPipeline extends GuardedSpanProcessor {
  /** The sampling stage, for its `stats()` and `explain()`; `undefined` when the pipeline has none. */
  readonly sampling: SamplingSpanProcessor | undefined;
  /** The enrichment stage, for its `stats()`; `undefined` when the pipeline has none. */
  readonly enrichment: EnrichmentSpanProcessor | undefined;
  /** The mapping stage, for its `stats()`; `undefined` when the pipeline has none. */
  readonly mapping: GenAIMappingSpanProcessor | undefined;
  /** The redaction stage, for its `stats()` and its `redactor`; `undefined` when the pipeline has none. */
  readonly redaction: RedactionSpanProcessor | undefined;

  /**
   * @internal
   * @param first - What spans come to first.
   * @param chain - The delegate and all stages, each before the one that wraps it.
   */
  constructor(first: SpanProcessorLike, chain: readonly SpanProcessorLike[]) {
    super(first, 'SpanPipeline');
    this.sampling = chain.findLast((stage) => stage instanceof SamplingSpanProcessor);
    this.enrichment = chain.findLast((stage) => stage instanceof EnrichmentSpanProcessor);
    this.mapping = chain.findLast((stage) => stage instanceof GenAIMappingSpanProcessor);
    this.redaction = chain.findLast((stage) => stage instanceof RedactionSpanProcessor);
  }
}
