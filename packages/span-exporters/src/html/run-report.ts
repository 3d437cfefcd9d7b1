import type { ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import { HeldTraces } from './held-traces.js';
import type { HeldTrace, HeldTracesLimits } from './held-traces.js';
import type { ExportError } from '../export-error.js';
import type { ReportWrite, ReportWriter } from './report-writer.js';
import { byTrace } from './reports.js';
import type { ReportCounts, Reports } from './reports.js';

/** What a report of a run needs. */
export interface RunReportOptions extends HeldTracesLimits {
  /** Gives the path of the page, when it is written first. May throw. */
  readonly path: () => string;
  readonly writer: ReportWriter;
  /** Least time between two writings of the page. */
  readonly writeIntervalMillis: number;
}

/** One page of everything, written anew from time to time. A page that cannot be written is tried again the next time. */
export class RunReport implements Reports {
  readonly #options: RunReportOptions;
  readonly #held: HeldTraces;
  #path: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lostSpans = 0;
  #leftOutTraces = 0;

  constructor(options: RunReportOptions) {
    this.#options = options;
    this.#held = new HeldTraces(options, (trace) => this.#leaveOut(trace));
  }

  take(spans: readonly ReadableSpanLike[]): Promise<SpanLoss[]> {
    const losses = this.#hold(spans);
    this.#startTimer();
    return Promise.resolve(losses);
  }

  takeSync(spans: readonly ReadableSpanLike[]): SpanLoss[] {
    const losses = this.#hold(spans);
    if (this.#waitingSpans() === 0) return losses;
    const error = this.#options.writer.writeSync(() => this.#page());
    if (error === undefined) return losses;
    // The process ends: there is no next time.
    const told = spans.length - losses.reduce((sum, { count }) => sum + count, 0);
    this.#lostSpans += this.#giveUp();
    return told === 0 ? losses : [...losses, { reason: 'export_failed', count: told, error }];
  }

  async flush(): Promise<void> {
    this.#stopTimer();
    await this.#write();
    this.#startTimer();
  }

  async end(): Promise<void> {
    this.#stopTimer();
    await this.#write();
    this.#lostSpans += this.#giveUp();
  }

  counts(): ReportCounts {
    const { writtenSpans, writtenPages } = this.#options.writer;
    return {
      writtenSpans,
      waitingSpans: this.#waitingSpans(),
      lostSpans: this.#lostSpans,
      writtenPages,
      leftOutTraces: this.#leftOutTraces,
    };
  }

  #hold(spans: readonly ReadableSpanLike[]): SpanLoss[] {
    const refused: ReadableSpanLike[] = [];
    for (const [traceId, own] of byTrace(spans)) refused.push(...this.#held.add(traceId, own).refused);
    this.#lostSpans += refused.length;
    return refused.length === 0 ? [] : [{ reason: 'queue_full', count: refused.length, spans: refused }];
  }

  #leaveOut(trace: HeldTrace): void {
    this.#leftOutTraces += 1;
    // What is being written at this moment is in a page all the same.
    this.#lostSpans += trace.unwritten;
    trace.unwritten = 0;
  }

  #waitingSpans(): number {
    return this.#held.values().reduce((sum, { unwritten, writing }) => sum + unwritten + writing, 0);
  }

  #giveUp(): number {
    let count = 0;
    for (const trace of this.#held.values()) {
      count += trace.unwritten;
      trace.unwritten = 0;
    }
    return count;
  }

  #write(): Promise<ExportError | undefined> {
    return this.#options.writer.write(() => (this.#waitingSpans() === 0 ? undefined : this.#page()));
  }

  #page(): ReportWrite {
    this.#path ??= this.#options.path();
    return { path: this.#path, traces: this.#held.values(), leftOutTraces: this.#leftOutTraces };
  }

  /** One timer while something waits. It does not keep the process alive: what waits at exit is written by `end()`. */
  #startTimer(): void {
    if (this.#timer !== undefined || this.#waitingSpans() === 0) return;
    this.#timer = setTimeout(() => {
      void this.#write().then(() => {
        this.#timer = undefined;
        this.#startTimer();
      });
    }, this.#options.writeIntervalMillis);
    this.#timer.unref();
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
