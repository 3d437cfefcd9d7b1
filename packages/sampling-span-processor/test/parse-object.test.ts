import { expectObject, expectObjectWith, quoteName } from '../src/parse-object.js';

test.each([[null], [undefined], ['a'], [1], [['a']], [() => 1]])('takes %p for no object', (value) => {
  expect(() => expectObject('option', value)).toThrow(/^Expected `option` to be an object, got /);
});

test('copies the own properties of an object, whatever they are called', () => {
  const given: unknown = JSON.parse('{ "__proto__": 1, "a": 2 }');
  const object = expectObject('option', given);
  expect(Object.entries(object)).toEqual([
    ['__proto__', 1],
    ['a', 2],
  ]);
  expect(object).not.toBe(given);
});

test('names the first key that is not known, and those that are', () => {
  expect(expectObjectWith('option', { a: 1 }, ['a', 'b'])).toEqual({ a: 1 });
  expect(() => expectObjectWith('option', { a: 1, c: 1 }, ['a', 'b'])).toThrow(
    'Expected `option` to have only `a`, `b`, got `"c"`',
  );
});

test('does not repeat a long key, which may be a secret in the wrong place', () => {
  expect(() => expectObjectWith('option', { ['k'.repeat(30)]: 1 }, ['a'])).toThrow(
    'Expected `option` to have only `a`, got a string of 30 characters',
  );
});

test.each([
  ['payments', '"payments"'],
  ['a "b"\n', '"a \\"b\\"\\n"'],
  ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
])('quotes %j on one line, and cuts it when it is long', (name, expected) => {
  expect(quoteName(name)).toBe(expected);
});
