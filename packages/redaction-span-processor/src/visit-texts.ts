import { isUtf8 } from 'node:buffer';
import { StructureError } from './field-replace.js';
import { plainOf, reading } from './plain-value.js';
import { secrecyOf } from './secret-names.js';

const MAX_DEPTH = 100;
/** Also of values that are small but refer to their parts many times over. */
const MAX_VALUES = 1_000_000;
/** Numbers with so many digits may be those of a card. */
const MIN_CARD = 1e12;

/** Redacts a text; `secretName` is the name it is the value of, if that says that it is secret. */
export type RedactText = (text: string, secretName: string | undefined) => string;

/**
 * Redacts all texts of a value: strings, what is text in bytes, keys of objects, and numbers that are redacted when they are
 * written out. Texts of parts of a message that follow each other are redacted as one.
 *
 * @param secretName - name of the value, if that says that it is secret
 * @returns the identical value when nothing changes; else a copy of the containers around what did
 * @throws StructureError when the value refers to itself, is nested more than 100 deep, has more than a million parts or
 * throws when it is read
 */
export function visitTexts(value: unknown, secretName: string | undefined, redact: RedactText): unknown {
  return typeof value === 'string' ? redact(value, secretName) : new TextVisit(redact).visit(value, secretName, 0);
}

class TextVisit {
  readonly #redact: RedactText;
  #valuesLeft = MAX_VALUES;

  constructor(redact: RedactText) {
    this.#redact = redact;
  }

  visit(value: unknown, secretName: string | undefined, depth: number): unknown {
    if (--this.#valuesLeft < 0) throw new StructureError(`Expected a value of at most ${MAX_VALUES} parts`);
    if (typeof value === 'string') return this.#redact(value, secretName);
    if (typeof value === 'number' || typeof value === 'bigint') {
      return secretName === undefined && value < MIN_CARD ? value : this.#scalar(value, secretName);
    }
    return typeof value === 'object' && value !== null ? this.#object(value, secretName, depth) : value;
  }

  #scalar(value: number | bigint, secretName: string | undefined): unknown {
    const text = `${value}`;
    const redacted = this.#redact(text, secretName);
    return redacted === text ? value : redacted;
  }

  #object(value: object, secretName: string | undefined, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new StructureError(`Expected a value of at most ${MAX_DEPTH} levels`);
    if (ArrayBuffer.isView(value)) return this.#bytes(value);
    if (Array.isArray(value)) return this.#items(value, secretName, depth);
    const plain = reading(() => plainOf(value));
    if (plain === value) return this.#members(value, depth);
    const next = this.visit(plain, secretName, depth + 1);
    return Object.is(next, plain) ? value : next;
  }

  /** What is text in bytes: of UTF-8, or else of any encoding that has ASCII in it. */
  #bytes(value: ArrayBufferView): unknown {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
    const text = bytes.toString(encoding);
    const redacted = this.#redact(text, undefined);
    return redacted === text ? value : new Uint8Array(Buffer.from(redacted, encoding));
  }

  #items(items: readonly unknown[], secretName: string | undefined, depth: number): unknown {
    const count = reading(() => items.length);
    if (count > this.#valuesLeft) throw new StructureError(`Expected a value of at most ${MAX_VALUES} parts`);
    const joined = this.#redactParts(reading(() => items.slice()));
    let copy: unknown[] | undefined;
    for (let index = 0; index < count; index++) {
      const item = reading(() => items[index]);
      const next = this.visit(joined?.get(index) ?? item, secretName, depth + 1);
      if (!Object.is(next, item)) (copy ??= reading(() => items.slice()))[index] = next;
    }
    return copy ?? items;
  }

  #members(value: object, depth: number): unknown {
    const members = reading((): [string, unknown][] => Object.entries(value));
    let isChanged = false;
    for (const member of members) {
      const [key, current] = member;
      const next = this.visit(current, secrecyOf(key.toLowerCase()) === undefined ? undefined : key, depth + 1);
      const nextKey = this.#redact(key, undefined);
      if (Object.is(next, current) && nextKey === key) continue;
      isChanged = true;
      member[0] = nextKey;
      member[1] = next;
    }
    // Defines members, so that one called `__proto__` is one.
    return isChanged ? Object.fromEntries(members) : value;
  }

  /** Parts that follow each other, with what was found across them redacted, by their index. */
  #redactParts(items: readonly unknown[]): Map<number, object> | undefined {
    let changed: Map<number, object> | undefined;
    for (let first = 0; first < items.length; first++) {
      const run = runOfParts(items, first);
      if (run.length > 1) {
        const json = JSON.stringify(run.map(({ text }) => ({ type: 'text', text })));
        const redacted = this.#redact(json, undefined);
        if (redacted !== json) {
          changed ??= new Map();
          const texts = JSON.parse(redacted) as { text: string }[];
          for (const [index, { part, key }] of run.entries()) {
            changed.set(first + index, { ...part, [key]: texts[index]?.text });
          }
        }
      }
      first += Math.max(0, run.length - 1);
    }
    return changed;
  }
}

interface Part {
  readonly part: object;
  readonly key: 'content' | 'text';
  readonly text: string;
}

/** The text parts of a message that follow each other from `first` on. */
function runOfParts(items: readonly unknown[], first: number): Part[] {
  const run: Part[] = [];
  for (let index = first; index < items.length; index++) {
    const part = partOf(items[index]);
    if (part === undefined) break;
    run.push(part);
  }
  return run;
}

function partOf(item: unknown): Part | undefined {
  if (typeof item !== 'object' || item === null || !('type' in item)) return undefined;
  if (typeof item.type !== 'string' || !item.type.includes('text')) return undefined;
  if ('content' in item && typeof item.content === 'string') return { part: item, key: 'content', text: item.content };
  if ('text' in item && typeof item.text === 'string') return { part: item, key: 'text', text: item.text };
  return undefined;
}
