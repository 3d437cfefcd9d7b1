import { concat, range, rowOf, scanCharacters } from './scan-characters.js';

/** What a plain set can tell apart beyond Latin: spaces, line ends, what case folding makes ASCII, and all else. */
const TELLING = [
  0x17f, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
  0x202f, 0x205f, 0x212a, 0x3000, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfeff,
];
const LATIN_END = 0x100;
const LAST = 0x10ffff;
/** Planes 4 to 13 have no characters, 15 and 16 only private ones. */
const BEYOND: readonly (readonly [number, number])[] = [
  [0x10000, 0x40001],
  [0xe0000, 0xe1000],
  [0xf0000, 0xf0001],
  [LAST, LAST + 1],
];
/** Has no other characters beyond Latin than what `TELLING` lists, or all of them. */
const PLAIN = /^(?:[ -[\]-~]|\\(?![uxpPc0-9])[!-~])*$/;

/**
 * The characters that there are, in as few classes as tell the sets of a pattern apart: what is in one class is in the
 * same sets. Membership is asked of `RegExp` itself, so that case, properties and set operations are what they are.
 */
export class Alphabet {
  readonly #ids = new Map<string, number>();
  readonly #sets: { source: string; flags: string }[] = [];
  #members: readonly (readonly boolean[])[] = [];

  /** How many classes there are, once `close` was called. */
  size = 0;

  /** The number of a set; the same for the same source. */
  add(source: string, flags: string): number {
    const key = `${flags}/${source}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#sets.push({ source, flags });
    this.#ids.set(key, this.#sets.length - 1);
    return this.#sets.length - 1;
  }

  /** Divides the characters; to be called after the last `add`. */
  close(): void {
    const row = rowOf(this.#characters());
    const members = this.#sets.map(({ source, flags }) => scanCharacters(row, source, flags));
    const classes = new Int32Array(row.codes.length);
    let count = 1;
    for (const found of members) {
      const renumbered = new Int32Array(2 * count).fill(-1);
      count = 0;
      for (let index = 0; index < classes.length; index++) {
        const old = 2 * (classes[index] ?? 0) + (found[index] ?? 0);
        if (renumbered[old] === -1) renumbered[old] = count++;
        classes[index] = renumbered[old] ?? 0;
      }
    }
    const examples = new Map<number, number>();
    classes.forEach((id, index) => examples.has(id) || examples.set(id, index));
    this.size = examples.size;
    this.#members = members.map((found) =>
      Array.from({ length: this.size }, (_, id) => found[examples.get(id) ?? 0] === 1),
    );
  }

  /** Whether the characters of class `id` are in `set`. */
  has(set: number, id: number): boolean {
    return this.#members[set]?.[id] ?? false;
  }

  /** The classes that make up `set`. */
  classesOf(set: number): number[] {
    return Array.from({ length: this.size }, (_, id) => id).filter((id) => this.has(set, id));
  }

  /** Every character that sets can tell apart: at least one of each kind. */
  #characters(): Uint32Array {
    const sources = this.#sets.filter(({ source }) => !PLAIN.test(source));
    // What is neither a property nor folded begins and ends at characters that the pattern names.
    const named = sources
      .flatMap(({ source }) => namedCharacters(source))
      .flatMap((code) => [code - 1, code, code + 1])
      .filter((code) => code >= 0 && code <= LAST);
    const characters = [range(0, LATIN_END), Uint32Array.from([...TELLING, ...named])];
    if (!sources.some(({ source, flags }) => /\\p/i.test(source) || flags.includes('i'))) {
      return concat(characters);
    }
    const unicode = sources.some(({ flags }) => /[uv]/.test(flags));
    const beyond = unicode ? BEYOND.map((part) => range(...part)) : [];
    return concat([...characters, range(LATIN_END, 0x10000), ...beyond]);
  }
}

function namedCharacters(source: string): number[] {
  const escaped = [...source.matchAll(/\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2}))/g)].map(
    ([, ...digits]) => Number.parseInt(digits.join(''), 16),
  );
  const pairs = [...source.matchAll(/\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/gi)].map(
    ([, high, low]) =>
      String.fromCharCode(Number.parseInt(high ?? '', 16), Number.parseInt(low ?? '', 16)).codePointAt(0) ?? 0,
  );
  // Without `u` a character is half of a pair.
  const units = Array.from({ length: source.length }, (_, index) => source.charCodeAt(index));
  return [...escaped, ...pairs, ...units, ...Array.from(source, (character) => character.codePointAt(0) ?? 0)];
}
