import { EXCLUDED } from './excluded-json.js';
import { looksLikeJson } from './json-like.js';
import { limitArray } from './payload-array.js';
import type { KeyRules, PayloadRules } from './payload-rules.js';
import { mayExceed, structureText } from './payload-structure.js';
import { MIN_VECTOR } from './payload-vectors.js';
import { exceedsBytes } from './truncate-bytes.js';
import { cutJson } from './truncate-json.js';
import { cutNote, vectorNote } from './truncate-notes.js';
import type { TruncateTally } from './truncate-tally.js';
import { cutText } from './truncate-text.js';

/** What became of a value. */
export interface LimitedValue {
  /** The identical one when nothing was to be done. */
  readonly value: unknown;
  /** Whether it holds less than was given, exclusions not counted. */
  readonly isCut: boolean;
}

/** Limits values of attributes to a number of bytes, after the rules of their keys took away what they do. */
export class ValueLimiter {
  readonly #rules: PayloadRules;
  readonly #maxBytes: number;

  constructor(rules: PayloadRules, maxBytes: number) {
    this.#rules = rules;
    this.#maxBytes = maxBytes;
  }

  limit(value: unknown, rules: KeyRules, tally: TruncateTally): LimitedValue {
    if (rules.isExcluded) return this.#exclude(value, tally);
    if (typeof value === 'string') return this.#text(value, rules, tally);
    if (typeof value !== 'object' || value === null) return { value, isCut: false };
    if (Array.isArray(value) && value.every(isPrimitive)) return this.#array(value, rules, tally);
    return this.#structure(value, rules, tally);
  }

  #exclude(value: unknown, tally: TruncateTally): LimitedValue {
    if (value !== EXCLUDED) tally.excluded += 1;
    return { value: EXCLUDED, isCut: false };
  }

  #text(text: string, rules: KeyRules, tally: TruncateTally, limit = this.#maxBytes): LimitedValue {
    const mustRead = !this.#rules.isEmpty;
    if (!mustRead && !exceedsBytes(text, limit)) return { value: text, isCut: false };
    if (!looksLikeJson(text)) {
      const cut = cutText(text, limit, tally);
      return { value: cut, isCut: cut !== text };
    }
    const allowed = this.#rules.exclude(text, rules, tally);
    const short = this.#rules.shorten(allowed, rules, tally);
    const cut = cutJson(short, limit, rules.shape, tally) ?? cutText(short, limit, tally);
    return { value: cut, isCut: cut !== allowed };
  }

  #array(items: readonly unknown[], rules: KeyRules, tally: TruncateTally): LimitedValue {
    if (rules.isVector && items.length >= MIN_VECTOR && items.every((item) => typeof item === 'number')) {
      tally.vectors += 1;
      return { value: vectorNote(items.length), isCut: true };
    }
    let isCut = false;
    let changed: unknown[] | undefined;
    if (!this.#rules.isEmpty) {
      items.forEach((item, index) => {
        if (typeof item !== 'string') return;
        const limited = this.#text(item, rules, tally, Infinity);
        isCut ||= limited.isCut;
        if (limited.value !== item) (changed ??= [...items])[index] = limited.value;
      });
    }
    const short = changed ?? items;
    const value = limitArray(short, this.#maxBytes, (item, limit) => {
      return (looksLikeJson(item) ? cutJson(item, limit, 'any', tally) : undefined) ?? cutText(item, limit, tally);
    });
    return { value, isCut: isCut || value !== short };
  }

  /** A structured value of SDK 3 is cut like its JSON, and stays one. */
  #structure(value: object, rules: KeyRules, tally: TruncateTally): LimitedValue {
    if (this.#rules.isEmpty && !exceeds(value, this.#maxBytes)) return { value, isCut: false };
    if (ArrayBuffer.isView(value)) {
      return value.byteLength <= this.#maxBytes
        ? { value, isCut: false }
        : { value: cutNote(value.byteLength), isCut: true };
    }
    const text = structureText(value);
    if (text === undefined) return { value: '[unreadable value cut]', isCut: true };
    const limited = this.#text(text.json, rules, tally);
    if (limited.value === text.json) return { value, isCut: false };
    return { value: text.decode(String(limited.value)), isCut: limited.isCut };
  }
}

function exceeds(value: object, limit: number): boolean {
  try {
    return mayExceed(value, limit);
  } catch {
    return true;
  }
}

function isPrimitive(item: unknown): boolean {
  return typeof item !== 'object' || item === null;
}
