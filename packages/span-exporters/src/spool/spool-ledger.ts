import { FailureCounter, absorbRejection } from '@genspan/span-processor-base';
import type { LossReason, SpanLoss } from '@genspan/span-processor-base';
import { systemErrorCode } from '../system-error-code.js';

/** What a spool counts, since construction. */
export interface SpoolCounts {
  spooledSpans: number;
  memorySpans: number;
  recoveredSpans: number;
  recoveredFiles: number;
  deliveredSpans: number;
  rejectedSpans: number;
  evictedSpans: number;
  failedSpans: number;
  handedOverSpans: number;
  corruptFiles: number;
  unfinishedFiles: number;
  splitFiles: number;
  cutSpans: number;
  retried: number;
}

/** Keeps the books of a spool: what came in, how it ended, what failed; tells the application what was lost. */
export class SpoolLedger {
  readonly counts: SpoolCounts = {
    spooledSpans: 0,
    memorySpans: 0,
    recoveredSpans: 0,
    recoveredFiles: 0,
    deliveredSpans: 0,
    rejectedSpans: 0,
    evictedSpans: 0,
    failedSpans: 0,
    handedOverSpans: 0,
    corruptFiles: 0,
    unfinishedFiles: 0,
    splitFiles: 0,
    cutSpans: 0,
    retried: 0,
  };
  readonly #onDrop: ((loss: SpanLoss) => void) | undefined;
  readonly #sending = new FailureCounter(COMPONENT, 'the spans stay in the spool and are sent again');
  readonly #refusing = new FailureCounter(COMPONENT, 'the spans are lost to the receiver and stay in `failed`');
  readonly #storing = new FailureCounter(COMPONENT, 'spans are kept in memory until the disk works again');
  readonly #keeping = new FailureCounter(COMPONENT, 'the file is left as it is');
  readonly #calling = new FailureCounter(COMPONENT, 'this goes on without it');

  constructor(onDrop: ((loss: SpanLoss) => void) | undefined) {
    this.#onDrop = onDrop;
  }

  /** Failures of what the application or another exporter gave. */
  get calls(): FailureCounter {
    return this.#calling;
  }

  failures(): Record<string, number> {
    const counters = [this.#sending, this.#refusing, this.#storing, this.#keeping, this.#calling];
    return Object.assign({}, ...counters.map((counter) => counter.byOperation())) as Record<string, number>;
  }

  sendFailed(failure: string, error: unknown): void {
    this.#sending.record(failure, error);
  }

  refused(failure: string, error: unknown): void {
    this.#refusing.record(failure, error);
  }

  writeFailed(error: unknown): void {
    this.#storing.record(withCode('write', error), error);
  }

  /** Something about a file that is there already. */
  fileFailed(operation: string, error: unknown): void {
    this.#keeping.record(withCode(operation, error), error);
  }

  /**
   * Counts a loss, and tells the application unless the caller of the export is told.
   *
   * @param tell - told in its place
   */
  lost(
    reason: LossReason,
    count: number,
    error: Error | undefined,
    tell?: (losses: readonly SpanLoss[]) => void,
  ): void {
    if (count <= 0) return;
    if (reason === 'evicted') this.counts.evictedSpans += count;
    else if (reason === 'rejected') this.counts.rejectedSpans += count;
    else this.counts.failedSpans += count;
    const loss: SpanLoss = { reason, count, ...(error === undefined ? {} : { error }) };
    if (tell !== undefined) return tell([loss]);
    try {
      absorbRejection(this.#onDrop?.(loss), 'onDrop', this.#calling);
    } catch (thrown) {
      this.#calling.record('onDrop', thrown);
    }
  }
}

const COMPONENT = 'SpoolingSpanExporter';

/** `write ENOSPC` */
function withCode(operation: string, error: unknown): string {
  return `${operation} ${systemErrorCode(error)}`.trim();
}
