import { ATTR_GENSPAN_SPAN_DEPTH } from '@genspan/semconv';
import type { EnrichmentStep } from './enrichment-step.js';
import { removeContent } from './payload-remove-content.js';
import type { SpanDraft } from './span-draft.js';

/** Takes the content off spans that `SpanDepth` found too deep: messages, arguments and results, those of events too. */
export class SpanDepthStep implements EnrichmentStep {
  readonly name = 'depth';
  readonly #maxSpanDepth: number;
  #deepSpans = 0;
  #removedAttributes = 0;

  /** @param maxSpanDepth - that of the `SpanDepth` */
  constructor(maxSpanDepth: number) {
    this.#maxSpanDepth = maxSpanDepth;
  }

  apply(draft: SpanDraft): void {
    const depth = draft.attributes[ATTR_GENSPAN_SPAN_DEPTH];
    if (typeof depth !== 'number' || depth <= this.#maxSpanDepth) return;
    this.#deepSpans += 1;
    this.#removedAttributes += removeContent(draft, () => true);
  }

  /** Spans that were too deep, and attributes that they lost. */
  stats(): Readonly<Record<'deepSpans' | 'removedAttributes', number>> {
    return { deepSpans: this.#deepSpans, removedAttributes: this.#removedAttributes };
  }
}
