import type { RedactionMatch } from './redaction-match.js';

/** A text in which detectors look for what is theirs, and what they have found. */
export class TextScan {
  /** What is searched. */
  text = '';
  /** Whether it is JSON, in which a backslash begins an escape. */
  escaped = false;
  matches: RedactionMatch[] = [];

  found(detector: string, start: number, end: number): void {
    if (end > start) this.matches.push({ detector, start, end });
  }

  /** Whether something was found that ends at `index`. */
  endsAt(index: number): boolean {
    return this.matches.some(({ end }) => end === index);
  }
}

/**
 * Looks whether something is to be found around an anchor, and says where to go on. It must look at a bounded number of
 * characters, or at none twice: that is what makes the search linear.
 *
 * @param scan - takes what is found
 * @param index - where the anchor was found
 * @returns where the next anchor may be; at least `index + 1`
 */
export type Look = (scan: TextScan, index: number) => number;

/** A detector, or part of one: a string without which there is nothing to find, and what to do where it occurs. */
export interface Anchor {
  readonly anchor: string;
  readonly look: Look;
}
