/** Characters in a row, so that one search finds out about all of them. */
export interface CharacterRow {
  /** In the order of the row. */
  readonly codes: readonly number[];
  /** All but the surrogates, which would make pairs: the first `singles` of them are one UTF-16 code unit long each. */
  readonly text: string;
  readonly singles: number;
  /** How many of `codes` are in `text`; the others are surrogates. */
  readonly joined: number;
}

/** A row of `codes`, each of them once. */
export function rowOf(codes: readonly number[]): CharacterRow {
  const sorted = [...new Set(codes)].sort((one, other) => one - other);
  const joined = sorted.filter((code) => !isSurrogate(code));
  const parts: string[] = [];
  for (let index = 0; index < joined.length; index += 4096) {
    parts.push(String.fromCodePoint(...joined.slice(index, index + 4096)));
  }
  return {
    codes: [...joined, ...sorted.filter(isSurrogate)],
    text: parts.join(''),
    singles: joined.filter((code) => code <= 0xffff).length,
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

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}
