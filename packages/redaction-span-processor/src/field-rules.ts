import { expectNonEmptyStrings } from '@genspan/span-processor-base';
import { parseFieldPath } from './field-path.js';
import type { FieldReplace } from './field-replace.js';
import { StructureError } from './field-replace.js';
import { findJsonEdits, looksLikeJson } from './json-edits.js';
import { PathAutomaton } from './path-automaton.js';
import type { PathState } from './path-automaton.js';
import type { FieldRule, RedactionRule } from './redaction-rule.js';
import { redactStructure } from './structured-redaction.js';
import { applyEdits } from './text-edit.js';

/**
 * Makes rules of field paths ready for use. Rules with a pattern are passed over.
 *
 * @param option - the option's name in messages
 * @defaultValue `option`: `rules`
 * @throws OptionError naming the path that is wrong: `rules[1].fields[0]`
 */
export function compileFieldRules(rules: readonly RedactionRule[], option = 'rules'): FieldRules {
  const paths = rules.flatMap((rule, ruleIndex) => {
    if (!('fields' in rule)) return [];
    const fields = `${option}[${ruleIndex}].fields`;
    return expectNonEmptyStrings(fields, rule.fields).map((field, index) => {
      return { rule, steps: parseFieldPath(field, `${fields}[${index}]`) };
    });
  });
  return new FieldRules(paths.length === 0 ? undefined : new PathAutomaton(paths));
}

/** All rules that name fields. */
export class FieldRules {
  readonly #start: PathState | undefined;

  constructor(automaton: PathAutomaton | undefined) {
    this.#start = automaton?.start;
  }

  /** Whether there is no rule. */
  get isEmpty(): boolean {
    return this.#start === undefined;
  }

  /** What the rules say about an attribute; undefined: nothing. To be called once per key. */
  forKey(key: string): KeyRules | undefined {
    return this.#start && new KeyRules(this.#start.afterKey(key), key);
  }

  /** What the rules say about a value that has no key: a log record's body, say. */
  forRoot(): KeyRules | undefined {
    return this.#start && new KeyRules(this.#start, undefined);
  }
}

/** What the rules say about the values of an attribute. */
export class KeyRules {
  readonly #state: PathState;
  /** The last segment of the key. */
  readonly #name: string | undefined;

  constructor(state: PathState, key: string | undefined) {
    this.#state = state;
    this.#name = key?.slice(key.lastIndexOf('.') + 1);
  }

  /** The rule that names the attribute, or something that it is a part of. */
  get whole(): FieldRule | undefined {
    return this.#state.rule;
  }

  /**
   * Redacts the fields in a JSON text. Only they change: white space, the order of members and how numbers are spelt stay.
   * Where a rule names the whole attribute, each string, number and boolean in it is a field.
   *
   * @returns the identical text when there is nothing to redact; undefined when it is no JSON text with an object or an
   * array in it (see `mayName`)
   * @throws what `replace` throws
   */
  redactJson(text: string, replace: FieldReplace): string | undefined {
    if (!looksLikeJson(text)) return undefined;
    const state = this.#state;
    if (state.rule === undefined && state.mentions.areMissing(text)) return text;
    const edits = findJsonEdits(text, state, replace);
    if (edits === undefined) return undefined;
    return edits.length === 0 ? text : applyEdits(text, edits);
  }

  /**
   * Redacts the fields in any value: of a string those in its JSON, if it holds any.
   *
   * @returns the identical value when there is nothing to redact; a copy of what changed otherwise; `REMOVE_FIELD` when
   * `replace` returned it for the value itself
   * @throws StructureError when the value refers to itself, is nested more than 100 deep, has more than a million parts,
   * throws when it is read, or is unreadable JSON that may have a field in it
   * @throws what `replace` throws
   */
  redactValue(value: unknown, replace: FieldReplace): unknown {
    if (typeof value === 'string') {
      const redacted = this.redactJson(value, replace);
      if (redacted !== undefined) return redacted;
      if (this.#state.rule === undefined) {
        if (this.mayName(value)) throw new StructureError('Expected JSON that can be read');
        return value;
      }
    }
    return redactStructure(value, this.#state, replace, this.#name);
  }

  /** Whether a text that is like JSON but cannot be read may have a field in it. */
  mayName(text: string): boolean {
    if (!looksLikeJson(text)) return false;
    return this.#state.rule !== undefined || this.#state.mentions.ruleNamedIn(text) !== undefined;
  }
}
