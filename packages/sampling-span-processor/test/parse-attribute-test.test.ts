import { OptionError } from '@genspan/span-processor-base';
import fc from 'fast-check';
import { parseAttributeTest } from '../src/parse-attribute-test.js';

function messageOf(value: unknown): string {
  try {
    parseAttributeTest('test', value);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return (error as OptionError).message;
  }
  throw new Error('nothing was thrown');
}

test.each<[string, unknown, string]>([
  ['no object', 'acme', 'Expected `test` to be an object, got `"acme"`'],
  ['null', null, 'Expected `test` to be an object, got `null`'],
  ['no test', {}, 'Expected `test` to have at least one of equals, in, regex, range, exists, got an object'],
  [
    'only undefined tests',
    { equals: undefined },
    'Expected `test` to have at least one of equals, in, regex, range, exists, got an object',
  ],
  ['an unknown test', { eq: 1 }, 'Expected `test` to have only `equals`, `in`, `regex`, `range`, `exists`, got `"eq"`'],
  ['equals null', { equals: null }, 'Expected `test.equals` to be a string, a finite number or a boolean, got `null`'],
  ['equals NaN', { equals: NaN }, 'Expected `test.equals` to be a string, a finite number or a boolean, got `NaN`'],
  [
    'nothing to be in',
    { in: [] },
    'Expected `test.in` to be an array of at least one string, number or boolean, got an array of 0',
  ],
  [
    'text to be in',
    { in: 'a' },
    'Expected `test.in` to be an array of at least one string, number or boolean, got `"a"`',
  ],
  [
    'an object to be in',
    { in: ['a', {}] },
    'Expected `test.in[1]` to be a string, a finite number or a boolean, got an object',
  ],
  [
    'a hole to be in',
    { in: new Array(1) },
    'Expected `test.in[0]` to be a string, a finite number or a boolean, got `undefined`',
  ],
  [
    'a pattern that does not compile',
    { regex: '[a-' },
    'Expected `test.regex` to be a regular expression that compiles, or its source, got `"[a-"`',
  ],
  [
    'a long pattern that does not compile',
    { regex: `${'secret'.repeat(9)}(` },
    'Expected `test.regex` to be a regular expression that compiles, or its source, got a string of 55 characters',
  ],
  [
    'an empty pattern',
    { regex: '' },
    'Expected `test.regex` to be a regular expression that compiles, or its source, got `""`',
  ],
  [
    'something like a pattern',
    { regex: { source: 'a' } },
    'Expected `test.regex` to be a regular expression that compiles, or its source, got an object',
  ],
  ['no bounds', { range: {} }, 'Expected `test.range` to have `min` or `max`, got an object'],
  ['a list of bounds', { range: [1, 2] }, 'Expected `test.range` to be an object, got an array of 2'],
  ['unknown bounds', { range: { from: 1 } }, 'Expected `test.range` to have only `min`, `max`, got `"from"`'],
  ['a bound in text', { range: { min: '1' } }, 'Expected `test.range.min` to be a finite number, got `"1"`'],
  [
    'bounds the wrong way round',
    { range: { min: 2, max: 1 } },
    'Expected `test.range.max` to be at least `min`, got `1`',
  ],
  ['text for a switch', { exists: 'no' }, 'Expected `test.exists` to be true or false, got `"no"`'],
  [
    'an absent value that equals something',
    { exists: false, equals: 1 },
    'Expected `test` to have nothing beside `exists: false`, which no value can satisfy, got an object',
  ],
])('does not accept %s', (_what, value, message) => {
  expect(messageOf(value)).toBe(message);
});

test('accepts every test, and freezes it', () => {
  const parsed = parseAttributeTest('test', {
    equals: 'a',
    in: ['a', 1, false],
    regex: 'a+',
    range: { min: -1, max: -1 },
    exists: true,
  });
  expect(parsed).toEqual({ equals: 'a', in: ['a', 1, false], regex: /a+/, range: { min: -1, max: -1 }, exists: true });
  for (const part of [parsed, parsed.in, parsed.range]) expect(Object.isFrozen(part)).toBe(true);
});

test('keeps the flags of a pattern that say what matches, and drops those that keep state', () => {
  expect(parseAttributeTest('test', { regex: /ä.*/dgimsuy }).regex).toEqual(/ä.*/imsu);
});

test('does not share what it was given', () => {
  const given = { in: ['a'], range: { min: 1 }, regex: /a/ };
  const parsed = parseAttributeTest('test', given);
  given.in.push('b');
  given.range.min = 5;
  expect(parsed).toEqual({ in: ['a'], range: { min: 1 }, regex: /a/ });
  expect(parsed.regex).not.toBe(given.regex);
});

test('comes to the same when it reads what it gave', () => {
  const scalar = fc.oneof(fc.string(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const some = fc.record(
    {
      equals: scalar,
      in: fc.array(scalar, { minLength: 1 }),
      range: fc.record({ min: fc.integer() }),
      exists: fc.constant(true),
    },
    { requiredKeys: ['in'] },
  );
  fc.assert(
    fc.property(some, (given) => {
      const once = parseAttributeTest('test', given);
      expect(parseAttributeTest('test', once)).toEqual(once);
    }),
  );
});
