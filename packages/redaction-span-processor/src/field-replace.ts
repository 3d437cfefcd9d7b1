import type { FieldRule } from './redaction-rule.js';

/** Returned instead of a text: the field is to be taken away. The same in all copies of the package, which may share a redactor. */
export const REMOVE_FIELD: unique symbol = Symbol.for('genspan.redaction.remove-field');

/**
 * Makes the text that takes the place of a field.
 *
 * @param value - a string's content, or what a number, `true` or `false` looks like in JSON
 * @param rule - the rule that names the field; the first one that does
 * @returns a text (the same one: the field stays as it is), or {@link REMOVE_FIELD}
 */
export type FieldReplace = (value: string, rule: FieldRule) => string | typeof REMOVE_FIELD;

/** A value in which fields cannot be told from each other: it refers to itself, is too deep, or throws when it is read. */
export class StructureError extends Error {
  /** The class's name, which a bundler may shorten. */
  override readonly name = 'StructureError';
}

/** Members that say what a message is rather than what is in it; without them it would not be a message any more. */
const KINDS = new Set(['role', 'type', 'finish_reason']);
const KIND = /^[a-z_]{1,32}$/;

/** Whether a string stays although what it is a part of is redacted. */
export function namesAKind(member: string | undefined, value: string): boolean {
  return member !== undefined && KINDS.has(member) && KIND.test(value);
}
