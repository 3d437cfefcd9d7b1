import { hasAnyItemOf, hasAnyOf } from '../src/string-values.js';

const WANTED = new Set(['a', '[b']);

test.each([
  ['an array with it', ['x', 'a'], true],
  ['an array without it', ['x', 'y'], false],
  ['an empty array', [], false],
  ['the only string', 'a', true],
  ['another string', 'aa', false],
  ['a JSON array with it', '["x","a"]', true],
  ['a JSON array without it', '["x"]', false],
  ['broken JSON', '["a"', false],
  ['a string that only begins like JSON', '[b', true],
  ['a JSON object', '{"a":"a"}', false],
  ['mixed values', [1, null, { a: 'a' }, ['a'], 'a'], true],
  ['a nested array', [['a']], false],
  ['a number', 1, false],
  ['null', null, false],
  ['nothing', undefined, false],
  ['an object', { 0: 'a', length: 1 }, false],
])('finds a string in %s or not', (_what, value, expected) => {
  expect(hasAnyOf(value, WANTED)).toBe(expected);
});

test('takes a list only as a list where it is asked to', () => {
  expect(hasAnyItemOf(['a'], WANTED)).toBe(true);
  expect(hasAnyItemOf('a', WANTED)).toBe(false);
});
