import type { RedactionStats } from './redaction-stats.js';

/** What a processor did, and its redactor, which others may share. */
export interface RedactionProcessorStats extends RedactionStats {
  /** What could not be read, written or handed on, by operation: then the value or the whole is masked, or dropped. */
  readonly failures: Readonly<Record<string, number>>;
  /** Spans or log records that did not go on because not even their ids could be read. */
  readonly droppedByFailure: number;
}
