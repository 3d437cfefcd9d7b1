import type { CompiledDialect } from './compiled-dialect.js';
import type { OnFailure } from './detect-dialect.js';
import type { MappingSource } from './dialect.js';
import type { FactName } from './facts.js';
import { GenAIRecord } from './genai-record.js';
import { Losses } from './loss.js';
import { PrefixSet } from './prefix-set.js';
import { Understood } from './understood.js';

/** What a span says, read in the dialects that it speaks. */
export class Reading {
  readonly losses = new Losses();
  readonly record = new GenAIRecord(this.losses);
  readonly #understood: Understood;
  readonly #own: PrefixSet;

  constructor(
    readonly source: MappingSource,
    readonly dialects: readonly CompiledDialect[],
    onFailure: OnFailure,
  ) {
    this.#own = prefixesOf(dialects);
    this.#understood = new Understood(Object.keys(source.attributes));
    for (const compiled of dialects) {
      try {
        compiled.read(source, this.record, this.#understood);
      } catch (error) {
        onFailure('read', compiled.dialect.name, error);
      }
    }
  }

  /** Whether an attribute belongs to the dialects that were read, and not to everybody, as `server.address` does. */
  isOwn(key: string): boolean {
    return this.#own.has(key);
  }

  /** The attributes of the dialects that a fact comes from. What comes from others stays where it is, so is not lost. */
  ownSourcesOf(fact: FactName): readonly string[] {
    const sources = this.record.sourcesOf(fact);
    return sources.every((key) => this.#own.has(key)) ? sources : sources.filter((key) => this.#own.has(key));
  }

  /** Whether the span had an attribute of this name when it was read. */
  hasAttribute(key: string): boolean {
    return this.#understood.keys.includes(key);
  }

  /** Whether an attribute was understood by one of these dialects (one bit each), or by any. */
  isUnderstood(key: string, dialects = -1): boolean {
    return this.#understood.isBy(key, dialects);
  }

  understood(): Iterable<string> {
    return this.#understood.names();
  }

  /** Reports what was not understood, unless it stays within each of the targets. */
  loseTheRest(targets: readonly CompiledDialect[]): void {
    const { keys } = this.#understood;
    for (let at = 0; at < keys.length; at++) {
      if (!this.#understood.isAnyAt(at)) this.#loseUnlessStaying(keys[at] ?? '', targets);
    }
    for (const { name } of this.source.events) {
      if (!this.#understood.isBy(name, -1)) this.#loseUnlessStaying(name, targets);
    }
  }

  #loseUnlessStaying(name: string, targets: readonly CompiledDialect[]): void {
    if (!this.#own.has(name)) return;
    if (targets.every(({ dialect }) => dialect.prefixes.some((prefix) => name.startsWith(prefix)))) return;
    this.losses.add(name, 'it has no counterpart in other dialects');
  }
}

/** The beginnings of all keys of these dialects. */
export function prefixesOf(dialects: readonly CompiledDialect[]): PrefixSet {
  let bits = 0;
  for (const { index } of dialects) bits |= 1 << index;
  let prefixes = PREFIXES.get(bits);
  if (prefixes === undefined) {
    prefixes = new PrefixSet(dialects.flatMap(({ dialect }) => dialect.prefixes));
    PREFIXES.set(bits, prefixes);
  }
  return prefixes;
}

/** By the dialects, one bit each; there are at most as many as there are sets of dialects. */
const PREFIXES = new Map<number, PrefixSet>();
