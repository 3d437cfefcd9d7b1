/** What an {@link EnrichmentSpanProcessor} has done since it was made. */
export interface EnrichmentStats {
  /** Spans that ended. */
  readonly spans: number;
  /** Those of them on which something was changed at their end. */
  readonly changed: number;
  /** For each step that is in force, how often each outcome was. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Failures by the step or call that failed; the span goes on without what that would have done. */
  readonly failures: Readonly<Record<string, number>>;
}
