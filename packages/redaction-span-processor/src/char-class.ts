// What an ASCII character can be part of, one bit each. Anything beyond ASCII is part of nothing.

export const DIGIT = 1;
export const UPPER = 2;
export const LOWER = 4;
/** `0-9a-f`, as ids are written. */
export const HEX = 8;
/** `_` and `-`, what base64url has beside letters and digits. */
const HYPHENS = 16;
/** `+`, `/` and `=`, what base64 has beside letters and digits. */
const BASE64_SIGNS = 32;
/** `.` and `~`, what tokens have beside base64url. */
const DOT_TILDE = 64;
/** Space, tab and line breaks. */
export const SPACE = 128;

export const LETTER = UPPER | LOWER;
export const ALNUM = DIGIT | LETTER;
export const UPPER_ALNUM = DIGIT | UPPER;
/** `A-Za-z0-9_-` */
export const BASE64URL = ALNUM | HYPHENS;
/** `A-Za-z0-9+/=` */
export const BASE64 = ALNUM | BASE64_SIGNS;
/** `A-Za-z0-9-._~+/=`: token68 of RFC 9110, and `_`. */
export const TOKEN = BASE64URL | BASE64_SIGNS | DOT_TILDE;

const CLASSES = new Uint8Array(128);

function give(characters: string, bits: number): void {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    CLASSES[code] = (CLASSES[code] ?? 0) | bits;
  }
}

give('0123456789', DIGIT | HEX);
give('ABCDEFGHIJKLMNOPQRSTUVWXYZ', UPPER);
give('abcdefghijklmnopqrstuvwxyz', LOWER);
give('abcdef', HEX);
give('_-', HYPHENS);
give('+/=', BASE64_SIGNS);
give('.~', DOT_TILDE);
give(' \t\n\r\v\f', SPACE);

/** The bits of the character at `index`; 0 outside of the text. */
export function classAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  // False for NaN, too, which is what there is outside of the text.
  return code < 128 ? (CLASSES[code] ?? 0) : 0;
}

/** Whether the character at `index` is in one of the classes `bits`. */
export function is(text: string, index: number, bits: number): boolean {
  return (classAt(text, index) & bits) !== 0;
}

/** Whether the character at `index` is a digit: the question that is asked most, without the table. */
export function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code > 47 && code < 58;
}

/** Where the digits end that begin at `from`; at most `limit`. */
export function digitsEnd(text: string, from: number, limit = text.length): number {
  let index = from;
  while (index < limit && isDigit(text, index)) index++;
  return index;
}

/** Where the run of characters in `bits` that begins at `from` ends; at most `limit`. */
export function runEnd(text: string, from: number, bits: number, limit = Infinity): number {
  const stop = Math.min(text.length, limit);
  let index = from;
  while (index < stop && (classAt(text, index) & bits) !== 0) index++;
  return index;
}

/** Where the run of characters in `bits` that ends before `to` begins; at least `limit`. */
export function runStart(text: string, to: number, bits: number, limit = 0): number {
  const stop = Math.max(0, limit);
  let index = to;
  while (index > stop && (classAt(text, index - 1) & bits) !== 0) index--;
  return index;
}

/** Which classes the characters from `start` to `end` have between them. */
export function classesIn(text: string, start: number, end: number): number {
  let bits = 0;
  for (let index = start; index < end; index++) bits |= classAt(text, index);
  return bits;
}

/**
 * Whether a character that continues a word is before `index`. The letter of an escape is none: in JSON, what follows `\n`
 * begins a line, however often the JSON is wrapped.
 */
export function continuesWord(text: string, index: number): boolean {
  return is(text, index - 1, ALNUM) && !isEscapeLetter(text, index - 1);
}

/** Whether the character at `index` is the `n` of `\n` or the like. */
export function isEscapeLetter(text: string, index: number): boolean {
  if (text.charCodeAt(index - 1) !== 92) return false;
  switch (text.charCodeAt(index)) {
    case 98: // b
    case 102: // f
    case 110: // n
    case 114: // r
    case 116: // t
      return true;
    default:
      return false;
  }
}
