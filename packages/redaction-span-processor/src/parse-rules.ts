import { types } from 'node:util';
import { expectNonEmptyString, OptionError } from '@genspan/span-processor-base';
import { DETECTOR_NAMES } from './detector-name.js';
import type { PatternRule, RedactionRule, Replacement } from './redaction-rule.js';

/** A name is part of an attribute's key and of masks. */
const NAME = /^[\w.-]{1,64}$/;

/** @throws OptionError naming what is wrong: `rules[2].pattern`. */
export function parseRules(option: string, value: unknown): readonly RedactionRule[] {
  if (!Array.isArray(value)) throw new OptionError(option, 'to be an array of rules', value);
  const names = new Set<string>(DETECTOR_NAMES);
  return value.map((item: unknown, index) => {
    const path = `${option}[${index}]`;
    const rule = expectRule(path, item);
    if (names.has(rule.name)) throw new OptionError(`${path}.name`, 'to be used once, and by no detector', rule.name);
    names.add(rule.name);
    return rule;
  });
}

function expectRule(path: string, value: unknown): RedactionRule {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(path, 'to be an object', value);
  }
  const { name, pattern, fields, validate, replacement, ...rest } = value as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    throw new OptionError(path, 'to have only name, pattern, fields, validate, replacement', unknown);
  }
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new OptionError(`${path}.name`, 'to be 1 to 64 letters, digits, `_`, `-` and `.`', name);
  }
  const common = { name, ...(replacement === undefined ? {} : { replacement: expectReplacement(path, replacement) }) };
  if ((pattern === undefined) === (fields === undefined)) {
    throw new OptionError(path, 'to have either a pattern or fields', value);
  }
  if (fields !== undefined) {
    if (validate !== undefined)
      throw new OptionError(`${path}.validate`, 'to be left out of a rule with fields', validate);
    return Object.freeze({ ...common, fields: expectFields(`${path}.fields`, fields) });
  }
  // Of any realm: a configuration may come out of a `vm` context.
  if (!types.isRegExp(pattern)) throw new OptionError(`${path}.pattern`, 'to be a regular expression', pattern);
  if (validate === undefined) return Object.freeze({ ...common, pattern });
  return Object.freeze({ ...common, pattern, validate: expectValidate(path, validate) });
}

function expectFields(path: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OptionError(path, 'to be an array of at least one path', value);
  }
  return value.map((field, index) => expectNonEmptyString(`${path}[${index}]`, field));
}

function expectReplacement(path: string, value: unknown): Replacement {
  if (typeof value === 'string' || isFunction<Exclude<Replacement, string>>(value)) return value;
  throw new OptionError(`${path}.replacement`, 'to be a string or a function', value);
}

function expectValidate(path: string, value: unknown): NonNullable<PatternRule['validate']> {
  if (isFunction<NonNullable<PatternRule['validate']>>(value)) return value;
  throw new OptionError(`${path}.validate`, 'to be a function', value);
}

function isFunction<T>(value: unknown): value is T {
  return typeof value === 'function';
}
