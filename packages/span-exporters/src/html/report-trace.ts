import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { buildSpanForest, toMillis } from '../span-forest.js';
import { byTrace } from './reports.js';
import { spanRows } from './span-rows.js';
import type { SpanRow } from './span-rows.js';
import { timeRangeOf } from './time-bar.js';
import type { TimeRange } from './time-bar.js';
import { overviewOf } from './trace-overview.js';
import type { TraceOverview } from './trace-overview.js';

/** Spans of one trace, and how many more of it are not among them. */
export interface TraceSpans {
  readonly traceId: string;
  readonly spans: readonly ReadableSpanLike[];
  readonly leftOutSpans: number;
}

/** A trace made ready to be shown. */
export interface ReportTrace extends TraceSpans {
  readonly rows: readonly SpanRow[];
  readonly range: TimeRange;
  readonly overview: TraceOverview;
}

/** Arranges the spans of a trace. */
export function reportTrace(trace: TraceSpans): ReportTrace {
  const roots = buildSpanForest(trace.spans);
  const rows = spanRows(roots);
  const spans = rows.map(({ span }) => span);
  return { ...trace, spans, rows, range: timeRangeOf(spans), overview: overviewOf(roots, spans) };
}

/** Spans by their trace, the trace that started last first; at most so many traces and spans, the newest. */
export function newestTraces(
  spans: readonly ReadableSpanLike[],
  { maxTraces, maxSpans }: { readonly maxTraces: number; readonly maxSpans: number },
): { traces: TraceSpans[]; leftOutTraces: number } {
  const all = byTrace(spans);
  const newest = [...all].map(([traceId, own]) => ({ traceId, own, start: timeRangeOf(own).startMillis }));
  newest.sort((a, b) => b.start - a.start);
  const traces: TraceSpans[] = [];
  let room = maxSpans;
  for (const { traceId, own } of newest.slice(0, maxTraces)) {
    if (room === 0) break;
    // Earliest first, so that what is cut off is at the end of the trace and not its root.
    const kept = own.length <= room ? own : [...own].sort(byStart).slice(0, room);
    room -= kept.length;
    traces.push({ traceId, spans: kept, leftOutSpans: own.length - kept.length });
  }
  return { traces, leftOutTraces: all.size - traces.length };
}

function byStart(a: ReadableSpanLike, b: ReadableSpanLike): number {
  return toMillis(a.startTime) - toMillis(b.startTime);
}
