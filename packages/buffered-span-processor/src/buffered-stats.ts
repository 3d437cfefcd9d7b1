import type { LossReason } from '@genspan/span-processor-base';

/** What {@link BufferedSpanProcessor.stats} tells: totals since construction. */
export interface BufferedSpanProcessorStats {
  /** Sampled spans that were taken. Always `exported` + `dropped` + `pendingCount()`. */
  readonly received: number;
  /** Spans that the exporter says have arrived. */
  readonly exported: number;
  /** Spans that were lost, for whatever reason, those that the exporter reports included. */
  readonly dropped: number;
  /** `dropped` by reason; only reasons that occurred. */
  readonly droppedByReason: Readonly<Partial<Record<LossReason, number>>>;
  /** Exports that failed or did not answer, even where a part arrived. */
  readonly errors: number;
  /** Exports that succeeded. */
  readonly batchesExported: number;
  /** Answers that came after the batch had been counted as lost: spans may have arrived that are in `dropped`. */
  readonly lateResults: number;
  /** What `onDrop` and `onError` threw. */
  readonly hookFailures: number;
  /** Sendings beyond the first of the same spans, as the exporter counts them; 0 for one that does not. */
  readonly retried: number;
  /** Bytes sent, as the exporter counts them; 0 for one that does not. */
  readonly bytes: number;
}
