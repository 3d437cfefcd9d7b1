/** Characters in a row, so that one search finds out about all of them. */
export interface CharacterRow {
  /** In the order of the row. */
  readonly codes: Uint32Array;
  /** All but the surrogates, which would make pairs: the first `singles` of them are one UTF-16 code unit long each. */
  readonly text: string;
  readonly singles: number;
  /** How many of `codes` are in `text`; the others are surrogates. */
  readonly joined: number;
}

/** A row of `codes`, each of them once. */
export function rowOf(codes: Uint32Array): CharacterRow {
  const sorted = codes.slice().sort();
  const once = sorted.filter((code, index) => code !== sorted[index - 1]);
  const joined = once.filter((code) => !isSurrogate(code));
  const parts: string[] = [];
  for (let index = 0; index < joined.length; index += 4096) {
    parts.push(String.fromCodePoint(...joined.subarray(index, index + 4096)));
  }
  const beyond = joined.findIndex((code) => code > 0xffff);
  return {
    codes: concat([joined, once.filter(isSurrogate)]),
    text: parts.join(''),
    singles: beyond === -1 ? joined.length : beyond,
    joined: joined.length,
  };
}

/** Which characters of the row are in a set: 1 for those that are. */
export function scanCharacters(
  { codes, text, singles, joined }: CharacterRow,
  source: string,
  flags: string,
): Uint8Array {
  const found = new Uint8Array(codes.length);
  const indexOf = (unit: number): number => (unit <= singles ? unit : singles + (unit - singles) / 2);
  for (const run of text.matchAll(new RegExp(`(?:${source})+`, `${flags}g`))) {
    found.fill(1, indexOf(run.index), indexOf(run.index + run[0].length));
  }
  const single = new RegExp(`^(?:${source})$`, flags);
  for (let index = joined; index < codes.length; index++) {
    if (single.test(String.fromCharCode(codes[index] ?? 0))) found[index] = 1;
  }
  return found;
}

/** All of them in one. */
export function concat(parts: readonly Uint32Array[]): Uint32Array {
  const result = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** The numbers from `start` to before `end`. */
export function range(start: number, end: number): Uint32Array {
  const result = new Uint32Array(end - start);
  for (let index = 0; index < result.length; index++) result[index] = start + index;
  return result;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}
