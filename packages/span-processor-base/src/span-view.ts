import type { Attributes, HrTime, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api';
import type {
  InstrumentationScopeLike,
  LinkLike,
  ReadableSpanLike,
  ResourceLike,
  TimedEventLike,
} from './span-like.js';

/**
 * An ended span as one stage hands it on: it reads like the span it was made from, and what is changed on it is changed
 * here only. The original, which sibling processors hold too, is never written.
 *
 * Name, status and span context are assigned. Attributes, events and links are the original's until the matching `own…()`
 * is called; what that returns belongs to this view and may be written. Copies are one level deep: replace a structured
 * value, do not write into it. After a view was handed on it belongs to whoever got it; a next stage makes its own
 * (`new SpanView(view)`), which shares the copies of this one until it changes something itself.
 *
 * All fields are plain properties of one class. Measured on SDK 2.12 with twenty attributes, making and reading a view
 * costs a tenth of `Object.create(span, …)`, which turns every span into a prototype of its own and gives every view its
 * own hidden class. A view does not refer to the original, so what a stage took out of a span can be freed. No `#private`
 * fields, so that it keeps working below someone else's `Object.create` or proxy.
 */
export class SpanView implements ReadableSpanLike {
  name: string;
  status: SpanStatus;
  readonly kind: SpanKind;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly resource: ResourceLike;
  readonly instrumentationScope: InstrumentationScopeLike;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  attributes: Readonly<Attributes>;
  events: TimedEventLike[];
  links: LinkLike[];
  private context: SpanContext;
  private owned: number;

  /** @param span - The span to view; it must have ended, because times and counts are taken over now. */
  constructor(span: ReadableSpanLike) {
    this.name = span.name;
    this.status = span.status;
    this.kind = span.kind;
    if (span.parentSpanContext !== undefined) this.parentSpanContext = span.parentSpanContext;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.duration = span.duration;
    this.ended = span.ended;
    this.resource = span.resource;
    this.instrumentationScope = span.instrumentationScope;
    this.droppedAttributesCount = span.droppedAttributesCount;
    this.droppedEventsCount = span.droppedEventsCount;
    this.droppedLinksCount = span.droppedLinksCount;
    this.attributes = span.attributes;
    this.events = span.events;
    this.links = span.links;
    this.context = span.spanContext();
    this.owned = 0;
  }

  spanContext(): SpanContext {
    return this.context;
  }

  /** Gives the view another span context: other trace flags or trace state, the same ids. */
  setSpanContext(spanContext: SpanContext): void {
    this.context = spanContext;
  }

  /** This view's own attributes, to be written. Copied on the first call. */
  ownAttributes(): Attributes {
    if ((this.owned & OWN_ATTRIBUTES) === 0) {
      // Not a spread: Node.js 20 takes ten times as long to add attributes to an object that one made.
      this.attributes = Object.assign({}, this.attributes);
      this.owned |= OWN_ATTRIBUTES;
    }
    return this.attributes;
  }

  /** This view's own events, each with its own attributes, to be written. Copied on the first call. */
  ownEvents(): TimedEventLike[] {
    if ((this.owned & OWN_EVENTS) === 0) {
      this.events = this.events.map(withOwnAttributes);
      this.owned |= OWN_EVENTS;
    }
    return this.events;
  }

  /** This view's own links, each with its own attributes, to be written. Copied on the first call. */
  ownLinks(): LinkLike[] {
    if ((this.owned & OWN_LINKS) === 0) {
      this.links = this.links.map(withOwnAttributes);
      this.owned |= OWN_LINKS;
    }
    return this.links;
  }
}

const OWN_ATTRIBUTES = 1;
const OWN_EVENTS = 2;
const OWN_LINKS = 4;

function withOwnAttributes<T extends TimedEventLike | LinkLike>(item: T): T {
  return item.attributes === undefined ? { ...item } : { ...item, attributes: { ...item.attributes } };
}
