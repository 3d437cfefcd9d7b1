import type { ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';

/** What became of the spans taken: `written + waiting + lost` is what was taken. */
export interface ReportCounts {
  /** Spans that were in a page that was written. */
  writtenSpans: number;
  /** Spans that wait for their local root or for a page to be written. */
  waitingSpans: number;
  /** Spans that never were in a page. */
  lostSpans: number;
  /** Times that a page was written. */
  writtenPages: number;
  /** Traces that a page showed and the next one did not, for want of room. */
  leftOutTraces: number;
}

/** Which pages there are, and when they are written: one of a run, or one of each trace. */
export interface Reports {
  /** Takes spans and resolves with those of them that are known to be lost. Never rejects. */
  take(spans: readonly ReadableSpanLike[]): Promise<SpanLoss[]>;
  /** Writes everything that waits. Never rejects. */
  flush(): Promise<void>;
  /** The same for the last time: what cannot be written now is lost. */
  end(): Promise<void>;
  /** Takes spans and writes them, and everything that waits, before it returns. Never throws. */
  takeSync(spans: readonly ReadableSpanLike[]): SpanLoss[];
  counts(): ReportCounts;
}

/** The spans of a batch by their trace. */
export function byTrace(spans: readonly ReadableSpanLike[]): Map<string, ReadableSpanLike[]> {
  const traces = new Map<string, ReadableSpanLike[]>();
  for (const span of spans) {
    const { traceId } = span.spanContext();
    const others = traces.get(traceId);
    if (others === undefined) traces.set(traceId, [span]);
    else others.push(span);
  }
  return traces;
}
