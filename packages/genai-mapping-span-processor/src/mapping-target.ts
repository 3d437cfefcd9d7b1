import type { AttributeValue } from '@opentelemetry/api';
import type { MappedEvent, MappingSource } from './dialect.js';
import type { FactName } from './facts.js';
import type { GenAIRecord, Loss } from './genai-record.js';

/** Where one dialect is written. A fact that is neither carried nor lost with a reason of its own is reported as lost. */
export class MappingTarget {
  readonly attributes: Record<string, AttributeValue> = {};
  readonly events: MappedEvent[] = [];
  readonly losses: Loss[] = [];
  readonly #carried = new Set<FactName>();

  constructor(
    /** What is known of the span besides the facts. */
    readonly source: MappingSource,
    private readonly record: GenAIRecord,
  ) {}

  /** Writes an attribute that holds all or a part of these facts. */
  write(key: string, value: AttributeValue, ...facts: FactName[]): void {
    this.attributes[key] = value;
    for (const fact of facts) this.#carried.add(fact);
  }

  /** Says that a fact is taken care of without an attribute of its own: it can be told from what is written. */
  carry(...facts: FactName[]): void {
    for (const fact of facts) this.#carried.add(fact);
  }

  isCarried(fact: FactName): boolean {
    return this.#carried.has(fact);
  }

  /** Says that a fact, or a part of it, has no place here. It then counts as looked after. */
  lose(fact: FactName, reason: string): void {
    this.#carried.add(fact);
    for (const attribute of this.record.sourcesOf(fact)) this.losses.push({ attribute, reason });
  }
}
