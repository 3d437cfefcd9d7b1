import type { Attributes } from '@opentelemetry/api';
import { CompiledAttributeTest } from '../src/attribute-test.js';
import { parseAttributeTest } from '../src/parse-attribute-test.js';
import type { AttributeTest } from '../src/sampling-rule.js';

function holds(test: AttributeTest, attributes: object, key = 'key'): boolean {
  return new CompiledAttributeTest(key, parseAttributeTest('test', test)).holds(attributes as Attributes);
}

test.each<[string, AttributeTest, unknown, boolean]>([
  ['equal text', { equals: 'a' }, 'a', true],
  ['other text', { equals: 'a' }, 'b', false],
  ['a number for text', { equals: '1' }, 1, false],
  ['an equal number', { equals: 1 }, 1, true],
  ['an equal boolean', { equals: false }, false, true],
  ['an array with the value', { equals: 'a' }, ['b', 'a'], true],
  ['an array without the value', { equals: 'a' }, ['b'], false],
  ['an empty array', { equals: 'a' }, [], false],
  ['an object', { equals: 'a' }, { a: 'a' }, false],
  ['one of several', { in: ['a', 2, true] }, 2, true],
  ['none of several', { in: ['a', 2, true] }, '2', false],
  ['an array with one of several', { in: ['a', 2] }, [1, 2], true],
  ['text that matches', { regex: '^a.c$' }, 'abc', true],
  ['text that matches somewhere', { regex: 'b' }, 'abc', true],
  ['text that matches in another case', { regex: /B/i }, 'abc', true],
  ['text that does not match', { regex: '^b' }, 'abc', false],
  ['a number whose digits match', { regex: '1' }, 1, false],
  ['an array of which one string matches', { regex: '^b' }, [1, 'abc', 'bcd'], true],
  ['a number at the lower bound', { range: { min: 1, max: 2 } }, 1, true],
  ['a number at the upper bound', { range: { min: 1, max: 2 } }, 2, true],
  ['a number above', { range: { min: 1, max: 2 } }, 2.01, false],
  ['a number below', { range: { min: 1 } }, 0.99, false],
  ['a number without a lower bound', { range: { max: 2 } }, -1e9, true],
  ['NaN', { range: { min: 1 } }, NaN, false],
  ['digits in text', { range: { min: 1 } }, '5', false],
  ['an array of which one number is within', { range: { min: 5 } }, [1, 'x', 6], true],
  ['something that must be there', { exists: true }, 0, true],
  ['something empty that must be there', { exists: true }, '', true],
  ['something that must not be there', { exists: false }, 'a', false],
  ['every test at once', { exists: true, equals: 'abc', in: ['abc'], regex: 'b' }, 'abc', true],
  ['all tests but one', { equals: 'abc', regex: 'z' }, 'abc', false],
])('judges %s', (_what, test, value, expected) => {
  expect(holds(test, { key: value })).toBe(expected);
});

test.each<[string, AttributeTest, boolean]>([
  ['equals', { equals: 'a' }, false],
  ['in', { in: ['undefined'] }, false],
  ['regex', { regex: 'undefined' }, false],
  ['range', { range: { max: 1 } }, false],
  ['exists', { exists: true }, false],
  ['the opposite of exists', { exists: false }, true],
])('judges the absence of an attribute by %s', (_what, test, expected) => {
  expect(holds(test, { other: 'a' })).toBe(expected);
  expect(holds(test, { key: null })).toBe(expected);
  expect(holds(test, { key: undefined })).toBe(expected);
});

test.each(['constructor', 'toString', '__proto__'])('finds %s only where somebody has set it', (key) => {
  expect(holds({ exists: true }, {}, key)).toBe(false);
  expect(holds({ exists: true }, Object.fromEntries([[key, 'a']]), key)).toBe(true);
});

test.each(['g', 'y', 'gy'])('finds what a regular expression with flags %s matches each time', (flags) => {
  const compiled = new CompiledAttributeTest('key', parseAttributeTest('test', { regex: new RegExp('a', flags) }));
  expect([1, 2, 3].map(() => compiled.holds({ key: 'aab' }))).toEqual([true, true, true]);
});

test('leaves the regular expression it was given as it was', () => {
  const regex = /a/g;
  expect(holds({ regex }, { key: 'aa' })).toBe(true);
  expect(regex.lastIndex).toBe(0);
});
