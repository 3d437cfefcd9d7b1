import { BASE64URL, DIGIT, is, LETTER, runStart } from './char-class.js';

/** Longest name of a field, and longest word before it. */
const MAX_NAME_LENGTH = 64;
const MAX_WORD_LENGTH = 16;
/** Most white space, quotes and brackets between a name and its sign. */
const MAX_GAP = 64;

/** Where the name ends that is before the sign at `index`: before quotes, brackets, emphasis and white space. */
export function endOfName(text: string, index: number, sign: string): number {
  const limit = Math.max(0, index - MAX_GAP);
  let end = index;
  while (end > limit && separates(text.charCodeAt(end - 1), sign)) end--;
  // `password1`, `api_key_2`
  return is(text, end - 1, DIGIT) ? runStart(text, end, DIGIT, end - 3) : end;
}

/** What {@link endOfName} goes over. */
export const BEHIND_NAMES = ' \t"\'*\\]`\u00a0\n\r!:=';

function separates(code: number, sign: string): boolean {
  switch (code) {
    case 32:
    case 9:
    case 34: // "
    case 39: // '
    case 42: // *
    case 92: // \\
    case 93: // ]
    case 96: // `
    case 0xa0:
      return sign !== '>';
    case 10:
    case 13:
      // JSON may have them.
      return sign === ':';
    case 33: // !
    case 58: // :
    case 61: // =
      return sign === '=';
    default:
      return false;
  }
}

/** Where the name begins that ends before `end`. */
export function startOfName(text: string, end: number): number {
  const limit = Math.max(0, end - MAX_NAME_LENGTH);
  let start = end;
  // Letters beyond ASCII, too: names are in all languages.
  while (start > limit && (is(text, start - 1, BASE64URL) || isOfName(text.charCodeAt(start - 1)))) start--;
  return start;
}

/** Whether a character beside letters, digits and hyphens can be part of a name. */
export function isOfName(code: number): boolean {
  return code === 46 || (code >= 0xc0 && code !== 0x3000 && code !== 0x3001 && code !== 0x3002 && code < 0xff00);
}

/** The start of the words before a name, which may be part of it: `secret access key`, `mot de passe`. */
export function startOfWords(text: string, nameStart: number): number {
  let start = nameStart;
  for (let words = 0; words < 2 && text.charCodeAt(start - 1) === 32; words++) {
    const word = runStart(text, start - 1, LETTER, start - MAX_WORD_LENGTH);
    if (word === start - 1) break;
    start = word;
  }
  return start;
}
