import { literal } from '../clue.js';
import { BASE64, BASE64URL, is, isEscapeLetter, runEnd, SPACE } from '../char-class.js';
import type { Anchor, TextScan } from '../text-scan.js';

const BEGIN = '-----BEGIN ';
const DASHES = '-----';
/** Longest name between the dashes; `ENCRYPTED PRIVATE KEY` and `PGP PRIVATE KEY BLOCK` are usual. */
const MAX_LABEL_LENGTH = 48;
/** Longest header of an encrypted key, and most headers. */
const MAX_HEADER_LENGTH = 128;
const MAX_HEADERS = 8;
/** Length from which a run of base64 is a line of a key; the last lines may be shorter. */
const MIN_LINE_LENGTH = 24;

/**
 * Private keys in PEM, with their body: of all kinds that have `PRIVATE KEY` in their name, also where the end is cut off or
 * the line breaks are escaped.
 *
 * @see RFC 7468
 */
export const PRIVATE_KEY: readonly Anchor[] = [{ clues: [literal(BEGIN)], look: lookAtBegin }];

function lookAtBegin(scan: TextScan, index: number): number {
  const { text } = scan;
  const label = index + BEGIN.length;
  const labelEnd = text.slice(label, label + MAX_LABEL_LENGTH).indexOf(DASHES) + label;
  const name = text.slice(label, labelEnd);
  if (!name.includes('PRIVATE KEY')) return label;
  const body = labelEnd + DASHES.length;
  const end = endOfBody(text, body, `${DASHES}END ${name}${DASHES}`);
  if (end === body) return end;
  scan.found('private_key', index, end);
  return end;
}

/** Where the key ends whose body begins at `start`: behind `footer`, or behind the last line that is one of a key. */
function endOfBody(text: string, start: number, footer: string): number {
  let end = start;
  for (let at = start, shortLines = 0, headers = 0; ;) {
    at = skipBreaks(text, at);
    if (text.startsWith(footer, at)) return at + footer.length;
    const lineEnd = runEnd(text, at, BASE64);
    const nameEnd = headers < MAX_HEADERS ? runEnd(text, at, BASE64URL, at + MIN_LINE_LENGTH) : at;
    if (nameEnd > at && text.charCodeAt(nameEnd) === 58) {
      // A header of an encrypted key: `DEK-Info: …`.
      headers++;
      at = endOfLine(text, nameEnd);
    } else if (lineEnd - at >= MIN_LINE_LENGTH) {
      at = end = lineEnd;
    } else if (lineEnd > at && shortLines < 2) {
      shortLines++;
      at = lineEnd;
    } else {
      // Where the text ends here, short lines are what is left of the key.
      return at >= text.length || text.charCodeAt(at) === 34 ? Math.max(end, trimBreaks(text, at)) : end;
    }
  }
}

/** Behind white space, and the escapes that stand for it, however often they are wrapped. */
function skipBreaks(text: string, from: number): number {
  let index = from;
  while (is(text, index, SPACE) || text.charCodeAt(index) === 92 || isEscapeLetter(text, index)) index++;
  return index;
}

/** The end of what is before the white space in front of `to`. */
function trimBreaks(text: string, to: number): number {
  let index = to;
  while (is(text, index - 1, SPACE) || text.charCodeAt(index - 1) === 92 || isEscapeLetter(text, index - 1)) index--;
  return index;
}

function endOfLine(text: string, from: number): number {
  const limit = Math.min(text.length, from + MAX_HEADER_LENGTH);
  let index = from;
  for (; index < limit; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13 || code === 34 || code === 92) break;
  }
  return index;
}
