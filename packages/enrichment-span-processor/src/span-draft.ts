import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { ReadableSpanLike, TimedEventLike } from '@genspan/span-processor-base';

/** An ended span as the steps of enrichment see and change it; the span itself is not written. Copies on the first change. */
export class SpanDraft {
  #attributes: Attributes | undefined;
  #events: TimedEventLike[] | undefined;

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

  set(key: string, value: AttributeValue): void {
    this.#own()[key] = value;
  }

  remove(key: string): void {
    if (Object.hasOwn(this.attributes, key)) delete this.#own()[key];
  }

  /** Puts other events in the place of all. Their objects must not be those of the span if they differ. */
  replaceEvents(events: TimedEventLike[]): void {
    this.#events = events;
  }

  /** What was changed; `undefined` where nothing was. */
  get changes(): { readonly attributes?: Attributes; readonly events?: TimedEventLike[] } | undefined {
    if (this.#attributes === undefined && this.#events === undefined) return undefined;
    return {
      ...(this.#attributes !== undefined && { attributes: this.#attributes }),
      ...(this.#events !== undefined && { events: this.#events }),
    };
  }

  #own(): Attributes {
    // Not a spread: Node.js 20 takes ten times as long to add attributes to an object that one made.
    return (this.#attributes ??= Object.assign({}, this.span.attributes));
  }
}
