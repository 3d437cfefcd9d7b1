/** What the mapping did since construction. */
export interface MappingStats {
  readonly spans: {
    /** That speak a dialect that is read, whether or not something was to be written. */
    readonly read: number;
    /** That were changed. */
    readonly changed: number;
    /** That speak none, and went on untouched. */
    readonly passed: number;
  };
  /** Spans by the dialect they were read in and the one they were translated into; a span can be in several places. */
  readonly translated: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /**
   * Attributes and events that could not be carried, or not all of them, by the dialect that has no place for them (`any`
   * when they were not understood) and the reason.
   */
  readonly lost: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What failed: `read openinference`. The span went on without it. */
  readonly failures: Readonly<Record<string, number>>;
}
