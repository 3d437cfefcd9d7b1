import { literal } from '../clue.js';
import { ALNUM, classAt, DIGIT, is, isEscapeLetter, LETTER, runEnd } from '../char-class.js';
import type { Anchor, Look } from '../text-scan.js';

/** Longest part before the `@` that is looked at; the standard allows 64. */
const MAX_LOCAL_LENGTH = 256;
const MAX_DOMAIN_LENGTH = 253;

/** Ends of file names that look like domains: `icon@2x.png`. */
const FILE_EXTENSIONS = new Set(
  'png jpg jpeg gif svg webp bmp ico js mjs cjs ts tsx jsx css scss less json html htm xml yaml yml txt log pdf lock'.split(
    ' ',
  ),
);

/** E-mail addresses, also with the `@` of a URL's query: `alice%40example.com`. */
export const EMAIL: readonly Anchor[] = [
  { clues: [literal('@')], look: lookAround(1) },
  { clues: [literal('%40')], look: lookAround(3) },
];

function lookAround(anchorLength: number): Look {
  return (scan, at) => {
    const { text } = scan;
    const next = at + anchorLength;
    if (scan.isUserInfoEnd(at)) return next;
    const start = startOfLocalPart(text, at, scan.escaped);
    if (start === at) return next;
    const end = endOfDomain(text, next);
    if (end === next) return next;
    // The user that all Git hosts share, in `git@host.example:group/project.git` and in URLs.
    if (text.slice(start, at) === 'git' && (text.charCodeAt(end) === 58 || text.charCodeAt(end) === 47)) return end;
    scan.found('email', start, end);
    return end;
  };
}

/** Where the part before the `@` begins; `at` when there is none. */
function startOfLocalPart(text: string, at: number, escaped: boolean): number {
  const limit = Math.max(0, at - MAX_LOCAL_LENGTH);
  let start = at;
  while (start > limit && isLocal(text, start - 1)) start--;
  if (escaped && start > 0 && isEscapeLetter(text, start)) start++;
  while (start < at && !isLetterOrDigit(text, start) && text.charCodeAt(start) !== 95) start++;
  return text.charCodeAt(at - 1) === 46 ? at : start;
}

/** Where the domain that begins at `start` ends; `start` when none does. */
function endOfDomain(text: string, start: number): number {
  const limit = start + MAX_DOMAIN_LENGTH;
  let end = start;
  for (let label = start, labels = 1; ; labels++) {
    let labelEnd = label;
    while (labelEnd < limit && isDomain(text, labelEnd)) labelEnd++;
    // A hyphen ends no label.
    while (labelEnd > label && text.charCodeAt(labelEnd - 1) === 45) labelEnd--;
    if (labelEnd === label) break;
    if (labels > 1 && isTopLevel(text, label, labelEnd)) end = labelEnd;
    if (text.charCodeAt(labelEnd) !== 46) break;
    label = labelEnd + 1;
  }
  return end === start || isVersion(text, start) ? start : end;
}

function isTopLevel(text: string, start: number, end: number): boolean {
  if (end - start < 2 || end - start > 24) return false;
  if (runEnd(text, start, LETTER, end) === end) return !FILE_EXTENSIONS.has(text.slice(start, end).toLowerCase());
  return text.startsWith('xn--', start) || text.charCodeAt(start) >= 128;
}

/** Whether this is a number with a fraction, as in `package@1.2.3-beta.rc`. */
function isVersion(text: string, start: number): boolean {
  const end = runEnd(text, start, DIGIT);
  return end > start && text.charCodeAt(end) === 46 && is(text, end + 1, DIGIT);
}

function isLocal(text: string, index: number): boolean {
  if (classAt(text, index) & ALNUM) return true;
  switch (text.charCodeAt(index)) {
    case 33: // !
    case 35: // #
    case 36: // $
    case 38: // &
    case 39: // '
    case 42: // *
    case 43: // +
    case 45: // -
    case 46: // .
    case 94: // ^
    case 95: // _
      return true;
    case 37: // %
      // Of `%2B` and its like; `%40` is the `@` of another address.
      return text.charCodeAt(index + 1) === 50;
    default:
      return isOtherLetter(text.charCodeAt(index));
  }
}

function isDomain(text: string, index: number): boolean {
  return (classAt(text, index) & ALNUM) !== 0 || text.charCodeAt(index) === 45 || isOtherLetter(text.charCodeAt(index));
}

function isLetterOrDigit(text: string, index: number): boolean {
  return (classAt(text, index) & ALNUM) !== 0 || isOtherLetter(text.charCodeAt(index));
}

/** Letters beyond ASCII of scripts that put spaces between words: Latin, Greek and Cyrillic. */
function isOtherLetter(code: number): boolean {
  return code >= 0xc0 && code < 0x530 && code !== 0xd7 && code !== 0xf7;
}
