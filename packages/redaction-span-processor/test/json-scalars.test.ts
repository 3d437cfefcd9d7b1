import * as fc from 'fast-check';
import { eachJsonScalar, endOfString } from '../src/json-scalars.js';
import { jsonTexts } from './json-texts.js';

function scalars(text: string): [string, 'string' | 'number'][] {
  const found: [string, 'string' | 'number'][] = [];
  eachJsonScalar(
    text,
    (start, end, isString) => void found.push([text.slice(start, end), isString ? 'string' : 'number']),
  );
  return found;
}

test.each<[string, ReturnType<typeof scalars>]>([
  [
    '{"a":"b","c":-1.5e+3,"d":[true,null,7]}',
    [
      ['a', 'string'],
      ['b', 'string'],
      ['c', 'string'],
      ['-1.5e+3', 'number'],
      ['d', 'string'],
      ['7', 'number'],
    ],
  ],
  [
    String.raw`["a\"b","c\\","4"]`,
    [
      [String.raw`a\"b`, 'string'],
      [String.raw`c\\`, 'string'],
      ['4', 'string'],
    ],
  ],
  ['[12]', [['12', 'number']]],
  ['[""]', [['', 'string']]],
  ['["open 12', [['open 12', 'string']]],
  [
    '[1 2,"x" 34 5]',
    [
      ['1', 'number'],
      ['2', 'number'],
      ['x', 'string'],
      ['34', 'number'],
      ['5', 'number'],
    ],
  ],
])('finds strings and numbers of %s', (text, expected) => {
  expect(scalars(text)).toEqual(expected);
});

test('finds all keys, strings and numbers of any JSON, in their order', () => {
  fc.assert(
    fc.property(jsonTexts(), (json) => {
      const text = `[${json}]`;
      const expected: unknown[] = [];
      const visit = (value: unknown): void => {
        if (typeof value === 'string' || typeof value === 'number') expected.push(value);
        else if (Array.isArray(value)) value.forEach(visit);
        else if (typeof value === 'object' && value !== null) {
          for (const [key, member] of Object.entries(value)) {
            expected.push(key);
            visit(member);
          }
        }
      };
      visit(JSON.parse(text));
      const found = scalars(text).map(([raw, kind]): unknown => JSON.parse(kind === 'string' ? `"${raw}"` : raw));
      // The order of members is that of the text, but for keys that are numbers.
      expect(found.map(String).toSorted()).toEqual(expected.map(String).toSorted());
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['a"', 1],
  [String.raw`a\"b"`, 4],
  [String.raw`a\\"b"`, 3],
  [String.raw`a\\\"b"`, 6],
  ['open', 4],
  [String.raw`open\"`, 6],
  ['', 0],
])('the string of %s ends at %i', (text, end) => {
  expect(endOfString(text, 0)).toBe(end);
});

test('finds a limit in a long string without a look at all of it', () => {
  const text = `"${'a'.repeat(1_000_000)}"`;
  const start = performance.now();
  for (let index = 1; index < 100_000; index++) {
    if (endOfString(text, index, index + 5) !== index + 5) throw new Error(`Expected the limit at ${index}`);
  }
  expect(performance.now() - start).toBeLessThan(1_000);
});
