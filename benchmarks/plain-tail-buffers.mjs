// The least a processor can do that waits for the end of a trace: no rules, no bounds, no totals, no thresholds.

const isLocalRoot = ({ parentSpanContext }) => parentSpanContext === undefined || parentSpanContext.isRemote === true;

/** A Map from the trace to its spans, which go on when the local root has ended. */
export class SpanMapProcessor {
  #traces = new Map();
  #delegate;

  constructor(delegate) {
    this.#delegate = delegate;
  }

  onStart() {}

  onEnd(span) {
    const { traceId } = span.spanContext();
    const spans = this.#traces.get(traceId);
    if (spans === undefined) this.#traces.set(traceId, [this.hold(span)]);
    else spans.push(this.hold(span));
    if (!isLocalRoot(span)) return;
    for (const held of this.#traces.get(traceId)) this.#delegate.onEnd(held);
    this.#traces.delete(traceId);
  }

  hold(span) {
    return span;
  }

  forceFlush = () => this.#delegate.forceFlush();
  shutdown = () => this.#delegate.shutdown();
}

/** The same with copies that have only what an exporter reads: attributes, events and links are those of the span. */
export class CopyMapProcessor extends SpanMapProcessor {
  hold(span) {
    return new SpanCopy(span);
  }
}

class SpanCopy {
  #context;

  constructor(span) {
    this.#context = span.spanContext();
    this.name = span.name;
    this.kind = span.kind;
    this.parentSpanContext = span.parentSpanContext;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.duration = span.duration;
    this.status = span.status;
    this.attributes = span.attributes;
    this.events = span.events;
    this.links = span.links;
    this.resource = span.resource;
    this.instrumentationScope = span.instrumentationScope;
    this.droppedAttributesCount = span.droppedAttributesCount;
    this.droppedEventsCount = span.droppedEventsCount;
    this.droppedLinksCount = span.droppedLinksCount;
  }

  ended = true;

  spanContext() {
    return this.#context;
  }
}

/** Holds every span and lets none go: what the spans themselves weigh. */
export class SpanArrayProcessor {
  spans = [];

  onStart() {}

  onEnd(span) {
    this.spans.push(span);
  }

  async forceFlush() {
    this.spans = [];
  }

  async shutdown() {
    this.spans = [];
  }
}
