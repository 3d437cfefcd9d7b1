import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { copyAttributes } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanChanges, TimedEventLike } from '@genspan/span-processor-base';

/** More than the steps write by literal keys. */
const MOST_KNOWN = 24;

/** An ended span as the steps of enrichment see and change it; the span itself is not written. Copies on the first change. */
export class SpanDraft {
  #attributes: Attributes | undefined;
  #events: TimedEventLike[] | undefined;
  #set = 0;
  #droppedAttributes = 0;

  /** @param span - as it came; for all that no step changes */
  constructor(readonly span: ReadableSpanLike) {}

  /** The attributes with all changes so far. Values may be structured with SDK 3. */
  get attributes(): Readonly<Record<string, unknown>> {
    return this.#attributes ?? this.span.attributes;
  }

  /** The events with all changes so far. */
  get events(): readonly TimedEventLike[] {
    return this.#events ?? this.span.events;
  }

  /**
   * No fewer than the attributes are. Cheaper than their number, which takes a microsecond once V8 made a hash table of the
   * object that is written.
   */
  get mostAttributes(): number {
    const given = Object.keys(this.span.attributes).length;
    return this.#attributes === undefined ? given : given + this.#set + MOST_KNOWN;
  }

  set(key: string, value: AttributeValue): void {
    this.#set += 1;
    this.own()[key] = value;
  }

  remove(key: string): void {
    if (Object.hasOwn(this.attributes, key)) delete this.own()[key];
  }

  /** Removes an attribute because there are too many, which the span tells by its count of dropped ones. */
  drop(key: string): void {
    this.remove(key);
    this.#droppedAttributes += 1;
  }

  /** Puts other events in the place of all. Their objects must not be those of the span if they differ. */
  replaceEvents(events: TimedEventLike[]): void {
    this.#events = events;
  }

  /** Attributes that were dropped because there were too many. */
  get droppedAttributes(): number {
    return this.#droppedAttributes;
  }

  /** What was changed; `undefined` where nothing was. */
  get changes(): Pick<SpanChanges, 'attributes' | 'events'> | undefined {
    const attributes = this.#attributes;
    const events = this.#events;
    if (events === undefined) return attributes === undefined ? undefined : { attributes };
    return attributes === undefined ? { events } : { attributes, events };
  }

  /**
   * The attributes to be written, by literal keys where they are known: a store by a key in a variable makes V8 turn an
   * object of some size into a hash table, which takes several times as long.
   */
  own(): Attributes {
    return (this.#attributes ??= copyAttributes(this.span.attributes));
  }
}
