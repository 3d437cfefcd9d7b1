import type { AttributeValue } from '@opentelemetry/api';
import { putAttribute } from './copy-attributes.js';
import type { MappedEvent, MappingSource } from './dialect.js';
import type { FactName } from './facts.js';
import type { GenAIRecord } from './genai-record.js';

/** An event that was written, or a reason why something was not, and the facts it is about. */
export interface About<What> {
  readonly what: What;
  readonly facts: readonly FactName[];
}

/** Where one dialect is written. A fact that is neither carried nor lost with a reason of its own is reported as lost. */
export class MappingTarget {
  /** The attributes that were written, in order, some perhaps more than once; then the last one counts. */
  readonly keys: string[] = [];
  readonly values: AttributeValue[] = [];
  /** For each attribute, the facts it holds, all of them or a part. */
  readonly facts: (readonly FactName[])[] = [];
  readonly writtenEvents: About<MappedEvent>[] = [];
  /** Facts that have no place, or not with all their parts, by the reason. */
  readonly lost: About<string>[] = [];

  constructor(
    /** What is known of the span besides the facts. */
    readonly source: MappingSource,
    /** What is known of the span. */
    readonly record: GenAIRecord,
  ) {}

  /** Writes an attribute that holds all or a part of these facts. */
  write(key: string, value: AttributeValue, ...facts: FactName[]): void {
    this.writeFor(facts, key, value);
  }

  /** The same for facts that are listed already, which saves a list for each attribute. */
  writeFor(facts: readonly FactName[], key: string, value: AttributeValue): void {
    this.keys.push(key);
    this.values.push(value);
    this.facts.push(facts);
    for (const fact of facts) this.record.carry(fact, this);
  }

  /** Writes an event that holds all or a part of these facts. */
  writeEvent(event: MappedEvent, ...facts: FactName[]): void {
    this.writtenEvents.push({ what: event, facts });
    this.carry(...facts);
  }

  /** Says that a fact is taken care of without an attribute of its own: it can be told from what is written. */
  carry(...facts: FactName[]): void {
    for (const fact of facts) this.record.carry(fact, this);
  }

  /** Whether all of a fact, or a part, was written. */
  isCarried(fact: FactName): boolean {
    return this.record.isCarriedBy(fact, this);
  }

  /** Says that a fact has no place here, or, when it is written too, that a part of it has none. */
  lose(fact: FactName, reason: string): void {
    this.lost.push({ what: reason, facts: [fact] });
  }

  /** The attributes that were written so far. */
  get attributes(): Record<string, AttributeValue> {
    const attributes: Record<string, AttributeValue> = {};
    this.keys.forEach((key, at) => putAttribute(attributes, key, this.values[at]));
    return attributes;
  }

  /** What was written under a key so far. */
  valueOf(key: string): AttributeValue | undefined {
    return this.values[this.keys.lastIndexOf(key)];
  }
}
