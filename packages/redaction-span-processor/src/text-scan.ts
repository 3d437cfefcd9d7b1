import { isEscapeLetter } from './char-class.js';
import type { Clue } from './clue.js';
import { endOfString } from './json-scalars.js';
import type { RedactionMatch } from './redaction-match.js';

const NONE: readonly RedactionMatch[] = Object.freeze([]);

/** A text in which detectors look for what is theirs, and what they have found. */
export class TextScan {
  /** What is searched. */
  text = '';
  /** Whether it is JSON, in which a backslash begins an escape. */
  escaped = false;
  /** Whether something was not found, or not as a whole, only because the text is said to be JSON. */
  hasDoubt = false;
  matches: RedactionMatch[] = [];
  /** Where the last three or more digits in a row end that were looked at. */
  digitsEnd = 0;
  #userInfoEnd = -1;

  /** Begins the search of another text. */
  begin(text: string, escaped: boolean): void {
    this.text = text;
    this.escaped = escaped;
    this.hasDoubt = false;
    this.digitsEnd = 0;
    this.#userInfoEnd = -1;
  }

  /** Ends it: neither the text nor what was found in it is kept. */
  end(): readonly RedactionMatch[] {
    const { matches } = this;
    this.text = '';
    // The list is written by the next search, unless it was handed out.
    if (matches.length === 0) return NONE;
    this.matches = [];
    return matches;
  }

  found(detector: string, start: number, end: number): void {
    if (!this.escaped) {
      if (end > start) this.matches.push({ detector, start, end });
      return;
    }
    // The letter of an escape is not part of what follows, and nothing goes on behind the end of a string.
    const first = isEscapeLetter(this.text, start) ? start + 1 : start;
    const last = endOfString(this.text, first, end);
    if (last < end) this.hasDoubt = true;
    if (last > first) this.matches.push({ detector, start: first, end: last });
  }

  /** Says that the `@` at `index` ends the user name and password of a URL, whether they are secret or not. */
  endsUserInfo(index: number): void {
    this.#userInfoEnd = index;
  }

  /** Whether the `@` at `index` is of a URL, and not of an e-mail address. It is asked before another URL is looked at. */
  isUserInfoEnd(index: number): boolean {
    return index === this.#userInfoEnd;
  }
}

/**
 * Looks whether something is to be found around a clue, and says where to go on. It must look at a bounded number of
 * characters, or at none twice: that is what makes the search linear.
 *
 * @param scan - takes what is found
 * @param index - of the character that the clue is for
 * @returns where the next of the anchor's clues may be; at least `index + 1`
 */
export type Look = (scan: TextScan, index: number) => number;

/** A detector, or part of one: clues without which there is nothing to find, and what to do where one of them is. */
export interface Anchor {
  readonly clues: readonly Clue[];
  readonly look: Look;
}
