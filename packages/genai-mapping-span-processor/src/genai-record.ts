import type { FactName, Facts } from './facts.js';

/** Something that a mapping could not carry over, or not all of it. */
export interface Loss {
  /** The attribute (or event) of the source that holds it. */
  readonly attribute: string;
  /** Why; without any value. */
  readonly reason: string;
}

interface Entry {
  readonly value: unknown;
  readonly sources: readonly string[];
}

/** All that is known of one span, free of any dialect: what a dialect is read into and another is written from. */
export class GenAIRecord {
  readonly #entries = new Map<FactName, Entry>();
  readonly losses: Loss[] = [];

  /**
   * Takes a fact over unless it is known already: what is read first wins.
   *
   * @param sources - the attributes or events it comes from
   */
  set<Name extends FactName>(name: Name, value: Facts[Name], ...sources: string[]): void {
    if (!this.#entries.has(name)) this.#entries.set(name, { value, sources });
  }

  get<Name extends FactName>(name: Name): Facts[Name] | undefined {
    return this.#entries.get(name)?.value as Facts[Name] | undefined;
  }

  names(): Iterable<FactName> {
    return this.#entries.keys();
  }

  /** The attributes or events that a fact was read from. */
  sourcesOf(name: FactName): readonly string[] {
    return this.#entries.get(name)?.sources ?? [];
  }

  /** Says that something in `attribute` was not understood, all of it or a part. */
  lose(attribute: string, reason: string): void {
    this.losses.push({ attribute, reason });
  }
}
