import { lastUpTo } from './last-up-to.js';

const BACKSLASH = 92;

/** A text in which the escapes of JSON are resolved once, and where its characters come from. */
export class DecodedText {
  readonly text: string;
  /** Index in `text` of each character that was an escape. */
  readonly #decodedAt: number[] = [];
  /** Index of that escape in the raw text, and its length. */
  readonly #rawAt: number[] = [];
  readonly #rawLength: number[] = [];

  /** @param raw - a JSON text, a part of one, or anything else with escapes in it; a backslash that begins none stays */
  constructor(raw: string) {
    let text = '';
    let from = 0;
    let length = 0;
    for (let at = raw.indexOf('\\'); at !== -1;) {
      const character = escapedCharacter(raw, at);
      if (character === undefined) {
        at = raw.indexOf('\\', at + 1);
        continue;
      }
      const rawLength = raw.charCodeAt(at + 1) === 117 ? 6 : 2;
      length += at - from;
      text += raw.slice(from, at) + character;
      this.#decodedAt.push(length);
      this.#rawAt.push(at);
      this.#rawLength.push(rawLength);
      length++;
      from = at + rawLength;
      at = raw.indexOf('\\', from);
    }
    this.text = text + raw.slice(from);
  }

  /** Where the character at `index` begins in the raw text. */
  rawStart(index: number): number {
    const escape = lastUpTo(this.#decodedAt, index);
    if (escape < 0) return index;
    const decodedAt = this.#decodedAt[escape] ?? 0;
    const rawAt = this.#rawAt[escape] ?? 0;
    return decodedAt === index ? rawAt : rawAt + (this.#rawLength[escape] ?? 0) + index - decodedAt - 1;
  }

  /** Where the character is that is written at `raw`, or of whose escape a part is there. */
  indexOf(raw: number): number {
    const escape = lastUpTo(this.#rawAt, raw);
    if (escape < 0) return raw;
    const behind = raw + 1 - (this.#rawAt[escape] ?? 0) - (this.#rawLength[escape] ?? 0);
    return (this.#decodedAt[escape] ?? 0) + Math.max(0, behind);
  }

  /** Where the characters end in the raw text that end before `index`. */
  rawEnd(index: number): number {
    if (index === 0) return 0;
    const escape = lastUpTo(this.#decodedAt, index - 1);
    if (escape < 0) return index;
    return (this.#rawAt[escape] ?? 0) + (this.#rawLength[escape] ?? 0) + index - 1 - (this.#decodedAt[escape] ?? 0);
  }
}

/** Escapes that hide what a text says: all others are signs and white space, which end what they are beside. */
export function hasHidingEscapes(text: string): boolean {
  return text.includes('\\u') || text.includes('\\/');
}

/** The character that the escape at `at` stands for; `undefined` when it is none. */
function escapedCharacter(raw: string, at: number): string | undefined {
  switch (raw.charCodeAt(at + 1)) {
    case 34:
      return '"';
    case 47:
      return '/';
    case BACKSLASH:
      return '\\';
    case 98:
      return '\b';
    case 102:
      return '\f';
    case 110:
      return '\n';
    case 114:
      return '\r';
    case 116:
      return '\t';
    case 117: {
      const code = hexAt(raw, at + 2);
      return code === undefined ? undefined : String.fromCharCode(code);
    }
    default:
      return undefined;
  }
}

/** The number that four hexadecimal digits stand for. */
function hexAt(raw: string, start: number): number | undefined {
  let number = 0;
  for (let index = start; index < start + 4; index++) {
    const code = raw.charCodeAt(index);
    const letter = code | 32;
    if (code > 47 && code < 58) number = number * 16 + code - 48;
    else if (letter > 96 && letter < 103) number = number * 16 + letter - 87;
    else return undefined;
  }
  return number;
}
