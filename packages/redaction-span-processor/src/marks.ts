import { DETECTOR_NAMES } from './detector-name.js';
import { lastUpTo } from './last-up-to.js';

/** Part of a text. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * What redaction of any mode leaves, with the name of what was found in the group `redacted` or `hashed`. `[EXCLUDED]` stands
 * for content that was left out.
 */
const MARK =
  /\[(?:REDACTED(?::(?<redacted>[\w.-]{1,64}))?\]|HASH:(?:(?<hashed>[\w.-]{1,64}):)?[0-9a-f]{16}\]|EXCLUDED\])/g;
/** `[HASH:` + a name + `:` + a hash + `]`. */
const MAX_MARK_LENGTH = 88;
const OPENING_BRACKET = 0x5b;

/** What can be between marks that are one value. */
const BETWEEN_MARKS = ' ,;:|/.-';

/** A few words: what other redactors call their rules, and no secret. */
const WORDS = /^[a-z]{1,16}(?:[_.-][a-z]{1,16}){0,5}$/i;

const DETECTORS: ReadonlySet<string> = new Set(DETECTOR_NAMES);

/** Tells what redaction has left, by whichever redactor, from what only looks like it and has a secret in it. */
export class Marks {
  readonly #names: ReadonlySet<string>;
  readonly #tailLength: number;

  /**
   * @param names - of the rules, which marks have beside those of detectors
   * @param tailLength - how many characters of a secret may be left behind a mark
   */
  constructor(names: Iterable<string>, tailLength: number) {
    this.#names = new Set(names);
    this.#tailLength = tailLength;
  }

  /** Whether `text` is exactly one mark, and what may be left behind it. */
  isMark(text: string): boolean {
    if (text.charCodeAt(0) !== OPENING_BRACKET || text.length > MAX_MARK_LENGTH + this.#tailLength) return false;
    const [first] = this.#find(text);
    if (first?.start !== 0) return false;
    return text.length - first.end <= (first.hasTail ? this.#tailLength : 0);
  }

  /** The matches in a text that are more than marks, and what may be left behind them. */
  without<Match extends Range>(text: string, matches: readonly Match[]): readonly Match[] {
    if (!text.includes('[REDACTED') && !text.includes('[HASH:') && !text.includes('[EXCLUDED]')) return matches;
    const marks = this.#find(text).map(({ start, end, hasTail }): Range => {
      const tail = hasTail ? (/^\S*/.exec(text.slice(end, end + this.#tailLength))?.[0].length ?? 0) : 0;
      return { start, end: end + tail };
    });
    const starts = marks.map((mark) => mark.start);
    return matches.filter((match) => !isOfMarks(text, match, marks, lastUpTo(starts, match.start)));
  }

  #find(text: string): (Range & { readonly hasTail: boolean })[] {
    return Array.from(text.matchAll(MARK)).flatMap(({ index, 0: mark, groups }) => {
      const name = groups?.['redacted'] ?? groups?.['hashed'];
      if (name !== undefined && !this.#isName(name)) return [];
      return { start: index, end: index + mark.length, hasTail: mark.startsWith('[REDACTED') };
    });
  }

  #isName(name: string): boolean {
    return DETECTORS.has(name) || this.#names.has(name) || WORDS.test(name);
  }
}

/** Whether a match is in the mark number `first` and those that follow, with nothing between them. */
function isOfMarks(text: string, { start, end }: Range, marks: readonly Range[], first: number): boolean {
  let at = start;
  for (let index = first; at < end; index++) {
    const mark = marks[index];
    if (mark === undefined || mark.start > at || mark.end <= at) return false;
    at = mark.end;
    const next = marks[index + 1]?.start ?? end;
    while (at < Math.min(next, end) && BETWEEN_MARKS.includes(text.charAt(at))) at++;
  }
  return true;
}
