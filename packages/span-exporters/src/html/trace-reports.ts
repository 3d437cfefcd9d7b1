import { rmSync } from 'node:fs';
import { sizeOfSpan } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import type { ExportError } from '../export-error.js';
import { TraceBuffer } from '../trace-buffer.js';
import type { CollectedTrace } from '../trace-buffer.js';
import { HeldTraces } from './held-traces.js';
import type { HeldTrace, HeldTracesLimits } from './held-traces.js';
import type { ReportDirectory } from './report-directory.js';
import type { ReportWrite, ReportWriter } from './report-writer.js';
import type { ReportCounts, Reports } from './reports.js';
import { timeRangeOf } from './time-bar.js';

/** What reports of traces need. */
export interface TraceReportsOptions extends HeldTracesLimits {
  readonly directory: ReportDirectory;
  readonly writer: ReportWriter;
  /** Time without a new span after which a trace is written without its local root. */
  readonly waitMillis: number;
}

/**
 * A page for each trace, when its local root has ended. Spans that end later are added to the page while the trace is still
 * in memory, and have a page of their own after that.
 */
export class TraceReports implements Reports {
  readonly #options: TraceReportsOptions;
  readonly #buffer: TraceBuffer;
  readonly #held: HeldTraces;
  /** Traces whose page is to be written; they may be held no more. */
  readonly #pending = new Set<HeldTrace>();
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #lostSpans = 0;

  constructor(options: TraceReportsOptions) {
    this.#options = options;
    this.#buffer = new TraceBuffer(options);
    // A page that is written stays where it is: nothing is lost with what is held of it.
    this.#held = new HeldTraces(options, () => {});
  }

  async take(spans: readonly ReadableSpanLike[]): Promise<SpanLoss[]> {
    if (this.#pendingBytes() > this.#options.maxBytes) {
      this.#lostSpans += spans.length;
      return [{ reason: 'queue_full', count: spans.length, spans }];
    }
    const { traces, refused } = this.#hold(this.#collect(spans));
    this.#startTimer();
    await Promise.all([...traces].map((trace) => this.#write(trace)));
    return lossesOf(spans, traces, refused);
  }

  takeSync(spans: readonly ReadableSpanLike[]): SpanLoss[] {
    const { traces, refused } = this.#hold([...this.#collect(spans), ...this.#takeWaiting()]);
    for (const trace of this.#pending) {
      const error = this.#options.writer.writeSync(() => this.#page(trace));
      if (error !== undefined) this.#giveUp(trace, error);
    }
    this.#pending.clear();
    return lossesOf(spans, traces, refused);
  }

  async flush(): Promise<void> {
    this.#hold(this.#takeWaiting());
    await Promise.all([...this.#pending].map((trace) => this.#write(trace)));
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
  }

  counts(): ReportCounts {
    const { writtenSpans, writtenPages } = this.#options.writer;
    let waitingSpans = this.#buffer.spanCount;
    for (const { unwritten, writing } of this.#pending) waitingSpans += unwritten + writing;
    return { writtenSpans, waitingSpans, lostSpans: this.#lostSpans, writtenPages, leftOutTraces: 0 };
  }

  #collect(spans: readonly ReadableSpanLike[]): CollectedTrace[] {
    for (const span of spans) this.#waitingBytes += sizeOfSpan(span);
    const collected = this.#buffer.add(spans, Date.now());
    for (const trace of collected) for (const span of trace.spans) this.#waitingBytes -= sizeOfSpan(span);
    if (this.#buffer.spanCount === 0) this.#waitingBytes = 0;
    return this.#waitingBytes > this.#options.maxBytes ? [...collected, ...this.#takeWaiting()] : collected;
  }

  #takeWaiting(): CollectedTrace[] {
    this.#waitingBytes = 0;
    return this.#buffer.takeAll();
  }

  /** Puts what was collected with the pages it belongs to, which are to be written now. */
  #hold(collected: readonly CollectedTrace[]): { traces: Set<HeldTrace>; refused: Set<ReadableSpanLike> } {
    const traces = new Set<HeldTrace>();
    const allRefused = new Set<ReadableSpanLike>();
    for (const { spans } of collected) {
      const traceId = spans[0]?.spanContext().traceId;
      if (traceId === undefined) continue;
      const { trace, refused } = this.#held.add(traceId, spans);
      traces.add(trace);
      this.#pending.add(trace);
      this.#lostSpans += refused.length;
      for (const span of refused) allRefused.add(span);
    }
    return { traces, refused: allRefused };
  }

  async #write(trace: HeldTrace): Promise<void> {
    const isDue = () => trace.unwritten > 0 && trace.error === undefined;
    const error = await this.#options.writer.write(() => (isDue() ? this.#page(trace) : undefined));
    if (error !== undefined) this.#giveUp(trace, error);
    if (trace.unwritten === 0) this.#pending.delete(trace);
  }

  #page(trace: HeldTrace): ReportWrite {
    const { startMillis } = timeRangeOf([...trace.spans.values()]);
    trace.path ??= this.#options.directory.claim(startMillis, trace.traceId);
    return { path: trace.path, traces: [trace], leftOutTraces: 0 };
  }

  #giveUp(trace: HeldTrace, error: ExportError): void {
    this.#lostSpans += trace.unwritten;
    // Without a page before, there is only the empty file that held its place.
    if (trace.path !== undefined && trace.unwritten === trace.spans.size) removeQuietly(trace.path);
    trace.unwritten = 0;
    trace.error = error;
    this.#held.delete(trace);
    this.#pending.delete(trace);
  }

  #pendingBytes(): number {
    let bytes = 0;
    for (const trace of this.#pending) bytes += trace.bytes;
    return bytes;
  }

  /** One timer while something waits. It does not keep the process alive: what waits at exit is written by `end()`. */
  #startTimer(): void {
    if (this.#timer !== undefined || this.#buffer.spanCount === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      for (const trace of this.#hold(this.#buffer.takeOverdue(Date.now())).traces) void this.#write(trace);
      this.#startTimer();
    }, this.#options.waitMillis);
    this.#timer.unref();
  }
}

/** What of a batch is lost: spans that came with an earlier one were told to be taken, and are only counted. */
function lossesOf(
  batch: readonly ReadableSpanLike[],
  traces: ReadonlySet<HeldTrace>,
  refused: ReadonlySet<ReadableSpanLike>,
): SpanLoss[] {
  const losses: SpanLoss[] = [];
  const unheld = batch.filter((span) => refused.has(span));
  if (unheld.length > 0) losses.push({ reason: 'queue_full', count: unheld.length, spans: unheld });
  for (const { error, spans: held } of traces) {
    if (error === undefined) continue;
    const spans = batch.filter((span) => held.get(span.spanContext().spanId) === span);
    if (spans.length > 0) losses.push({ reason: 'export_failed', count: spans.length, spans, error });
  }
  return losses;
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // The file system that failed to take the page fails in this, too.
  }
}
