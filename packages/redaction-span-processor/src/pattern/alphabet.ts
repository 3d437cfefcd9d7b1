/** Where characters differ that a plain set can tell apart: spaces, line ends, and what case folding makes ASCII. */
const TELLING = [
  0x17f, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
  0x202f, 0x205f, 0x212a, 0x3000, 0xfeff,
];
const LATIN_END = 0x100;
/** Stands for every character that is not listed otherwise. */
const ORDINARY = 0xe000;
/** Matches nothing else beyond Latin than what `TELLING` lists, or all of it. */
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
    const characters = this.#characters();
    let classes = new Int32Array(characters.length);
    for (const set of this.#sets) {
      const contains = membership(set.source, set.flags);
      const renumbered = new Map<number, number>();
      classes = classes.map((old, index) => {
        const key = old * 2 + (contains(characters[index] ?? 0) ? 1 : 0);
        const known = renumbered.get(key) ?? renumbered.size;
        renumbered.set(key, known);
        return known;
      });
    }
    const examples = new Map<number, number>();
    classes.forEach((id, index) => examples.has(id) || examples.set(id, characters[index] ?? 0));
    this.size = examples.size;
    this.#members = this.#sets.map(({ source, flags }) => {
      const contains = membership(source, flags);
      return Array.from({ length: this.size }, (_, id) => contains(examples.get(id) ?? 0));
    });
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
  #characters(): number[] {
    const plain = [...range(0, LATIN_END), ...TELLING, ORDINARY];
    const sources = this.#sets.filter(({ source }) => !PLAIN.test(source));
    // What is neither a property nor folded begins and ends at characters that the pattern names.
    const named = sources
      .flatMap(({ source }) => namedCharacters(source))
      .flatMap((code) => [code - 1, code, code + 1])
      .filter((code) => code >= 0 && code <= 0x10ffff);
    if (!sources.some(({ source, flags }) => /\\p/i.test(source) || flags.includes('i'))) return [...plain, ...named];
    const unicode = sources.some(({ flags }) => /[uv]/.test(flags));
    // Planes 4 to 13 have no characters, 15 and 16 only private ones.
    const beyond = [...range(0x10000, 0x40000), ...range(0xe0000, 0xe1000), 0x50000, 0xf0000, 0x10ffff];
    return [...range(0, 0x10000), ...(unicode ? beyond : []), ...named];
  }
}

function membership(source: string, flags: string): (code: number) => boolean {
  const pattern = new RegExp(`^(?:${source})$`, flags);
  const test = (code: number): boolean => pattern.test(String.fromCodePoint(code));
  if (!PLAIN.test(source)) return test;
  const others = test(ORDINARY);
  const telling = new Set(TELLING.filter((code) => test(code) !== others));
  return (code) => (code < LATIN_END ? test(code) : telling.has(code) !== others);
}

function namedCharacters(source: string): number[] {
  const escaped = [...source.matchAll(/\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2}))/g)].map(
    ([, ...digits]) => Number.parseInt(digits.join(''), 16),
  );
  const pairs = [...source.matchAll(/\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/gi)].map(
    ([, high, low]) =>
      String.fromCharCode(Number.parseInt(high ?? '', 16), Number.parseInt(low ?? '', 16)).codePointAt(0) ?? 0,
  );
  return [...escaped, ...pairs, ...Array.from(source, (character) => character.codePointAt(0) ?? 0)];
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
