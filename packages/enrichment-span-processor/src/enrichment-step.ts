import type { SpanDraft } from './span-draft.js';

/**
 * One thing that enrichment does to a span that has ended. May throw: the step is then skipped, its changes so far stay,
 * and the failure is counted under its name.
 */
export interface EnrichmentStep {
  /** For counts and log lines: `cost`. */
  readonly name: string;
  apply(draft: SpanDraft): void;
  /** How often each outcome was since construction; always the same keys. */
  stats?(): Readonly<Record<string, number>>;
}
