import type { AttributeValue } from '@opentelemetry/api';
import type { MappedEvent, MappingSource } from './dialect.js';
import type { FactName } from './facts.js';
import type { GenAIRecord } from './genai-record.js';

/** An attribute or event that was written, and the facts it holds, all of them or a part. */
export interface Written<What> {
  readonly what: What;
  readonly facts: readonly FactName[];
}

/** Where one dialect is written. A fact that is neither carried nor lost with a reason of its own is reported as lost. */
export class MappingTarget {
  readonly attributes: Record<string, AttributeValue> = {};
  readonly #attributes: Written<string>[] = [];
  readonly #events: Written<MappedEvent>[] = [];
  readonly #carried = new Set<FactName>();
  readonly #lost: Written<string>[] = [];

  constructor(
    /** What is known of the span besides the facts. */
    readonly source: MappingSource,
    /** Reads facts that have no value as not there: what the target is written from. */
    readonly record: GenAIRecord,
  ) {}

  /** Writes an attribute that holds all or a part of these facts. */
  write(key: string, value: AttributeValue, ...facts: FactName[]): void {
    this.attributes[key] = value;
    this.#attributes.push({ what: key, facts });
    this.carry(...facts);
  }

  /** Writes an event that holds all or a part of these facts. */
  writeEvent(event: MappedEvent, ...facts: FactName[]): void {
    this.#events.push({ what: event, facts });
    this.carry(...facts);
  }

  /** Says that a fact is taken care of without an attribute of its own: it can be told from what is written. */
  carry(...facts: FactName[]): void {
    for (const fact of facts) this.#carried.add(fact);
  }

  /** Whether all of a fact, or a part, was written. */
  isCarried(fact: FactName): boolean {
    return this.#carried.has(fact);
  }

  /** Says that a fact has no place here, or, when it is written too, that a part of it has none. */
  lose(fact: FactName, reason: string): void {
    this.#lost.push({ what: reason, facts: [fact] });
  }

  /** The keys that were written, in order, some perhaps more than once. */
  get writtenAttributes(): readonly Written<string>[] {
    return this.#attributes;
  }

  get writtenEvents(): readonly Written<MappedEvent>[] {
    return this.#events;
  }

  /** Facts that have no place, or not with all their parts, by the reason. */
  get lost(): readonly Written<string>[] {
    return this.#lost;
  }
}
