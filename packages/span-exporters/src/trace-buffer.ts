import type { ReadableSpanLike } from '@genspan/span-processor-base';

/** Span ids remembered to recognise spans that come after their tree was taken. */
const MAX_REMEMBERED_SPANS = 10_000;

/** Limits of {@link TraceBuffer}. */
export interface TraceBufferLimits {
  maxTraces: number;
  maxSpans: number;
  waitMillis: number;
}

/**
 * Spans that belong together.
 *
 * - `complete`: a local root with all spans below it that have come.
 * - `late`: spans below one that was taken before.
 * - `incomplete`: what there is of a trace whose local root has not come in time, or for which there is no room.
 */
export interface CollectedTrace {
  kind: 'complete' | 'late' | 'incomplete';
  spans: ReadableSpanLike[];
}

interface OpenTrace {
  spans: Map<string, ReadableSpanLike>;
  lastMillis: number;
}

/**
 * Collects the spans of a trace until its local root comes: the span without a parent in this process, which as a rule
 * ends last. A trace continued by several requests has several local roots; each takes the spans below itself.
 */
export class TraceBuffer {
  readonly #limits: TraceBufferLimits;
  /** By trace id; the trace that has been quiet longest comes first. */
  readonly #open = new Map<string, OpenTrace>();
  readonly #taken = new Set<string>();
  #spanCount = 0;

  constructor(limits: TraceBufferLimits) {
    this.#limits = limits;
  }

  /** Spans held. */
  get spanCount(): number {
    return this.#spanCount;
  }

  /** Adds spans that came together and takes what is ready, or has to go for want of room. */
  add(spans: readonly ReadableSpanLike[], nowMillis: number): CollectedTrace[] {
    const ready = new Set<string>();
    for (const span of spans) {
      const { traceId } = span.spanContext();
      this.#addOne(traceId, span, nowMillis);
      if (isLocalRoot(span) || this.#isTaken(span)) ready.add(traceId);
    }
    const collected = [...ready].flatMap((traceId) => this.#takeReady(traceId));
    for (const traceId of this.#open.keys()) {
      if (this.#open.size <= this.#limits.maxTraces && this.#spanCount <= this.#limits.maxSpans) break;
      collected.push(this.#takeAll(traceId));
    }
    return collected;
  }

  /** Takes the traces that have had no new span for the wait. */
  takeOverdue(nowMillis: number): CollectedTrace[] {
    const overdue = [...this.#open].filter(([, trace]) => nowMillis - trace.lastMillis >= this.#limits.waitMillis);
    return overdue.map(([traceId]) => this.#takeAll(traceId));
  }

  /** Takes everything. */
  takeAll(): CollectedTrace[] {
    return [...this.#open.keys()].map((traceId) => this.#takeAll(traceId));
  }

  #addOne(traceId: string, span: ReadableSpanLike, nowMillis: number): void {
    const trace = this.#open.get(traceId) ?? { spans: new Map<string, ReadableSpanLike>(), lastMillis: nowMillis };
    this.#spanCount -= trace.spans.size;
    trace.spans.set(span.spanContext().spanId, span);
    this.#spanCount += trace.spans.size;
    trace.lastMillis = nowMillis;
    this.#open.delete(traceId);
    this.#open.set(traceId, trace);
  }

  #takeReady(traceId: string): CollectedTrace[] {
    const trace = this.#open.get(traceId);
    if (trace === undefined) return [];
    const children = new Map<string, ReadableSpanLike[]>();
    for (const span of trace.spans.values()) {
      const parentId = span.parentSpanContext?.spanId ?? '';
      const siblings = children.get(parentId);
      if (siblings === undefined) children.set(parentId, [span]);
      else siblings.push(span);
    }
    const collected: CollectedTrace[] = [];
    const late: ReadableSpanLike[] = [];
    for (const span of [...trace.spans.values()]) {
      if (isLocalRoot(span)) collected.push({ kind: 'complete', spans: this.#takeTree(trace, span, children) });
    }
    for (const span of [...trace.spans.values()]) {
      if (trace.spans.has(span.spanContext().spanId) && this.#isTaken(span)) {
        late.push(...this.#takeTree(trace, span, children));
      }
    }
    if (late.length > 0) collected.push({ kind: 'late', spans: late });
    if (trace.spans.size === 0) this.#open.delete(traceId);
    return collected;
  }

  #takeTree(
    trace: OpenTrace,
    top: ReadableSpanLike,
    children: ReadonlyMap<string, ReadableSpanLike[]>,
  ): ReadableSpanLike[] {
    const tree: ReadableSpanLike[] = [];
    const open = [top];
    for (let span = open.pop(); span !== undefined; span = open.pop()) {
      const { spanId } = span.spanContext();
      if (!trace.spans.delete(spanId)) continue;
      this.#spanCount -= 1;
      this.#remember(span);
      tree.push(span);
      open.push(...(children.get(spanId) ?? []));
    }
    return tree;
  }

  #takeAll(traceId: string): CollectedTrace {
    const spans = [...(this.#open.get(traceId)?.spans.values() ?? [])];
    this.#open.delete(traceId);
    this.#spanCount -= spans.length;
    for (const span of spans) this.#remember(span);
    return { kind: 'incomplete', spans };
  }

  #remember(span: ReadableSpanLike): void {
    const { traceId, spanId } = span.spanContext();
    this.#taken.add(traceId + spanId);
    for (const oldest of this.#taken) {
      if (this.#taken.size <= MAX_REMEMBERED_SPANS) break;
      this.#taken.delete(oldest);
    }
  }

  #isTaken(span: ReadableSpanLike): boolean {
    const parentId = span.parentSpanContext?.spanId;
    return parentId !== undefined && this.#taken.has(span.spanContext().traceId + parentId);
  }
}

function isLocalRoot(span: ReadableSpanLike): boolean {
  return span.parentSpanContext === undefined || span.parentSpanContext.isRemote === true;
}
