import type { AST } from '@eslint-community/regexpp';
import { RegExpParser } from '@eslint-community/regexpp';

/** Goes on behind a part of the pattern; `false` takes it back. */
type Next = (index: number) => boolean;
type Captures = (readonly [number, number] | undefined)[];

/** What a search for all matches found, and how many characters and assertions were tried. */
export interface Trace {
  readonly matches: readonly (readonly [number, number])[];
  readonly steps: number;
}

/** More steps than any linear search in these tests takes. */
class TooManySteps extends Error {}

/**
 * Runs a pattern as ECMAScript describes it, way by way and with no short cut, and counts. It shares nothing with the
 * check of patterns, not even the parser.
 */
export class BacktrackingEngine {
  readonly #pattern: AST.Pattern;
  readonly #flags: string;
  readonly #sets = new Map<string, RegExp>();
  #text = '';
  #steps = 0;
  #limit = 0;
  #captures: Captures = [];

  constructor(pattern: RegExp) {
    this.#flags = pattern.flags.replace(/[gyd]/g, '');
    this.#pattern = new RegExpParser().parseLiteral(`/${pattern.source}/${this.#flags}`).pattern;
  }

  /** `steps` is infinite when they are more than `limit`. */
  findAll(text: string, limit: number): Trace {
    this.#begin(text, limit);
    const matches: (readonly [number, number])[] = [];
    try {
      for (let start = 0; start <= text.length;) {
        let end = -1;
        this.#captures = [];
        this.#choice(this.#pattern.alternatives, start, false, (index) => ((end = index), true));
        if (end > start) matches.push([start, end]);
        start = end > start ? end : start + 1;
      }
      return { matches, steps: this.#steps };
    } catch (error) {
      if (error instanceof TooManySteps) return { matches, steps: Infinity };
      throw error;
    }
  }

  /** Steps to tell whether it matches the whole text. */
  matchWhole(text: string, limit: number): number {
    this.#begin(text, limit);
    try {
      this.#choice(this.#pattern.alternatives, 0, false, (index) => this.#count() && index === text.length);
      return this.#steps;
    } catch (error) {
      if (error instanceof TooManySteps) return Infinity;
      throw error;
    }
  }

  #begin(text: string, limit: number): void {
    this.#text = text;
    this.#steps = 0;
    this.#limit = limit;
    this.#captures = [];
  }

  #count(): true {
    if (++this.#steps > this.#limit) throw new TooManySteps();
    return true;
  }

  #choice(alternatives: readonly AST.Alternative[], index: number, back: boolean, next: Next): boolean {
    return alternatives.some(({ elements }) => this.#sequence(elements, 0, index, back, next));
  }

  #sequence(elements: readonly AST.Element[], at: number, index: number, back: boolean, next: Next): boolean {
    const element = elements[back ? elements.length - 1 - at : at];
    if (element === undefined) return next(index);
    return this.#element(element, index, back, (end) => this.#sequence(elements, at + 1, end, back, next));
  }

  #element(element: AST.Element, index: number, back: boolean, next: Next): boolean {
    switch (element.type) {
      case 'Assertion':
        this.#count();
        return this.#assertion(element, index) && next(index);
      case 'Quantifier':
        return this.#quantifier(element, 0, index, back, next);
      case 'Group':
        return this.#choice(element.alternatives, index, back, next);
      case 'CapturingGroup': {
        const number = this.#numberOf(element);
        return this.#choice(element.alternatives, index, back, (end) => {
          const before = this.#captures[number];
          this.#captures[number] = back ? [end, index] : [index, end];
          if (next(end)) return true;
          this.#captures[number] = before;
          return false;
        });
      }
      case 'Backreference': {
        const group = Array.isArray(element.resolved) ? element.resolved[0] : element.resolved;
        const range = group && this.#captures[this.#numberOf(group)];
        const captured = range === undefined ? '' : this.#text.slice(...range);
        for (let step = 0; step < captured.length; step++) this.#count();
        const start = back ? index - captured.length : index;
        if (start < 0 || this.#text.slice(start, start + captured.length) !== captured) return false;
        return next(back ? start : start + captured.length);
      }
      case 'Character':
      case 'CharacterClass':
      case 'CharacterSet':
      case 'ExpressionCharacterClass': {
        this.#count();
        const character = this.#text.charAt(back ? index - 1 : index);
        return character !== '' && this.#set(element.raw).test(character) && next(back ? index - 1 : index + 1);
      }
    }
  }

  #quantifier(element: AST.Quantifier, count: number, index: number, back: boolean, next: Next): boolean {
    const more = (): boolean => {
      if (count >= element.max) return false;
      const before = [...this.#captures];
      this.#resetGroups(element.element);
      const matched = this.#element(element.element, index, back, (end) => {
        if (end === index && count >= element.min) return false;
        return this.#quantifier(element, count + 1, end, back, next);
      });
      if (!matched) this.#captures = before;
      return matched;
    };
    if (count < element.min) return more();
    return element.greedy ? more() || next(index) : next(index) || more();
  }

  #assertion(element: AST.Assertion, index: number): boolean {
    const lineEnd = (at: number): boolean =>
      this.#flags.includes('m') && /[\n\r\u2028\u2029]/.test(this.#text.charAt(at));
    const word = (at: number): boolean => /\w/.test(this.#text.charAt(at));
    switch (element.kind) {
      case 'start':
        return index === 0 || lineEnd(index - 1);
      case 'end':
        return index === this.#text.length || lineEnd(index);
      case 'word':
        return (word(index - 1) !== word(index)) !== element.negate;
      case 'lookahead':
      case 'lookbehind': {
        const before = [...this.#captures];
        const found = this.#choice(element.alternatives, index, element.kind === 'lookbehind', () => true);
        if (element.negate || !found) this.#captures = before;
        return found !== element.negate;
      }
    }
  }

  #resetGroups(element: AST.Element): void {
    const inside = (node: AST.Node): boolean => node.start >= element.start && node.end <= element.end;
    this.#groups().forEach((group, number) => inside(group) && (this.#captures[number] = undefined));
  }

  #knownGroups: AST.CapturingGroup[] | undefined;
  #groups(): AST.CapturingGroup[] {
    if (this.#knownGroups !== undefined) return this.#knownGroups;
    const groups: AST.CapturingGroup[] = [];
    const visit = (node: AST.Node): void => {
      if (node.type === 'CapturingGroup') groups.push(node);
      if ('alternatives' in node) node.alternatives.forEach(visit);
      if ('elements' in node) node.elements.forEach(visit);
      if (node.type === 'Quantifier') visit(node.element);
    };
    visit(this.#pattern);
    return (this.#knownGroups = groups);
  }

  #numberOf(group: AST.CapturingGroup): number {
    return this.#groups().indexOf(group);
  }

  #set(raw: string): RegExp {
    const known = this.#sets.get(raw) ?? new RegExp(`^(?:${/^[\]{}]$/.test(raw) ? `\\${raw}` : raw})$`, this.#flags);
    this.#sets.set(raw, known);
    return known;
  }
}
