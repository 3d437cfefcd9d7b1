/** Names to look for, compiled once: exact ones, and ones with `*` (any characters, also none) and `?` (one character). */
export class NamePattern {
  readonly #exact = new Set<string>();
  readonly #globs: string[] = [];

  /** @param names - case counts; there is no way to write a literal `*` or `?` other than by the wildcard itself */
  constructor(names: readonly string[]) {
    for (const name of names) {
      if (/[*?]/.test(name)) this.#globs.push(name.replace(/\*+/g, '*'));
      else this.#exact.add(name);
    }
  }

  /** Whether `name` as a whole is one of the names. */
  matches(name: string): boolean {
    if (this.#exact.has(name)) return true;
    for (const glob of this.#globs) if (matchesGlob(glob, name)) return true;
    return false;
  }
}

const STAR = '*'.charCodeAt(0);
const QUESTION_MARK = '?'.charCodeAt(0);

/**
 * Takes at most (length of the glob × length of the name) steps, whatever both are: after a mismatch only the last `*` is
 * stretched, since what earlier ones could do instead the last one can, too.
 */
function matchesGlob(glob: string, name: string): boolean {
  let inGlob = 0;
  let inName = 0;
  let lastStar = -1;
  let stretchedTo = 0;
  while (inName < name.length) {
    // NaN at the end of the glob: equal to nothing.
    const wanted = glob.charCodeAt(inGlob);
    if (wanted === STAR) {
      lastStar = inGlob++;
      if (inGlob === glob.length) return true;
      stretchedTo = inName;
    } else if (wanted === QUESTION_MARK) {
      inGlob += 1;
      inName += lengthOfCharacter(name, inName);
    } else if (wanted === name.charCodeAt(inName)) {
      inGlob += 1;
      inName += 1;
    } else if (lastStar >= 0) {
      inGlob = lastStar + 1;
      stretchedTo += 1;
      inName = stretchedTo;
    } else {
      return false;
    }
  }
  return inGlob === glob.length || (inGlob === glob.length - 1 && glob.charCodeAt(inGlob) === STAR);
}

/** A character outside the basic plane (an emoji, say) is two UTF-16 units long. */
function lengthOfCharacter(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
