import type { RegExpNode } from './regexp-node.js';
import { UndecidedError } from './undecided.js';

/** What `(?i:…)` and the like change. */
interface Modes {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

const QUANTIFIER = /[*+?]|\{(\d+)(?:(,)(\d*))?\}/y;
const GROUP_NAME = /<([^>]*)>/y;
const MODIFIERS = /\?([ims]*)(?:-([ims]*))?:/y;
/** An escape of one character, from its backslash on, in patterns with and without `u` or `v`. */
const UNICODE_ESCAPE =
  /\\(?:u\{[\da-fA-F]+\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|[pP]\{[^}]*\}|[^])/uy;
const LEGACY_ESCAPE = /\\(?:u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[a-zA-Z]|[0-3][0-7]{0,2}|[4-7][0-7]?|[^])/y;
/** What in a class with `v` matches more than one character. */
const STRINGS = /\\q\{|\\p\{(?:Basic_Emoji|Emoji_Keycap_Sequence|RGI_\w+)\}/;

/**
 * The tree of a regular expression. It must be one that `RegExp` accepted: what is not an error there is taken for
 * what it then means, the leniencies of patterns without `u` and `v` included (ECMAScript, annex B).
 *
 * @throws UndecidedError when a class matches strings (flag `v`).
 */
export function parseRegExp(pattern: RegExp): RegExpNode {
  return new Parser(pattern).parse();
}

class Parser {
  readonly #source: string;
  readonly #unicode: boolean;
  readonly #sets: boolean;
  readonly #captures: number;
  readonly #named: boolean;
  #modes: Modes;
  #index = 0;
  #seen = 0;

  constructor(pattern: RegExp) {
    this.#source = pattern.source;
    this.#sets = pattern.flags.includes('v');
    this.#unicode = this.#sets || pattern.unicode;
    this.#modes = { ignoreCase: pattern.ignoreCase, multiline: pattern.multiline, dotAll: pattern.dotAll };
    [this.#captures, this.#named] = this.#countCaptures();
  }

  parse(): RegExpNode {
    return this.#choice();
  }

  #choice(): RegExpNode {
    const nodes = [this.#sequence()];
    while (this.#source[this.#index] === '|') {
      this.#index++;
      nodes.push(this.#sequence());
    }
    return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'choice', nodes };
  }

  #sequence(): RegExpNode {
    const nodes: RegExpNode[] = [];
    while (this.#index < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#index))) {
      const start = this.#index;
      nodes.push(this.#quantified(this.#term(), start));
    }
    return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'sequence', nodes };
  }

  #quantified(body: RegExpNode, start: number): RegExpNode {
    const found = this.#match(QUANTIFIER);
    if (found === undefined) return body;
    if (this.#source[this.#index] === '?') this.#index++;
    const text = this.#source.slice(start, this.#index);
    const [sign, least, comma, most] = found;
    if (least === undefined) {
      return { kind: 'repeat', body, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity, text };
    }
    const min = Number(least);
    const max = comma === undefined ? min : most === undefined || most === '' ? Infinity : Number(most);
    return { kind: 'repeat', body, min, max, text };
  }

  #term(): RegExpNode {
    switch (this.#source.charAt(this.#index)) {
      case '^':
      case '$':
        return { kind: 'edge', behind: this.#source[this.#index++] === '^', multiline: this.#modes.multiline };
      case '(':
        this.#index++;
        return this.#group();
      case '[':
        return this.#class();
      case '\\':
        return this.#escape();
      default:
        return this.#set(this.#character());
    }
  }

  #group(): RegExpNode {
    const modes = this.#modes;
    const open = this.#source.slice(this.#index, this.#index + 3);
    const look = /^\?(<?)([=!])/.exec(open);
    if (look !== null) {
      this.#index += look[0].length;
      return { kind: 'look', behind: look[1] === '<', negated: look[2] === '!', body: this.#closed() };
    }
    const modifiers = this.#match(MODIFIERS);
    if (modifiers !== undefined) {
      const [, on = '', off = ''] = modifiers;
      const set = (letter: string, now: boolean): boolean => (now || on.includes(letter)) && !off.includes(letter);
      this.#modes = {
        ignoreCase: set('i', modes.ignoreCase),
        multiline: set('m', modes.multiline),
        dotAll: set('s', modes.dotAll),
      };
      const body = this.#closed();
      this.#modes = modes;
      return body;
    }
    if (open.startsWith('?')) this.#index++;
    const name = open.startsWith('?') ? this.#match(GROUP_NAME)?.[1] : undefined;
    const index = ++this.#seen;
    return { kind: 'capture', index, name, body: this.#closed() };
  }

  #closed(): RegExpNode {
    const body = this.#choice();
    this.#index++;
    return body;
  }

  #class(): RegExpNode {
    const start = this.#index;
    let depth = 0;
    do {
      const character = this.#source.charAt(this.#index);
      if (character === '\\') this.#index++;
      else if (character === '[' && (depth === 0 || this.#sets)) depth++;
      else if (character === ']') depth--;
      this.#index++;
    } while (depth > 0);
    const source = this.#source.slice(start, this.#index);
    if (this.#sets && STRINGS.test(source)) throw new UndecidedError('has a class that matches strings');
    return this.#set(source);
  }

  #escape(): RegExpNode {
    const next = this.#source.charAt(this.#index + 1);
    if (next === 'b' || next === 'B') {
      this.#index += 2;
      return { kind: 'boundary', negated: next === 'B', flags: this.#flags() };
    }
    if (next === 'k' && (this.#unicode || this.#named)) {
      this.#index += 2;
      return { kind: 'reference', to: this.#match(GROUP_NAME)?.[1] ?? '' };
    }
    const digits = /^[1-9]\d*/.exec(this.#source.slice(this.#index + 1, this.#index + 6))?.[0];
    if (digits !== undefined && (this.#unicode || Number(digits) <= this.#captures)) {
      this.#index += 1 + digits.length;
      return { kind: 'reference', to: Number(digits) };
    }
    if (!this.#unicode && next === 'c' && !/[a-zA-Z]/.test(this.#source.charAt(this.#index + 2))) {
      this.#index++;
      return this.#set('\\\\');
    }
    const source = this.#match(this.#unicode ? UNICODE_ESCAPE : LEGACY_ESCAPE)?.[0] ?? '\\\\';
    if (this.#sets && STRINGS.test(source)) throw new UndecidedError('has a class that matches strings');
    return this.#set(source);
  }

  #character(): string {
    const length = this.#unicode && (this.#source.codePointAt(this.#index) ?? 0) > 0xffff ? 2 : 1;
    this.#index += length;
    const source = this.#source.slice(this.#index - length, this.#index);
    // Braces and brackets that stand for themselves need a backslash when they stand alone.
    return /[\]{}]/.test(source) ? `\\${source}` : source;
  }

  #set(source: string): RegExpNode {
    return { kind: 'set', source, flags: this.#flags() };
  }

  #flags(): string {
    const { ignoreCase, dotAll } = this.#modes;
    return `${ignoreCase ? 'i' : ''}${dotAll ? 's' : ''}${this.#sets ? 'v' : this.#unicode ? 'u' : ''}`;
  }

  #match(sticky: RegExp): RegExpExecArray | undefined {
    sticky.lastIndex = this.#index;
    const found = sticky.exec(this.#source);
    if (found !== null) this.#index += found[0].length;
    return found ?? undefined;
  }

  /** How many groups there are and whether one has a name: what `\1` and `\k` mean hangs on groups behind them, too. */
  #countCaptures(): [number, boolean] {
    let count = 0;
    let named = false;
    for (const [token] of this.#source.matchAll(this.#sets ? TOKEN_WITH_SETS : TOKEN)) {
      if (token === '(' || token === '(?<') count++;
      if (token === '(?<') named = true;
    }
    return [count, named];
  }
}

const TOKEN = /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\(\?<(?![=!])|\(\?|[^]/g;
// Classes nest with `v`, but parentheses have to be escaped in them.
const TOKEN_WITH_SETS = /\\[^]|\(\?<(?![=!])|\(\?|[^]/g;
