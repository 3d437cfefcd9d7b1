import type { JsonMember, JsonNode } from './json-node.js';

/** How deep containers may be nested; deeper text is treated as unreadable. */
export const MAX_JSON_DEPTH = 512;
/** How many values a text may have, which bounds the memory that reading it takes; more make it unreadable. */
export const MAX_JSON_VALUES = 1_000_000;

/**
 * Reads a JSON text, and says where each value is in it.
 *
 * Accepts exactly what `JSON.parse` accepts, up to {@link MAX_JSON_DEPTH} nested containers and {@link MAX_JSON_VALUES}
 * values. Takes time linear in the length of the text.
 *
 * @returns undefined when the text is not JSON, is nested too deeply or has too many values
 */
export function parseJsonTree(text: string): JsonNode | undefined {
  return new JsonTreeParser(text).parse();
}

/**
 * What a JSON string stands for.
 *
 * @param raw - the string with its quotes, as {@link parseJsonTree} found it
 */
export function decodeJsonString(raw: string): string {
  if (!raw.includes('\\')) return raw.slice(1, -1);
  return String(JSON.parse(raw));
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const LEFT_BRACKET = 0x5b;
const RIGHT_BRACKET = 0x5d;
const LETTER_E = 0x65;
const LETTER_U = 0x75;
const LEFT_BRACE = 0x7b;
const RIGHT_BRACE = 0x7d;
/** Makes an ASCII letter a small one. */
const SMALL = 0x20;

const LITERALS = [
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['null', 'null'],
] as const;

const ESCAPED = new Set([...'"\\/bfnrt'].map((char) => char.charCodeAt(0)));
const FOUR_HEX = /^[0-9a-fA-F]{4}$/;

/**
 * Strings are most of a text. They are not read character by character: `indexOf` finds the end of one, and the next
 * backslash and the next control character of the text are remembered, so that one without either costs nothing more.
 */
class JsonTreeParser {
  readonly #text: string;
  // eslint-disable-next-line no-control-regex -- JSON has them escaped
  readonly #controls = /[\0-\x1f]/g;
  #at = 0;
  #depth = 0;
  #valuesLeft = MAX_JSON_VALUES;
  /** Whether the string that was read last has a backslash. */
  #isEscaped = false;
  /** Index of a backslash, none before which is at or behind the string that is read. */
  #backslash = -1;
  /** The same for control characters. */
  #control = -1;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): JsonNode | undefined {
    const root = this.#value();
    // NaN, behind the last character, is the only end.
    return root !== undefined && Number.isNaN(this.#skipSpace()) ? root : undefined;
  }

  #value(): JsonNode | undefined {
    const code = this.#skipSpace();
    if (--this.#valuesLeft < 0) return undefined;
    if (code === QUOTE) {
      const start = this.#at;
      return this.#string() ? { kind: 'string', start, end: this.#at } : undefined;
    }
    if (code !== LEFT_BRACE && code !== LEFT_BRACKET) {
      return code === MINUS || isDigit(code) ? this.#number() : this.#literal();
    }
    if (this.#depth === MAX_JSON_DEPTH) return undefined;
    this.#depth += 1;
    const container = code === LEFT_BRACE ? this.#object() : this.#array();
    this.#depth -= 1;
    return container;
  }

  #object(): JsonNode | undefined {
    const start = this.#at++;
    const members: JsonMember[] = [];
    if (this.#skipSpace() === RIGHT_BRACE) return { kind: 'object', start, end: ++this.#at, members };
    for (;;) {
      if (this.#skipSpace() !== QUOTE) return undefined;
      const keyStart = this.#at;
      if (!this.#string()) return undefined;
      const keyEnd = this.#at;
      const key = this.#isEscaped
        ? decodeJsonString(this.#text.slice(keyStart, keyEnd))
        : this.#text.slice(keyStart + 1, keyEnd - 1);
      if (this.#skipSpace() !== COLON) return undefined;
      this.#at += 1;
      const value = this.#value();
      if (value === undefined) return undefined;
      members.push({ key, start: keyStart, keyEnd, value });
      const next = this.#skipSpace();
      this.#at += 1;
      if (next === RIGHT_BRACE) return { kind: 'object', start, end: this.#at, members };
      if (next !== COMMA) return undefined;
    }
  }

  #array(): JsonNode | undefined {
    const start = this.#at++;
    const items: JsonNode[] = [];
    if (this.#skipSpace() === RIGHT_BRACKET) return { kind: 'array', start, end: ++this.#at, items };
    for (;;) {
      const item = this.#value();
      if (item === undefined) return undefined;
      items.push(item);
      const next = this.#skipSpace();
      this.#at += 1;
      if (next === RIGHT_BRACKET) return { kind: 'array', start, end: this.#at, items };
      if (next !== COMMA) return undefined;
    }
  }

  /** Moves behind the string that starts here; false: it is none. */
  #string(): boolean {
    const text = this.#text;
    const start = this.#at + 1;
    let end = text.indexOf('"', start);
    if (end < 0) return false;
    if (this.#backslash < start) this.#backslash = this.#find('\\', start);
    this.#isEscaped = this.#backslash < end;
    while (this.#backslash < end) {
      const escaped = this.#backslash + 1;
      const behind = this.#behindEscape(escaped);
      if (behind < 0) return false;
      if (escaped === end) {
        end = text.indexOf('"', behind);
        if (end < 0) return false;
      }
      this.#backslash = this.#find('\\', behind);
    }
    if (this.#control < start) {
      this.#controls.lastIndex = start;
      this.#control = this.#controls.test(text) ? this.#controls.lastIndex - 1 : text.length;
    }
    if (this.#control < end) return false;
    this.#at = end + 1;
    return true;
  }

  /** Index behind an escape of whose backslash the next character is at `escaped`; -1: there is no such escape. */
  #behindEscape(escaped: number): number {
    const code = this.#text.charCodeAt(escaped);
    if (code !== LETTER_U) return ESCAPED.has(code) ? escaped + 1 : -1;
    return FOUR_HEX.test(this.#text.slice(escaped + 1, escaped + 5)) ? escaped + 5 : -1;
  }

  /** Index of the next occurrence; the length of the text when there is none. */
  #find(searched: string, from: number): number {
    const found = this.#text.indexOf(searched, from);
    return found < 0 ? this.#text.length : found;
  }

  #number(): JsonNode | undefined {
    const start = this.#at;
    if (this.#text.charCodeAt(this.#at) === MINUS) this.#at += 1;
    if (this.#text.charCodeAt(this.#at) === ZERO) this.#at += 1;
    else if (!this.#digits()) return undefined;
    if (this.#text.charCodeAt(this.#at) === DOT) {
      this.#at += 1;
      if (!this.#digits()) return undefined;
    }
    if ((this.#text.charCodeAt(this.#at) | SMALL) === LETTER_E) {
      this.#at += 1;
      const sign = this.#text.charCodeAt(this.#at);
      if (sign === PLUS || sign === MINUS) this.#at += 1;
      if (!this.#digits()) return undefined;
    }
    return { kind: 'number', start, end: this.#at };
  }

  /** Moves behind the digits here; false: there is none. */
  #digits(): boolean {
    const start = this.#at;
    while (isDigit(this.#text.charCodeAt(this.#at))) this.#at += 1;
    return this.#at > start;
  }

  #literal(): JsonNode | undefined {
    const start = this.#at;
    const literal = LITERALS.find(([word]) => this.#text.startsWith(word, start));
    if (literal === undefined) return undefined;
    this.#at += literal[0].length;
    return { kind: literal[1], start, end: this.#at };
  }

  /** Moves to the next character that is no white space, and returns its code: NaN at the end of the text. */
  #skipSpace(): number {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code > SPACE) return code;
      if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) return code;
      this.#at += 1;
    }
  }
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
