import { rememberShape } from './attribute-shapes.js';
import type { CompiledDialect } from './compiled-dialect.js';
import { putAttribute } from './copy-attributes.js';
import type { MappedEvent } from './dialect.js';
import type { FactName } from './facts.js';
import type { MappingTarget } from './mapping-target.js';
import type { Reading } from './reading.js';
import { sameValue } from './same-value.js';

const TAKEN = 'an attribute of that name is there already and says something else';

/** What a span says already in the dialect that it is translated into, in its own words: that is left as it is. */
export interface SaidAlready {
  readonly has: (fact: FactName) => boolean;
  /** Whether an attribute (or event) is one of those that say it. */
  readonly owns: (key: string) => boolean;
}

const NO_KEYS: ReadonlySet<string> = new Set();

/** When a span does not speak the dialect that it is translated into. */
export const NOTHING_SAID: SaidAlready = { has: () => false, owns: () => false };

/** A span after the mapping: what was there, and what the targets add to it or put in its place. */
export class MappingResult {
  readonly #newEvents: MappedEvent[] = [];
  /** Attributes that are as a target has them; in mode `replace`, where it matters. */
  readonly #written = new Set<string>();
  readonly #said: SaidAlready[] = [];
  /** Facts that at least one target holds, all of them or a part; in mode `replace`, where it matters. */
  readonly #carried = new Set<FactName>();
  #changed = false;

  readonly #attributes: Record<string, unknown>;

  /** @param attributes - of the span; the result writes on them */
  constructor(
    private readonly reading: Reading,
    private readonly mode: 'add' | 'replace',
    attributes: Record<string, unknown>,
  ) {
    this.#attributes = attributes;
  }

  /** Takes over what was written for a target, and reports what could not be carried. */
  add(compiled: CompiledDialect, target: MappingTarget, said: SaidAlready): void {
    const { record } = this.reading;
    this.#said.push(said);
    const failed = this.#putAll(target, said);
    for (const { what: event, facts } of target.writtenEvents) {
      if (facts.length === 0 || !facts.every(said.has)) this.#putEvent(event);
    }
    for (const { what: reason, facts } of target.lost) {
      for (const fact of facts) if (!said.has(fact)) this.#loseAll(fact, reason, compiled);
    }
    for (const fact of record.names()) {
      const isSaid = said.has(fact);
      const isTaken = !isSaid && failed?.has(fact) === true;
      if (isTaken) this.#loseAll(fact, TAKEN, compiled);
      if (isSaid || (target.isCarried(fact) && !(isTaken && this.#isNowhere(fact, target)))) {
        if (this.mode === 'replace') this.#carried.add(fact);
      } else if (!isTaken && !target.lost.some(({ facts }) => facts.includes(fact))) {
        this.#loseAll(fact, compiled.noPlace, compiled);
      }
    }
  }

  /** @returns facts of which an attribute could not be written */
  #putAll({ keys, values, facts: factsOf }: MappingTarget, said: SaidAlready): Set<FactName> | undefined {
    let failed: Set<FactName> | undefined;
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] ?? '';
      const facts = factsOf[at] ?? [];
      if (said !== NOTHING_SAID && facts.length > 0 && facts.every(said.has)) continue;
      if (this.#put(key, values[at], facts)) continue;
      // What the same target wrote before counts no more.
      if (keys.indexOf(key) < at && !this.reading.hasAttribute(key)) {
        putAttribute(this.#attributes, key, values[at]);
      } else for (const fact of facts) (failed ??= new Set<FactName>()).add(fact);
    }
    return failed;
  }

  /** Whether none of the attributes and events that a target has of a fact is as the target has it. */
  #isNowhere(fact: FactName, { keys, values, facts, writtenEvents }: MappingTarget): boolean {
    if (writtenEvents.some(({ facts: held }) => held.includes(fact))) return false;
    return !keys.some((key, at) => facts[at]?.includes(fact) && sameValue(this.#attributes[key], values[at]));
  }

  /** Reports all as lost for a target that failed. */
  fail(target: CompiledDialect): void {
    for (const fact of this.reading.record.names()) this.#loseAll(fact, 'writing it failed', target);
  }

  /** What came out of it; what did not change is left out. */
  finish(targets: readonly CompiledDialect[]): {
    attributes: Record<string, unknown> | undefined;
    events: readonly MappedEvent[] | undefined;
  } {
    this.reading.loseTheRest(targets);
    const gone = this.mode === 'replace' ? this.#translated() : NO_KEYS;
    const attributes = gone.size === 0 ? this.#attributes : this.#without(gone);
    if (this.#changed) rememberShape(attributes);
    const { events } = this.reading.source;
    const kept = gone.size === 0 ? events : events.filter(({ name }) => !gone.has(name));
    const sameEvents = kept.length === events.length && this.#newEvents.length === 0;
    return {
      attributes: this.#changed ? attributes : undefined,
      events: sameEvents ? undefined : [...kept, ...this.#newEvents],
    };
  }

  /** A copy without some of the attributes: an object that members are deleted from becomes a hash table. */
  #without(gone: ReadonlySet<string>): Record<string, unknown> {
    const kept: Record<string, unknown> = {};
    for (const key of Object.keys(this.#attributes)) {
      if (gone.has(key)) this.#changed = true;
      else putAttribute(kept, key, this.#attributes[key]);
    }
    return kept;
  }

  /** @returns whether the attribute is there now, with this value */
  #put(key: string, value: unknown, facts: readonly FactName[]): boolean {
    const there = this.#attributes[key];
    if (there !== undefined && Object.hasOwn(this.#attributes, key)) {
      if (!sameValue(there, value)) {
        if (this.mode === 'add' || this.#written.has(key) || !this.#isSource(key, facts)) return false;
        putAttribute(this.#attributes, key, value);
        this.#changed = true;
      }
    } else {
      putAttribute(this.#attributes, key, value);
      this.#changed = true;
    }
    if (this.mode === 'replace') this.#written.add(key);
    return true;
  }

  #isSource(key: string, facts: readonly FactName[]): boolean {
    return facts.some((fact) => this.reading.record.sourcesOf(fact).includes(key));
  }

  #putEvent(event: MappedEvent): void {
    const { events } = this.reading.source;
    const isThere = (other: MappedEvent): boolean => other.name === event.name && sameEvent(other, event);
    if (!events.some(isThere) && !this.#newEvents.some(isThere)) this.#newEvents.push(event);
  }

  #loseAll(fact: FactName, reason: string, { dialect }: CompiledDialect): void {
    this.reading.losses.addAll(this.reading.ownSourcesOf(fact), reason, dialect.name);
  }

  /** Attributes and names of events that are told in another way now. */
  #translated(): Set<string> {
    const { record, losses } = this.reading;
    const left = new Set<string>();
    const gone = new Set<string>();
    for (const fact of record.names()) {
      const keys = this.#carried.has(fact) ? gone : left;
      for (const key of record.sourcesOf(fact)) keys.add(key);
    }
    // What can be told from the rest, such as a total, was understood and is the source of nothing.
    if (gone.size > 0) {
      const lost = new Set(losses.list().map(({ attribute }) => attribute));
      for (const key of this.reading.understood()) if (!left.has(key) && !lost.has(key)) gone.add(key);
    }
    for (const key of gone) {
      const stays = this.#written.has(key) || !this.reading.isOwn(key) || this.#said.some(({ owns }) => owns(key));
      if (stays) gone.delete(key);
    }
    return gone;
  }
}

function sameEvent(a: MappedEvent, b: MappedEvent): boolean {
  return sameValue(a.attributes ?? {}, b.attributes ?? {}) && sameValue(a.body, b.body);
}
