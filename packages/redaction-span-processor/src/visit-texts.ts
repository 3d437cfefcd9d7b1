import { isUtf8 } from 'node:buffer';
import { StructureError } from './field-replace.js';
import { isLongNumbers, itemsOf, objectOf, plainOf, reading } from './plain-value.js';
import { tellingName } from './secret-names.js';
import { MAX_DEPTH, MAX_VALUES } from './structure-limits.js';

/** Numbers with so many digits may be those of a card. */
const MIN_CARD = 1e12;

/** Redacts a text; `name` is the name it is the value of, if that says something about it. */
export type RedactText = (text: string, name: string | undefined) => string;

/**
 * Redacts all texts of a value: strings, what is text in bytes, keys of objects, and numbers that are redacted when they are
 * written out. Texts of parts of a message that follow each other are redacted as one.
 *
 * @param name - name of the value, if that says something about it
 * @returns the identical value when nothing changes; else a copy of the containers around what did
 * @throws StructureError when the value refers to itself, is nested more than 100 deep, has more than a million parts or
 * throws when it is read
 */
export function visitTexts(value: unknown, name: string | undefined, redact: RedactText): unknown {
  if (typeof value === 'string') return redact(value, name);
  return new TextVisit(redact).visit(value, name, 0);
}

class TextVisit {
  readonly #redact: RedactText;
  #valuesLeft = MAX_VALUES;

  constructor(redact: RedactText) {
    this.#redact = redact;
  }

  visit(value: unknown, name: string | undefined, depth: number): unknown {
    if (--this.#valuesLeft < 0) throw new StructureError(`Expected a value of at most ${MAX_VALUES} parts`);
    if (typeof value === 'string') return this.#redact(value, name);
    if (typeof value === 'number' || typeof value === 'bigint') {
      return name === undefined && value < MIN_CARD ? value : this.#scalar(value, name);
    }
    return typeof value === 'object' && value !== null ? this.#object(value, name, depth) : value;
  }

  #scalar(value: number | bigint, name: string | undefined): unknown {
    const text = `${value}`;
    const redacted = this.#redact(text, name);
    return redacted === text ? value : redacted;
  }

  #object(value: object, name: string | undefined, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new StructureError(`Expected a value of at most ${MAX_DEPTH} levels`);
    if (ArrayBuffer.isView(value) && !isLongNumbers(value)) return this.#bytes(value);
    const items = itemsOf(value);
    if (items !== undefined) return this.#items(items, name, depth);
    const plain = reading(() => plainOf(value));
    if (plain === value) return this.#members(value, depth, name);
    const next = this.visit(plain, name, depth + 1);
    if (!Object.is(next, plain)) return next;
    // Not all exporters go by `toJSON`: where its members hold something, an object leaves as what was found clean.
    return isLongNumbers(value) || this.#members(value, depth, name) === value ? value : plain;
  }

  /** What is text in bytes: of UTF-8, or else of any encoding that has ASCII in it. */
  #bytes(value: ArrayBufferView): unknown {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
    const text = bytes.toString(encoding);
    const redacted = this.#redact(text, undefined);
    return redacted === text ? value : new Uint8Array(Buffer.from(redacted, encoding));
  }

  #items(items: readonly unknown[], name: string | undefined, depth: number): unknown {
    const count = reading(() => items.length);
    if (count > this.#valuesLeft) throw new StructureError(`Expected a value of at most ${MAX_VALUES} parts`);
    const parts = this.#redactParts(reading(() => items.slice()));
    let copy: unknown[] | undefined;
    for (let index = 0; index < count; index++) {
      const item = reading(() => items[index]);
      const part = parts?.get(index);
      const next = part === undefined ? this.visit(item, name, depth + 1) : this.#members(part.part, depth + 1);
      if (!Object.is(next, item)) (copy ??= reading(() => items.slice()))[index] = next;
    }
    return copy ?? items;
  }

  #members(value: object, depth: number, ownName?: string): unknown {
    const members = reading((): [string, unknown][] => Object.entries(value));
    const label = labelOf(members) ?? ownName;
    let isChanged = false;
    for (const member of members) {
      const [key, current] = member;
      const name = tellingName(key.toLowerCase() === 'value' ? (label ?? key) : key);
      const next = this.visit(current, name, depth + 1);
      const nextKey = this.#redact(key, undefined);
      if (Object.is(next, current) && nextKey === key) continue;
      isChanged = true;
      member[0] = nextKey;
      member[1] = next;
    }
    return isChanged ? objectOf(members) : value;
  }

  /** Parts that follow each other, by their index, with what was found in their texts redacted. */
  #redactParts(items: readonly unknown[]): Map<number, Part> | undefined {
    let parts: Map<number, Part> | undefined;
    for (let first = 0; first < items.length; first++) {
      const run = runOfParts(items, first);
      if (run.length < 2) continue;
      parts ??= new Map();
      for (const [index, part] of this.#redactRun(run).entries()) parts.set(first + index, part);
      first += run.length - 1;
    }
    return parts;
  }

  #redactRun(run: readonly Part[]): readonly Part[] {
    const json = JSON.stringify(run.map(({ text }) => ({ type: 'text', text })));
    const redacted = this.#redact(json, undefined);
    if (redacted === json) return run;
    // Too long to be searched, it is no JSON any more.
    const texts = redacted.startsWith('[{') ? (JSON.parse(redacted) as { text: string }[]) : undefined;
    return run.map((part, index) => {
      const text = texts === undefined ? redacted : (texts[index]?.text ?? '');
      return text === part.text ? part : { ...part, part: { ...part.part, [part.key]: text }, text };
    });
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
    const part = reading(() => partOf(items[index]));
    if (part === undefined) break;
    run.push(part);
  }
  return run;
}

function partOf(item: unknown): Part | undefined {
  if (typeof item !== 'object' || item === null || !('type' in item) || plainOf(item) !== item) return undefined;
  const { type } = item;
  if (typeof type !== 'string' || !type.includes('text')) return undefined;
  for (const key of ['content', 'text'] as const) {
    const text: unknown = Reflect.get(item, key);
    if (typeof text === 'string') return { part: item, key, text };
  }
  return undefined;
}

const LABELS = new Set(['name', 'key', 'field']);

/** Of a pair like `{ name: 'password', value: '…' }` what the value is called. */
function labelOf(members: readonly (readonly [string, unknown])[]): string | undefined {
  const label = members.find(([key]) => LABELS.has(key.toLowerCase()))?.[1];
  return typeof label === 'string' ? label : undefined;
}
