import { endOfEscaped, isDigit } from './json-string-end.js';

/** What {@link JsonScanner.next} came to. `close` ends an object or an array; `end` is the end of a text that is JSON. */
export type JsonToken = 'object' | 'array' | 'close' | 'key' | 'string' | 'number' | 'literal' | 'end' | 'error';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const TAB = 0x09;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const LEFT_BRACKET = 0x5b;
const RIGHT_BRACKET = 0x5d;
const LEFT_BRACE = 0x7b;
const RIGHT_BRACE = 0x7d;

const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const LETTER_E = 0x65;
/** Makes an ASCII letter a small one. */
const SMALL = 0x20;

/** By their first letters. */
const LITERALS: ReadonlyMap<number, string> = new Map(
  ['true', 'false', 'null'].map((literal) => [literal.charCodeAt(0), literal]),
);
// eslint-disable-next-line no-control-regex -- JSON has them escaped
const CONTROLS = /[\0-\x1f]/g;

type Expected = 'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'commaOrClose';

/**
 * Reads a JSON text token by token, and says where each one is. Accepts exactly what `JSON.parse` accepts, nested however deep,
 * in time linear in the length of the text, and makes no objects: what a value is stays in the text, byte for byte.
 *
 * Strings are most of a text and are not read character by character as long as nothing is escaped in them: `indexOf` finds the
 * end of one, and the next backslash and the next control character of the text are remembered.
 */
export class JsonScanner {
  /** Index of the token's first character; of `close` that of the bracket. */
  start = 0;
  /** Index behind the token's last character, quotes included. */
  end = 0;
  /** How many objects and arrays are open: with the one that was opened, without the one that was closed. */
  depth = 0;
  readonly #text: string;
  #expected: Expected = 'value';
  /** Of each open container whether it is an object. */
  #isObject = new Uint8Array(16);
  /** Index of a backslash, none before which is at or behind the string that is read. */
  #backslash = -1;
  /** The same for control characters. */
  #control = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Moves to the next token. After `end` or `error` there is none. */
  next(): JsonToken {
    let code = this.#skipSpace();
    if (this.#expected === 'commaOrClose') {
      if (this.depth === 0) return Number.isNaN(code) && this.end === this.#text.length ? 'end' : 'error';
      if (code !== COMMA) return this.#close(code);
      this.end += 1;
      this.#expected = this.#isObject[this.depth - 1] === 1 ? 'key' : 'value';
      code = this.#skipSpace();
    }
    this.start = this.end;
    if (this.#expected === 'key' || this.#expected === 'keyOrClose') {
      return code === RIGHT_BRACE && this.#expected === 'keyOrClose' ? this.#close(code) : this.#key(code);
    }
    if (code === RIGHT_BRACKET && this.#expected === 'valueOrClose') return this.#close(code);
    return this.#value(code);
  }

  #value(code: number): JsonToken {
    if (code === LEFT_BRACE || code === LEFT_BRACKET) return this.#open(code === LEFT_BRACE);
    this.#expected = 'commaOrClose';
    if (code === QUOTE) return this.#string() ? 'string' : 'error';
    if (code === MINUS || isDigit(code)) return this.#number(code) ? 'number' : 'error';
    const literal = LITERALS.get(code);
    if (literal === undefined || !this.#text.startsWith(literal, this.end)) return 'error';
    this.end += literal.length;
    return 'literal';
  }

  #number(first: number): boolean {
    if (first === MINUS) this.end += 1;
    if (this.#text.charCodeAt(this.end) === ZERO) this.end += 1;
    else if (!this.#digits()) return false;
    if (this.#text.charCodeAt(this.end) === DOT) {
      this.end += 1;
      if (!this.#digits()) return false;
    }
    if ((this.#text.charCodeAt(this.end) | SMALL) !== LETTER_E) return true;
    this.end += 1;
    const sign = this.#text.charCodeAt(this.end);
    if (sign === PLUS || sign === MINUS) this.end += 1;
    return this.#digits();
  }

  /** Moves behind the digits here; false: there is none. */
  #digits(): boolean {
    const start = this.end;
    while (isDigit(this.#text.charCodeAt(this.end))) this.end += 1;
    return this.end > start;
  }

  #key(code: number): JsonToken {
    if (code !== QUOTE || !this.#string()) return 'error';
    const { end } = this;
    if (this.#skipSpace() !== COLON) return 'error';
    this.#behindColon = this.end + 1;
    this.end = end;
    this.#expected = 'value';
    return 'key';
  }

  /** Where to go on after a key, whose own end is told. */
  #behindColon = 0;

  #open(isObject: boolean): JsonToken {
    if (this.depth === this.#isObject.length) {
      const larger = new Uint8Array(2 * this.depth);
      larger.set(this.#isObject);
      this.#isObject = larger;
    }
    this.#isObject[this.depth] = isObject ? 1 : 0;
    this.depth += 1;
    this.end += 1;
    this.#expected = isObject ? 'keyOrClose' : 'valueOrClose';
    return isObject ? 'object' : 'array';
  }

  #close(code: number): JsonToken {
    if (code !== (this.#isObject[this.depth - 1] === 1 ? RIGHT_BRACE : RIGHT_BRACKET)) return 'error';
    this.start = this.end;
    this.end += 1;
    this.depth -= 1;
    this.#expected = 'commaOrClose';
    return 'close';
  }

  /** Whether the container at this depth (1: the outermost) is an object. */
  isObjectAt(depth: number): boolean {
    return this.#isObject[depth - 1] === 1;
  }

  #string(): boolean {
    const text = this.#text;
    const from = this.end + 1;
    const quote = text.indexOf('"', from);
    if (quote < 0) return false;
    if (this.#backslash < from) {
      const found = text.indexOf('\\', from);
      this.#backslash = found < 0 ? text.length : found;
    }
    const end = this.#backslash < quote ? endOfEscaped(text, this.#backslash) : quote;
    if (end < 0) return false;
    if (this.#control < from) {
      CONTROLS.lastIndex = from;
      this.#control = CONTROLS.test(text) ? CONTROLS.lastIndex - 1 : text.length;
    }
    if (this.#control < end) return false;
    this.end = end + 1;
    return true;
  }

  /** Moves `end` to the next character that is no white space, and returns its code: NaN at the end of the text. */
  #skipSpace(): number {
    if (this.#behindColon > this.end) this.end = this.#behindColon;
    for (;;) {
      const code = this.#text.charCodeAt(this.end);
      if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) return code;
      this.end += 1;
    }
  }
}
