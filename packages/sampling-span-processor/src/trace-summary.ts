import type { HrTime } from '@opentelemetry/api';
import type { TraceUsage } from '@genspan/span-processor-base';

/** Of a time that no span has told yet. */
const NO_TIME = -1;

/**
 * What rules look at of one trace: totals over its ended spans, and a mark for every test that one of them satisfied.
 * The spans themselves are not kept, and their order makes no difference.
 */
export class TraceSummary {
  /** Spans that ended. */
  spanCount = 0;
  /** Those of them that failed. */
  errorCount = 0;
  /** Milliseconds that the trace has run, where it is decided before its end; else 0. */
  elapsedMillis = 0;
  /** Tokens and cost; `undefined` until something is reported. */
  usage: TraceUsage | undefined = undefined;
  #startSeconds = NO_TIME;
  #startNanos = 0;
  #endSeconds = NO_TIME;
  #endNanos = 0;
  /** A bit for every test; `undefined` until one holds. */
  #marks: number[] | undefined = undefined;

  /** Input tokens of all model calls, `undefined` when none were reported. */
  get inputTokens(): number | undefined {
    return this.usage?.inputTokens;
  }

  /** Output tokens of all model calls, `undefined` when none were reported. */
  get outputTokens(): number | undefined {
    return this.usage?.outputTokens;
  }

  /** Input and output tokens of all model calls, `undefined` when none were reported. */
  get totalTokens(): number | undefined {
    const { inputTokens, outputTokens } = this;
    if (inputTokens === undefined) return outputTokens;
    return inputTokens + (outputTokens ?? 0);
  }

  /** US dollars of all model calls, `undefined` when no cost is known. */
  get costUsd(): number | undefined {
    return this.usage?.costUsd;
  }

  /** Milliseconds from the earliest start to the latest end of spans, or `elapsedMillis` when that is more. */
  get durationMillis(): number {
    if (this.#startSeconds === NO_TIME || this.#endSeconds === NO_TIME) return this.elapsedMillis;
    const millis = (this.#endSeconds - this.#startSeconds) * 1e3 + (this.#endNanos - this.#startNanos) / 1e6;
    return Math.max(millis, this.elapsedMillis);
  }

  /** Measures the duration anew from the next span on: a part of the trace is decided, and a later one begins. */
  startExtent(): void {
    this.elapsedMillis = 0;
    this.#startSeconds = NO_TIME;
    this.#endSeconds = NO_TIME;
  }

  /** Takes in when a span ran. Seconds and nanoseconds stay apart: as one number they would lose digits. */
  addTimes(start: HrTime | undefined, end: HrTime | undefined): void {
    if (start !== undefined && isTime(start) && this.#isFirst(start)) {
      this.#startSeconds = start[0];
      this.#startNanos = start[1];
    }
    if (end !== undefined && isTime(end) && isLater(end, this.#endSeconds, this.#endNanos)) {
      this.#endSeconds = end[0];
      this.#endNanos = end[1];
    }
  }

  /** Whether a test has held. */
  isMarked(word: number, mask: number): boolean {
    const marks = this.#marks;
    return marks !== undefined && ((marks[word] ?? 0) & mask) !== 0;
  }

  /**
   * Remembers that a test has held.
   *
   * @param words - how many words the marks of all tests need
   */
  mark(word: number, mask: number, words: number): void {
    const marks = (this.#marks ??= new Array<number>(words).fill(0));
    marks[word] = (marks[word] ?? 0) | mask;
  }

  #isFirst(start: HrTime): boolean {
    return this.#startSeconds === NO_TIME || !isLater(start, this.#startSeconds, this.#startNanos);
  }
}

/** Clocks of applications give anything, also `[NaN, NaN]` for a span that was ended with an invalid date. */
function isTime(time: HrTime): boolean {
  const seconds = time[0];
  const nanos = time[1];
  return seconds >= 0 && seconds < Infinity && nanos >= 0 && nanos < Infinity;
}

function isLater(time: HrTime, seconds: number, nanos: number): boolean {
  return time[0] > seconds || (time[0] === seconds && time[1] > nanos);
}
