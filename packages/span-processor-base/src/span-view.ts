import type {
  Attributes,
  HrTime,
  SpanContext,
  SpanKind,
  SpanStatus,
  SpanStatusCode,
  TraceState,
} from '@opentelemetry/api';
import { copyAttributes } from './copy-attributes.js';
import type {
  InstrumentationScopeLike,
  LinkLike,
  ReadableSpanLike,
  ResourceLike,
  TimedEventLike,
} from './span-like.js';

/**
 * An ended span as one stage hands it on, or holds it: it reads like the span it was made from, and what is changed on it is
 * changed here only. The original, which sibling processors hold too, is never written.
 *
 * Name, status, trace flags and trace state are assigned. Attributes, events and links are the original's until the matching
 * `own…()` is called; what that returns belongs to this view and may be written. Copies are one level deep: replace a
 * structured value, do not write into it. After a view was handed on it belongs to whoever got it; a next stage makes its
 * own (`new SpanView(view)`), which shares the copies of this one until it changes something itself.
 *
 * A view does not refer to the original, so what a stage took out of a span can be freed. It is flat: times, status and
 * context are kept as numbers and strings, not as the objects they come in, and an empty list is not kept at all. Spans that
 * wait cost what survives of them in the young generation of the heap; a view is less than a
 * third of a span of SDK 2.12. What reads a
 * time, a status or a context gets an object made for it.
 *
 * No `#private` fields, so that it keeps working below someone else's `Object.create` or proxy.
 */
export class SpanView implements ReadableSpanLike {
  name: string;
  readonly kind: SpanKind;
  readonly parentSpanContext?: SpanContext;
  readonly resource: ResourceLike;
  readonly instrumentationScope: InstrumentationScopeLike;
  attributes: Readonly<Attributes>;
  private someEvents: TimedEventLike[] | undefined;
  private someLinks: LinkLike[] | undefined;
  private statusCode: SpanStatusCode;
  private statusMessage: string | undefined;
  private startSeconds: number;
  private startNanos: number;
  private endSeconds: number;
  private endNanos: number;
  /** Where it is not the time from start to end. */
  private ownDuration: HrTime | undefined;
  /** Where anything was dropped: attributes, events, links. */
  private dropped: readonly [number, number, number] | undefined;
  /** Of the span context. */
  traceFlags: number;
  /** Of the span context. */
  traceState: TraceState | undefined;
  private traceId: string;
  private spanId: string;
  private owned: number;

  /** @param span - The span to view; it must have ended, because times and counts are taken over now. */
  constructor(span: ReadableSpanLike) {
    const { status, startTime, endTime, duration, events, links, parentSpanContext } = span;
    const context = span.spanContext();
    this.name = span.name;
    this.kind = span.kind;
    this.resource = span.resource;
    this.instrumentationScope = span.instrumentationScope;
    this.attributes = span.attributes;
    this.someEvents = events.length === 0 ? undefined : events;
    this.someLinks = links.length === 0 ? undefined : links;
    this.statusCode = status.code;
    this.statusMessage = status.message;
    this.startSeconds = compact(startTime[0]);
    this.startNanos = compact(startTime[1]);
    this.endSeconds = compact(endTime[0]);
    this.endNanos = compact(endTime[1]);
    this.ownDuration = isBetween(startTime, endTime, duration) ? undefined : duration;
    const { droppedAttributesCount, droppedEventsCount, droppedLinksCount } = span;
    const anyDropped = droppedAttributesCount !== 0 || droppedEventsCount !== 0 || droppedLinksCount !== 0;
    this.dropped = anyDropped ? [droppedAttributesCount, droppedEventsCount, droppedLinksCount] : undefined;
    this.traceId = context.traceId;
    this.spanId = context.spanId;
    this.traceFlags = context.traceFlags;
    this.traceState = context.traceState;
    this.owned = 0;
    if (parentSpanContext !== undefined) this.parentSpanContext = parentSpanContext;
  }

  get startTime(): HrTime {
    return [this.startSeconds, this.startNanos];
  }

  get endTime(): HrTime {
    return [this.endSeconds, this.endNanos];
  }

  get duration(): HrTime {
    return this.ownDuration ?? between(this.startTime, this.endTime);
  }

  /** Always true. */
  get ended(): boolean {
    return true;
  }

  get droppedAttributesCount(): number {
    return this.dropped?.[0] ?? 0;
  }

  get droppedEventsCount(): number {
    return this.dropped?.[1] ?? 0;
  }

  get droppedLinksCount(): number {
    return this.dropped?.[2] ?? 0;
  }

  /** Tells of attributes that were left out here, beside those that the SDK left out. */
  countDroppedAttributes(count: number): void {
    this.dropped = [this.droppedAttributesCount + count, this.droppedEventsCount, this.droppedLinksCount];
  }

  get status(): SpanStatus {
    const { statusCode: code, statusMessage: message } = this;
    return message === undefined ? { code } : { code, message };
  }

  set status({ code, message }: SpanStatus) {
    this.statusCode = code;
    this.statusMessage = message;
  }

  /** To be written only through {@link SpanView.ownEvents}. */
  get events(): TimedEventLike[] {
    return this.someEvents ?? [];
  }

  /** To be written only through {@link SpanView.ownLinks}. */
  get links(): LinkLike[] {
    return this.someLinks ?? [];
  }

  /** A context made of this view's ids, flags and state. */
  spanContext(): SpanContext {
    const { traceId, spanId, traceFlags, traceState } = this;
    const context: SpanContext = { traceId, spanId, traceFlags };
    if (traceState !== undefined) context.traceState = traceState;
    return context;
  }

  /** This view's own attributes, to be written. Copied on the first call. */
  ownAttributes(): Attributes {
    if ((this.owned & OWN_ATTRIBUTES) === 0) {
      this.attributes = copyAttributes(this.attributes);
      this.owned |= OWN_ATTRIBUTES;
    }
    return this.attributes;
  }

  /** This view's own events, each with its own attributes, to be written. Copied on the first call. */
  ownEvents(): TimedEventLike[] {
    const own = (this.owned & OWN_EVENTS) === 0 ? this.events.map(withOwnAttributes) : this.events;
    this.owned |= OWN_EVENTS;
    this.someEvents = own;
    return own;
  }

  /** This view's own links, each with its own attributes, to be written. Copied on the first call. */
  ownLinks(): LinkLike[] {
    const own = (this.owned & OWN_LINKS) === 0 ? this.links.map(withOwnAttributes) : this.links;
    this.owned |= OWN_LINKS;
    this.someLinks = own;
    return own;
  }
}

const OWN_ATTRIBUTES = 1;
const OWN_EVENTS = 2;
const OWN_LINKS = 4;

/**
 * A whole number in the form that V8 keeps inside the object. Read from an array of an SDK's clock it may be a heap number,
 * which then every view would hold as an object of its own.
 */
function compact(value: number): number {
  const whole = value | 0;
  return whole === value ? whole : value;
}

/** The time from `start` to `end`. */
function between(start: HrTime, end: HrTime): HrTime {
  const seconds = end[0] - start[0];
  const nanos = end[1] - start[1];
  return nanos < 0 ? [seconds - 1, nanos + 1e9] : [seconds, nanos];
}

/** Whether `duration` is what {@link between} gives. */
function isBetween(start: HrTime, end: HrTime, duration: HrTime): boolean {
  const seconds = end[0] - start[0];
  const nanos = end[1] - start[1];
  return nanos < 0
    ? duration[0] === seconds - 1 && duration[1] === nanos + 1e9
    : duration[0] === seconds && duration[1] === nanos;
}

function withOwnAttributes<T extends TimedEventLike | LinkLike>(item: T): T {
  return item.attributes === undefined ? { ...item } : { ...item, attributes: { ...item.attributes } };
}
