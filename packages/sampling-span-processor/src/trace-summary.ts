import type { HrTime } from '@opentelemetry/api';
import type { TraceUsage } from './trace-usage.js';

/** Of a time that no span has told yet. */
const NO_TIME = -1;

/** Marks of a trace in which no test has held. Never written. */
const NO_MARKS: readonly number[] = [];

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
  /** 31 marks in a number: with 32 the engine would take more than a small integer for it. */
  #marks = NO_MARKS;

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
    if (start !== undefined && isTime(start)) {
      const [seconds, nanos] = start;
      const earlier = this.#startSeconds === NO_TIME || seconds < this.#startSeconds;
      if (earlier || (seconds === this.#startSeconds && nanos < this.#startNanos)) {
        this.#startSeconds = seconds;
        this.#startNanos = nanos;
      }
    }
    if (end !== undefined && isTime(end)) {
      const [seconds, nanos] = end;
      if (seconds > this.#endSeconds || (seconds === this.#endSeconds && nanos > this.#endNanos)) {
        this.#endSeconds = seconds;
        this.#endNanos = nanos;
      }
    }
  }

  /** Whether a test has held. */
  isMarked(word: number, mask: number): boolean {
    const marks = this.#marks[word];
    return marks !== undefined && (marks & mask) !== 0;
  }

  /**
   * Remembers that a test has held.
   *
   * @param words - how many words all marks of a trace need
   */
  mark(word: number, mask: number, words: number): void {
    let marks = this.#marks;
    if (marks === NO_MARKS) this.#marks = marks = new Array<number>(words).fill(0);
    (marks as number[])[word] = (marks[word] ?? 0) | mask;
  }
}

/** Clocks of applications give anything, also `[NaN, NaN]` for a span that was ended with an invalid date. */
function isTime([seconds, nanos]: HrTime): boolean {
  return seconds >= 0 && seconds < Infinity && nanos >= 0 && nanos < Infinity;
}
