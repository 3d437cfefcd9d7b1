import type { FailureCounter, ReadableSpanLike } from '@genspan/span-processor-base';
import type { EnrichmentStats } from './enrichment-stats.js';
import type { EnrichmentStep } from './enrichment-step.js';
import { SpanDraft } from './span-draft.js';

/** Takes ended spans through all steps. */
export class Enrichment {
  readonly #steps: readonly EnrichmentStep[];
  readonly #failures: FailureCounter;
  #spans = 0;
  #changed = 0;

  constructor(steps: readonly EnrichmentStep[], failures: FailureCounter) {
    this.#steps = steps;
    this.#failures = failures;
  }

  /** Takes a span through all steps. Never throws. */
  draftOf(span: ReadableSpanLike): SpanDraft {
    this.#spans += 1;
    const draft = new SpanDraft(span);
    for (const step of this.#steps) {
      try {
        step.apply(draft);
      } catch (error) {
        this.#failures.record(step.name, error);
      }
    }
    if (draft.changes !== undefined) this.#changed += 1;
    return draft;
  }

  stats(): EnrichmentStats {
    const steps = this.#steps.map((step) => [step.name, step.stats?.() ?? {}] as const);
    return {
      spans: this.#spans,
      changed: this.#changed,
      steps: Object.fromEntries(steps.filter(([, counts]) => Object.keys(counts).length > 0)),
      failures: this.#failures.byOperation(),
    };
  }
}
