import { REMOVE_FIELD, StructureError, namesAKind } from './field-replace.js';
import type { FieldReplace } from './field-replace.js';
import { foldCase } from './fold-case.js';
import { findJsonEdits, looksLikeJson, textHasMember } from './json-edits.js';
import type { PathState } from './path-automaton.js';
import type { ArrayElement } from './path-place.js';
import { applyEdits } from './text-edit.js';
import { isLongNumbers, itemsOf, objectOf, plainOf, reading } from './plain-value.js';
import { MAX_DEPTH, MAX_VALUES } from './structure-limits.js';

/**
 * Redacts the fields of a value: of objects and arrays, and of JSON in their strings. What has a `toJSON` is taken for what
 * that returns, and if there is nothing in that for its members; a Map for an object and a Set for an array.
 *
 * @param state - where the paths are at the value
 * @returns the identical value when nothing was to be redacted; else a copy of the containers around what was
 * @throws StructureError when the value refers to itself, is nested more than 100 deep, has more than a million parts or
 * throws when it is read
 * @throws what `replace` throws
 */
export function redactStructure(value: unknown, state: PathState, replace: FieldReplace, key?: string): unknown {
  return new StructureRedaction(replace).visit(value, state, key, 0);
}

class StructureRedaction {
  readonly #replace: FieldReplace;
  #valuesLeft = MAX_VALUES;

  constructor(replace: FieldReplace) {
    this.#replace = replace;
  }

  visit(value: unknown, state: PathState, key: string | undefined, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new StructureError(`Expected a value of at most ${MAX_DEPTH} levels`);
    if (--this.#valuesLeft < 0) throw new StructureError(`Expected a value of at most ${MAX_VALUES} parts`);
    if (value === null || value === undefined) return value;
    if (typeof value === 'string' && state.rule === undefined) return this.#visitText(value, state);
    // No exporter writes functions and symbols, but a console may.
    if (typeof value !== 'object')
      return this.#replaceScalar(value, isScalar(value) ? `${value}` : typeof value, state, key);
    if (ArrayBuffer.isView(value) && !isLongNumbers(value)) {
      if (state.rule === undefined) return value;
      const { buffer, byteOffset, byteLength } = value;
      return this.#replaceScalar(value, Buffer.from(buffer, byteOffset, byteLength).toString('base64'), state, key);
    }
    const items = itemsOf(value);
    if (items !== undefined) return this.#visitItems(items, state, depth);
    const plain = reading(() => plainOf(value));
    if (plain === value) return this.#visitMembers(value, state, depth);
    const next = this.visit(plain, state, key, depth + 1);
    if (!Object.is(next, plain)) return next;
    // Not all exporters go by `toJSON`: where its members have fields, an object leaves as what was found to have none.
    return isLongNumbers(value) || this.#visitMembers(value, state, depth) === value ? value : plain;
  }

  #visitItems(items: readonly unknown[], state: PathState, depth: number): unknown {
    const count = reading(() => items.length);
    if (count > this.#valuesLeft) throw new StructureError(`Expected a value of at most ${MAX_VALUES} parts`);
    let copy: unknown[] | undefined;
    for (let index = 0; index < count; index++) {
      const item = reading(() => items[index]);
      const after = state.seesElements ? state.afterElement(new ValueElement(item, index, count)) : state.anyElement;
      const next = this.visit(item, after, undefined, depth + 1);
      if (Object.is(next, item)) continue;
      copy ??= reading(() => items.slice());
      // Other elements must keep their places.
      copy[index] = next === REMOVE_FIELD ? '' : next;
    }
    return copy ?? items;
  }

  #visitMembers(value: object, state: PathState, depth: number): unknown {
    const members = reading((): [string, unknown][] => Object.entries(value));
    let isChanged = false;
    for (const member of members) {
      const [key, current] = member;
      const next = this.visit(current, state.afterKey(key), key, depth + 1);
      if (Object.is(next, current)) continue;
      isChanged = true;
      member[1] = next;
    }
    return isChanged ? objectOf(members.filter(([, next]) => next !== REMOVE_FIELD)) : value;
  }

  /** A string that no rule names may hold JSON with fields in it. */
  #visitText(text: string, state: PathState): unknown {
    if (!looksLikeJson(text) || state.mentions.areMissing(text)) return text;
    const edits = findJsonEdits(text, state, this.#replace);
    if (edits !== undefined) return edits.length === 0 ? text : applyEdits(text, edits);
    const rule = state.mentions.ruleNamedIn(text);
    return rule === undefined ? text : this.#replace(text, rule);
  }

  #replaceScalar(value: unknown, text: string, state: PathState, key: string | undefined): unknown {
    const { rule } = state;
    if (rule === undefined || (!state.isNamed && typeof value === 'string' && namesAKind(key, value))) return value;
    const replacement = this.#replace(text, rule);
    return replacement === text ? value : replacement;
  }
}

/** An element of an array. */
class ValueElement implements ArrayElement {
  readonly #value: unknown;

  constructor(
    value: unknown,
    readonly index: number,
    readonly count: number,
  ) {
    this.#value = value;
  }

  hasMember(name: string, matches: (value: string) => boolean): boolean {
    const value = this.#value;
    if (typeof value === 'string') return textHasMember(value, name, matches);
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
    const members = reading((): [string, unknown][] => Object.entries(plainOf(value) ?? {}));
    return members.some(([key, member]) => {
      return foldCase(key) === name && isScalar(member) && matches(`${member}`);
    });
  }
}

type Scalar = string | number | boolean | bigint;

function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
  );
}
