import { literal } from '../clue.js';
import { BASE64, classesIn, continuesWord, DIGIT, LOWER, runEnd, TOKEN, UPPER } from '../char-class.js';
import { endOfGap } from '../assigned-value.js';
import { isPlaceholder } from '../placeholder.js';
import type { Anchor, TextScan } from '../text-scan.js';

const MIN_TOKEN_LENGTH = 10;

/** Credentials behind their scheme, also without a header's name: `Bearer …`, and `Basic …` if it is a user and a password. */
export const AUTHORIZATION: readonly Anchor[] = [
  { clues: ['Bearer', 'BEARER', 'bearer', 'Basic', 'BASIC'].map((scheme) => literal(scheme)), look: lookAtScheme },
];

function lookAtScheme(scan: TextScan, index: number): number {
  const { text } = scan;
  // `e` or `a`, in both cases.
  const isBearer = (text.charCodeAt(index + 1) | 32) === 101;
  const schemeEnd = index + (isBearer ? 6 : 5);
  const start = endOfGap(text, schemeEnd);
  if (start === schemeEnd || continuesWord(text, index)) return schemeEnd;
  const end = endOfToken(text, start);
  if (isBearer ? isBearerToken(text, start, end) : isUserAndPassword(text, start, end))
    scan.found('authorization', start, end);
  return Math.max(schemeEnd, end);
}

/** Where the token that begins at `start` ends, without the dot that ends a sentence. */
function endOfToken(text: string, start: number): number {
  let end = runEnd(text, start, TOKEN);
  while (end > start && text.charCodeAt(end - 1) === 46) end--;
  return end;
}

/** Whether it is no word: `Bearer authentication` has none. */
function isBearerToken(text: string, start: number, end: number): boolean {
  if (end - start < MIN_TOKEN_LENGTH) return false;
  const classes = classesIn(text, start, end);
  const isMixed = (classes & UPPER) !== 0 && (classes & LOWER) !== 0 && end - start >= 24;
  return ((classes & DIGIT) !== 0 || isMixed) && !isPlaceholder(text.slice(start, end));
}

/** Whether it is `user:password` in base64. */
function isUserAndPassword(text: string, start: number, end: number): boolean {
  if (end - start < 6 || runEnd(text, start, BASE64, end) !== end || end - start > 4096) return false;
  const decoded = Buffer.from(text.slice(start, end), 'base64').toString('utf8');
  return decoded.includes(':') && !/\p{Cc}/u.test(decoded);
}
