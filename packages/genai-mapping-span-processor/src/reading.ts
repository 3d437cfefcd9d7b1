import type { CompiledDialect } from './compiled-dialect.js';
import type { OnFailure } from './detect-dialect.js';
import type { MappingSource } from './dialect.js';
import type { FactName } from './facts.js';
import { GenAIRecord } from './genai-record.js';
import { Losses } from './loss.js';
import { PrefixSet } from './prefix-set.js';

/** What a span says, read in the dialects that it speaks. */
export class Reading {
  readonly losses = new Losses();
  readonly record = new GenAIRecord(this.losses);
  /** Attributes and names of events that were understood, by the dialects that did, one bit each. */
  readonly #consumed = new Map<string, number>();
  readonly #own: PrefixSet;

  constructor(
    readonly source: MappingSource,
    readonly dialects: readonly CompiledDialect[],
    onFailure: OnFailure,
  ) {
    this.#own = prefixesOf(dialects);
    const keys = Object.keys(source.attributes);
    for (const compiled of dialects) {
      try {
        compiled.read(source, keys, this.record, this.#consumed);
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

  /** Whether an attribute was understood by one of these dialects (one bit each), or by any. */
  isUnderstood(key: string, dialects = -1): boolean {
    return ((this.#consumed.get(key) ?? 0) & dialects) !== 0;
  }

  understood(): Iterable<string> {
    return this.#consumed.keys();
  }

  /** Reports what was not understood, unless it stays within each of the targets. */
  loseTheRest(targets: readonly CompiledDialect[]): void {
    for (const key in this.source.attributes) this.#loseUnlessUnderstood(key, targets);
    for (const { name } of this.source.events) this.#loseUnlessUnderstood(name, targets);
  }

  #loseUnlessUnderstood(name: string, targets: readonly CompiledDialect[]): void {
    if (this.#consumed.has(name) || !this.#own.has(name)) return;
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
