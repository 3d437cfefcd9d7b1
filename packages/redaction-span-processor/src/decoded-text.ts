import { lastUpTo } from './last-up-to.js';

const BACKSLASH = 92;

/** A text in which the escapes of JSON are resolved once, and where its characters come from. */
export class DecodedText {
  readonly text: string;
  /** Index in `text` of each character that was an escape. */
  readonly #decodedAt: number[] = [];
  /** Index of that escape in the raw text. */
  readonly #rawAt: number[] = [];
  readonly #raw: string;

  /** @param raw - a JSON text, a part of one, or anything else with escapes in it; a backslash that begins none stays */
  constructor(raw: string) {
    this.#raw = raw;
    if (!raw.includes('\\')) {
      this.text = raw;
      return;
    }
    const codes = new Uint16Array(raw.length);
    let length = 0;
    for (let at = 0; at < raw.length;) {
      const code = raw.charCodeAt(at);
      const escaped = code === BACKSLASH ? escapedAt(raw, at) : -1;
      if (escaped === -1) {
        codes[length++] = code;
        at++;
        continue;
      }
      this.#decodedAt.push(length);
      this.#rawAt.push(at);
      codes[length++] = escaped;
      at += escapeLength(raw, at);
    }
    this.text = Buffer.from(codes.buffer, 0, length * 2).toString('utf16le');
  }

  /** Where the character at `index` begins in the raw text. */
  rawStart(index: number): number {
    const escape = lastUpTo(this.#decodedAt, index);
    if (escape < 0) return index;
    const decodedAt = this.#decodedAt[escape] ?? 0;
    const rawAt = this.#rawAt[escape] ?? 0;
    return decodedAt === index ? rawAt : rawAt + escapeLength(this.#raw, rawAt) + index - decodedAt - 1;
  }

  /** Where the character is that is written at `raw`, or of whose escape a part is there. */
  indexOf(raw: number): number {
    const escape = lastUpTo(this.#rawAt, raw);
    if (escape < 0) return raw;
    const rawAt = this.#rawAt[escape] ?? 0;
    return (this.#decodedAt[escape] ?? 0) + Math.max(0, raw + 1 - rawAt - escapeLength(this.#raw, rawAt));
  }

  /** Where the characters end in the raw text that end before `index`. */
  rawEnd(index: number): number {
    if (index === 0) return 0;
    const escape = lastUpTo(this.#decodedAt, index - 1);
    if (escape < 0) return index;
    const rawAt = this.#rawAt[escape] ?? 0;
    return rawAt + escapeLength(this.#raw, rawAt) + index - 1 - (this.#decodedAt[escape] ?? 0);
  }
}

/** Escapes that hide what a text says: all others are signs and white space, which end what they are beside. */
export function hasHidingEscapes(text: string): boolean {
  return text.includes('\\u') || text.includes('\\/');
}

function escapeLength(raw: string, at: number): number {
  return raw.charCodeAt(at + 1) === 117 ? 6 : 2;
}

/** The code of the character that the escape at `at` stands for; -1 when it is none. */
function escapedAt(raw: string, at: number): number {
  const code = raw.charCodeAt(at + 1);
  switch (code) {
    case 34: // "
    case 47: // /
    case BACKSLASH:
      return code;
    case 98: // b
      return 8;
    case 102: // f
      return 12;
    case 110: // n
      return 10;
    case 114: // r
      return 13;
    case 116: // t
      return 9;
    case 117: // u
      return hexAt(raw, at + 2);
    default:
      return -1;
  }
}

/** The number that four hexadecimal digits stand for; -1 when they are none. */
function hexAt(raw: string, start: number): number {
  let number = 0;
  for (let index = start; index < start + 4; index++) {
    const code = raw.charCodeAt(index);
    const letter = code | 32;
    if (code > 47 && code < 58) number = number * 16 + code - 48;
    else if (letter > 96 && letter < 103) number = number * 16 + letter - 87;
    else return -1;
  }
  return number;
}
