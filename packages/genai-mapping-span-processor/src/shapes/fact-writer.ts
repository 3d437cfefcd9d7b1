import type { AttributeValue } from '@opentelemetry/api';
import type { FactName } from '../facts.js';
import type { MappingTarget } from '../mapping-target.js';

/** Writes one fact, spread over many attributes. */
export class FactWriter {
  readonly #facts: readonly FactName[];

  constructor(
    private readonly target: MappingTarget,
    private readonly fact: FactName,
  ) {
    this.#facts = [fact];
  }

  write(key: string, value: AttributeValue): void {
    this.target.writeFor(this.#facts, key, value);
  }

  /** Says that a part of the fact has no place. */
  lose(reason: string): void {
    this.target.lose(this.fact, reason);
  }
}
