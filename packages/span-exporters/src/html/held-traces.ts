import { sizeOfSpan } from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { TraceSpans } from './report-trace.js';

/** How much is held. */
export interface HeldTracesLimits {
  readonly maxTraces: number;
  readonly maxSpans: number;
  /** Memory of the spans. */
  readonly maxBytes: number;
}

/** The spans of a trace that a page shows, or will. */
export interface HeldTrace {
  readonly traceId: string;
  /** By span id. */
  readonly spans: Map<string, ReadableSpanLike>;
  bytes: number;
  /** Spans that found no room. */
  leftOutSpans: number;
  /** Spans that are in no page yet. */
  unwritten: number;
  /** Spans that are in the page that is being written. */
  writing: number;
  /** Where its own page is, if it has one. */
  path: string | undefined;
  /** Why its own page could not be written: its spans are lost, and it is not held any more. */
  error: Error | undefined;
}

/** Traces in memory, so that their page can be written anew when more spans come; the ones quiet longest go first. */
export class HeldTraces {
  readonly #limits: HeldTracesLimits;
  readonly #onEvict: (trace: HeldTrace) => void;
  /** The trace quiet longest comes first. */
  readonly #traces = new Map<string, HeldTrace>();
  #spanCount = 0;
  #bytes = 0;

  constructor(limits: HeldTracesLimits, onEvict: (trace: HeldTrace) => void) {
    this.#limits = limits;
    this.#onEvict = onEvict;
  }

  /** Adds spans of one trace and says which found no room, though all other traces gave way that may. */
  add(traceId: string, spans: readonly ReadableSpanLike[]): { trace: HeldTrace; refused: ReadableSpanLike[] } {
    const trace = this.#traces.get(traceId) ?? newTrace(traceId);
    this.#traces.delete(traceId);
    this.#traces.set(traceId, trace);
    const refused: ReadableSpanLike[] = [];
    for (const span of spans) {
      const bytes = sizeOfSpan(span);
      if (this.#makeRoom(trace, bytes)) this.#put(trace, span, bytes);
      else refused.push(span);
    }
    trace.leftOutSpans += refused.length;
    return { trace, refused };
  }

  /** Gives a trace up. */
  delete(trace: HeldTrace): void {
    if (this.#traces.get(trace.traceId) !== trace) return;
    this.#traces.delete(trace.traceId);
    this.#spanCount -= trace.spans.size;
    this.#bytes -= trace.bytes;
  }

  /** All traces. */
  values(): HeldTrace[] {
    return [...this.#traces.values()];
  }

  #put(trace: HeldTrace, span: ReadableSpanLike, bytes: number): void {
    const { spanId } = span.spanContext();
    const before = trace.spans.get(spanId);
    const growth = bytes - (before === undefined ? 0 : sizeOfSpan(before));
    if (before === undefined) this.#spanCount += 1;
    trace.spans.set(spanId, span);
    trace.bytes += growth;
    this.#bytes += growth;
    trace.unwritten += 1;
  }

  #makeRoom(keep: HeldTrace, bytes: number): boolean {
    const { maxTraces, maxSpans, maxBytes } = this.#limits;
    const isRoom = () =>
      this.#traces.size <= maxTraces && this.#spanCount < maxSpans && this.#bytes + bytes <= maxBytes;
    for (const trace of this.#traces.values()) {
      if (isRoom()) return true;
      if (trace === keep) continue;
      this.delete(trace);
      this.#onEvict(trace);
    }
    // One span alone is held, however large it is.
    return isRoom() || this.#spanCount === 0;
  }
}

function newTrace(traceId: string): HeldTrace {
  return {
    traceId,
    spans: new Map(),
    bytes: 0,
    leftOutSpans: 0,
    unwritten: 0,
    writing: 0,
    path: undefined,
    error: undefined,
  };
}

/** What a page shows of a trace, as of now. */
export function heldSpans({ traceId, spans, leftOutSpans }: HeldTrace): TraceSpans {
  return { traceId, spans: [...spans.values()], leftOutSpans };
}
