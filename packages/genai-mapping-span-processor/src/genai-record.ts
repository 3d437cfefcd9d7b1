import type { FactName, Facts } from './facts.js';
import { Losses } from './loss.js';
import type { Loss } from './loss.js';
import { sameValue } from './same-value.js';
import { jsonOf, structureOf } from './shapes/json.js';

export type { Loss } from './loss.js';

interface Entry {
  value: unknown;
  /** Where it is not decoded yet, how to. */
  decode: ((structure: unknown) => unknown) | undefined;
  /** The attribute's value, where that holds the fact just as the current conventions do. */
  original: unknown;
  /** The attributes and events it comes from. */
  readonly sources: string[];
  /** The dialects that say it, one bit each. */
  readers: number;
  /** The target that was the last to write it, all of it or a part. */
  carriedBy: object | undefined;
  /** Whether others who read its attributes misread them. */
  isOverruled?: true;
}

/** All that is known of one span, free of any dialect: what a dialect is read into and another is written from. */
export class GenAIRecord {
  readonly #entries = new Map<FactName, Entry>();
  readonly #losses: Losses;
  #reader = 0;

  constructor(losses = new Losses()) {
    this.#losses = losses;
  }

  /** What was not understood so far. */
  get losses(): readonly Loss[] {
    return this.#losses.list();
  }

  /** Says which dialect speaks from now on: its place in the list. */
  startReading(dialectIndex: number): void {
    this.#reader = 1 << dialectIndex;
  }

  /**
   * Takes a fact over unless it is known already: what is read first wins. Another value that is read later is reported as
   * lost, the same value is not.
   *
   * @param sources - the attributes or events it comes from
   */
  set<Name extends FactName>(name: Name, value: Facts[Name], ...sources: string[]): void {
    this.#add(name, {
      value,
      decode: undefined,
      original: undefined,
      sources,
      readers: this.#reader,
      carriedBy: undefined,
    });
  }

  /**
   * The same for an attribute that may hold a structure as JSON or as it is. It is not parsed before somebody asks.
   *
   * @param decode - from the structure to the fact; `undefined`: not readable
   */
  setStructure<Name extends FactName>(
    name: Name,
    original: unknown,
    decode: (structure: unknown) => Facts[Name] | undefined,
    source: string,
  ): void {
    const entry = {
      value: undefined,
      decode,
      original,
      sources: [source],
      readers: this.#reader,
      carriedBy: undefined,
    };
    this.#add(name, entry);
  }

  has(name: FactName): boolean {
    return this.#entries.has(name);
  }

  get<Name extends FactName>(name: Name): Facts[Name] | undefined {
    const entry = this.#entries.get(name);
    return (entry === undefined ? undefined : this.#decoded(name, entry)) as Facts[Name] | undefined;
  }

  /** The fact as JSON: the very text that it was read from, where that is in the form of the current conventions. */
  json(name: FactName): string | undefined {
    const original = this.original(name);
    if (typeof original === 'string') return original;
    const value = this.get(name);
    return value === undefined ? undefined : jsonOf(value);
  }

  /** The attribute's value, where that holds the fact as the current conventions do: JSON or a structure. */
  original(name: FactName): unknown {
    const entry = this.#entries.get(name);
    // What is wrong with it shows when it is decoded.
    if (entry?.isOverruled === true) this.#decoded(name, entry);
    return entry?.original;
  }

  names(): Iterable<FactName> {
    return this.#entries.keys();
  }

  /** The attributes or events that a fact was read from. */
  sourcesOf(name: FactName): readonly string[] {
    return this.#entries.get(name)?.sources ?? [];
  }

  /** Whether a dialect, told by its place in the list, says this fact. */
  isSaidBy(name: FactName, dialectIndex: number): boolean {
    return ((this.#entries.get(name)?.readers ?? 0) & (1 << dialectIndex)) !== 0;
  }

  /**
   * Says that the attribute of a fact means something else than what dialects that come later take it for: they do not say it.
   * So is mended what an instrumentation writes under names of the conventions in a sense of its own.
   */
  overrule(name: FactName): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined) entry.isOverruled = true;
  }

  /** Says that a target has written a fact, all of it or a part. One target is written after the other. */
  carry(name: FactName, target: object): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined) entry.carriedBy = target;
  }

  /** Whether a target, the one that is written now, has written a fact. */
  isCarriedBy(name: FactName, target: object): boolean {
    return this.#entries.get(name)?.carriedBy === target;
  }

  /** Says that something in `attribute` was not understood, all of it or a part. */
  lose(attribute: string, reason: string): void {
    this.#losses.add(attribute, reason);
  }

  #add(name: FactName, entry: Entry): void {
    const known = this.#entries.get(name);
    if (known === undefined) {
      this.#entries.set(name, entry);
      return;
    }
    const sources = entry.sources.filter((source) => !known.sources.includes(source));
    if (sources.length === 0 && known.isOverruled === true) return;
    known.readers |= entry.readers;
    if (sources.length === 0) return;
    const value = this.#decoded(name, known);
    const other = this.#decodedAlone(entry);
    if (value === undefined) this.#entries.set(name, entry);
    else if (sameValue(value, other)) known.sources.push(...sources);
    else this.#losses.addAll(sources, 'another attribute that comes first says something else');
  }

  #decoded(name: FactName, entry: Entry): unknown {
    if (entry.decode === undefined) return entry.value;
    const value = this.#decodedAlone(entry);
    if (value === undefined) {
      this.#entries.delete(name);
      this.#losses.addAll(entry.sources, 'its value is not of the shape that the dialect gives it');
    }
    return value;
  }

  #decodedAlone(entry: Entry): unknown {
    const { decode, original } = entry;
    if (decode === undefined) return entry.value;
    entry.decode = undefined;
    try {
      const structure = structureOf(original);
      entry.value = decode(structure === undefined ? original : structure);
      // What had to be mended is not passed on as it came.
      if (entry.value !== structure) entry.original = undefined;
    } catch {
      entry.value = undefined; // Members that throw when they are read.
    }
    return entry.value;
  }
}
