import { createContext, runInContext } from 'node:vm';
import { parseRules } from '../src/parse-rules.js';
import type { RedactionRule } from '../src/redaction-rule.js';

const pattern = /[A-Z]{3}-\d+/;

function messageOf(value: unknown): string {
  try {
    parseRules('rules', value);
  } catch (error) {
    if (error instanceof TypeError && error.name === 'OptionError') return error.message;
    throw error;
  }
  return 'accepted';
}

test('keeps rules as they were given, in their order', () => {
  const validate = (): boolean => true;
  const replacement = (): string => 'x';
  const rules: RedactionRule[] = [
    { name: 'ticket', pattern },
    { name: 'order.number_2-b', pattern, validate, replacement: '' },
    { name: 'field', fields: ['api_key', 'messages[*].content'], replacement },
  ];
  expect(parseRules('rules', rules)).toEqual(rules);
});

test('takes a rule whose options are undefined for one without them', () => {
  const given = { name: 'ticket', pattern, fields: undefined, validate: undefined, replacement: undefined };
  expect(parseRules('rules', [given])).toEqual([{ name: 'ticket', pattern }]);
});

test('makes rules that cannot be changed any more, also by what was given', () => {
  const given = { name: 'field', fields: ['api_key'] };
  const [rule] = parseRules('rules', [given]);
  given.fields[0] = 'other';
  expect(rule).toEqual({ name: 'field', fields: ['api_key'] });
  expect(Object.isFrozen(rule)).toBe(true);
});

test('takes a pattern of another realm', () => {
  const foreign: unknown = runInContext('/kiwi/', createContext());
  expect(foreign instanceof RegExp).toBe(false);
  expect(parseRules('rules', [{ name: 'fruit', pattern: foreign }])).toHaveLength(1);
});

test.each<[string, unknown, string]>([
  ['no list', {}, 'Expected `rules` to be an array of rules, got an object'],
  ['a rule that is no object', [pattern.source], 'Expected `rules[0]` to be an object, got `"[A-Z]{3}-\\\\d+"`'],
  ['a list as a rule', [[]], 'Expected `rules[0]` to be an object, got an array of 0'],
  [
    'a key that there is not',
    [{ name: 'a', pattern, replace: '' }],
    'Expected `rules[0]` to have only name, pattern, fields, validate, replacement, got `"replace"`',
  ],
  [
    'no name',
    [{ pattern }],
    'Expected `rules[0].name` to be 1 to 64 letters, digits, `_`, `-` and `.`, got `undefined`',
  ],
  [
    'a name with a space',
    [{ name: 'a b', pattern }],
    'Expected `rules[0].name` to be 1 to 64 letters, digits, `_`, `-` and `.`, got `"a b"`',
  ],
  [
    'a name of 65 characters',
    [{ name: 'a'.repeat(65), pattern }],
    'Expected `rules[0].name` to be 1 to 64 letters, digits, `_`, `-` and `.`, got a string of 65 characters',
  ],
  [
    'a name twice',
    [
      { name: 'a', pattern },
      { name: 'a', fields: ['b'] },
    ],
    'Expected `rules[1].name` to be used once, and by no detector, got `"a"`',
  ],
  [
    'the name of a detector',
    [{ name: 'email', pattern }],
    'Expected `rules[0].name` to be used once, and by no detector, got `"email"`',
  ],
  [
    'neither pattern nor fields',
    [{ name: 'a' }],
    'Expected `rules[0]` to have either a pattern or fields, got an object',
  ],
  [
    'both pattern and fields',
    [{ name: 'a', pattern, fields: ['b'] }],
    'Expected `rules[0]` to have either a pattern or fields, got an object',
  ],
  [
    'a pattern that is a text',
    [{ name: 'a', pattern: 'kiwi' }],
    'Expected `rules[0].pattern` to be a regular expression, got `"kiwi"`',
  ],
  [
    'no field',
    [{ name: 'a', fields: [] }],
    'Expected `rules[0].fields` to be an array of at least one path, got an array of 0',
  ],
  [
    'a field that is no list',
    [{ name: 'a', fields: 'b' }],
    'Expected `rules[0].fields` to be an array of at least one path, got `"b"`',
  ],
  [
    'an empty path',
    [{ name: 'a', fields: ['b', ''] }],
    'Expected `rules[0].fields[1]` to be a non-empty string, got `""`',
  ],
  [
    'a validator of a field',
    [{ name: 'a', fields: ['b'], validate: () => true }],
    'Expected `rules[0].validate` to be left out of a rule with fields, got a function',
  ],
  [
    'a validator that is none',
    [{ name: 'a', pattern, validate: /b/ }],
    'Expected `rules[0].validate` to be a function, got an object',
  ],
  [
    'a replacement that is none',
    [{ name: 'a', pattern, replacement: null }],
    'Expected `rules[0].replacement` to be a string or a function, got `null`',
  ],
])('refuses %s', (_what, value, message) => {
  expect(messageOf(value)).toBe(message);
});
