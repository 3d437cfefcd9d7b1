import type { FailureCounter, ReadableSpanLike, SpanChanges, TimedEventLike } from '@genspan/span-processor-base';
import { CountTable } from './count-table.js';
import type { MappedEvent } from './dialect.js';
import type { Mapping, MappingOutcome } from './mapping.js';
import type { MappingStats } from './mapping-stats.js';
import { CONTENT_EVENTS } from './shapes/content-events.js';
import { toSpanEvent } from './shapes/message-events.js';

/** Events that tell what came out; others tell what went in. */
const OUTPUT_EVENTS: ReadonlySet<string> = new Set(['gen_ai.choice', CONTENT_EVENTS.completion]);

/** Translates spans, and counts what becomes of them. */
export class SpanMapping {
  readonly #mapping: Mapping;
  readonly #failures: FailureCounter;
  readonly #translated = new CountTable();
  readonly #lost = new CountTable();
  #read = 0;
  #changed = 0;
  #passed = 0;

  constructor(mapping: Mapping, failures: FailureCounter) {
    this.#mapping = mapping;
    this.#failures = failures;
  }

  /** What of a span is to be written anew; `undefined` for nothing. Never throws. */
  changesOf(span: ReadableSpanLike): SpanChanges | undefined {
    try {
      const outcome = this.#mapping.run(new SpanSource(span), this.#onFailure);
      if (outcome === undefined) {
        this.#passed += 1;
        return undefined;
      }
      this.#count(outcome);
      const { attributes, events } = outcome;
      if (attributes === undefined && events === undefined) return undefined;
      this.#changed += 1;
      return {
        ...(attributes === undefined ? {} : { attributes }),
        ...(events === undefined ? {} : { events: timed(events, span) }),
      };
    } catch (error) {
      this.#failures.record('map', error);
      return undefined;
    }
  }

  stats(): MappingStats {
    return {
      spans: { read: this.#read, changed: this.#changed, passed: this.#passed },
      translated: this.#translated.toObject(),
      lost: this.#lost.toObject(),
      failures: this.#failures.byOperation(),
    };
  }

  readonly #onFailure = (operation: string, dialect: string | undefined, error: unknown): void =>
    this.#failures.record(dialect === undefined ? operation : `${operation} ${dialect}`, error);

  #count({ from, lost }: MappingOutcome): void {
    this.#read += 1;
    for (const source of from) for (const target of this.#mapping.to) this.#translated.add(source, target);
    for (const { reason, to } of lost) this.#lost.add(to ?? 'any', reason);
  }
}

/** What dialects may know of a span; what few of them ask for is made when they do. */
class SpanSource {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly MappedEvent[];

  constructor(private readonly span: ReadableSpanLike) {
    this.attributes = span.attributes;
    this.events = span.events;
  }

  get scopeName(): string {
    return this.span.instrumentationScope.name;
  }

  get spanName(): string {
    return this.span.name;
  }

  get startTimeMillis(): number {
    const [seconds, nanos] = this.span.startTime;
    return seconds * 1e3 + nanos / 1e6;
  }

  get isLocalRoot(): boolean {
    const parent = this.span.parentSpanContext;
    return parent === undefined || parent.isRemote === true;
  }
}

/** New events get the time of the start of the span, or that of its end if they tell what came out. */
function timed(events: readonly MappedEvent[], span: ReadableSpanLike): TimedEventLike[] {
  return events.map((event) => {
    if (isTimed(event)) return event;
    const time = OUTPUT_EVENTS.has(event.name) ? span.endTime : span.startTime;
    return { ...toSpanEvent(event), time } as TimedEventLike;
  });
}

function isTimed(event: MappedEvent): event is TimedEventLike {
  return 'time' in event && Array.isArray(event.time);
}
