import * as fc from 'fast-check';
import { CondensedText } from '../src/condensed-text.js';

test('leaves out what it is told to, and knows where the rest was', () => {
  const condensed = new CondensedText('0123456789', [2, 4, 7, 9]);
  expect(condensed.text).toBe('014569');
  expect([...condensed.text].map((_, index) => condensed.wholeIndex(index))).toEqual([0, 1, 4, 5, 6, 9]);
});

test.each<[string, readonly number[], string]>([
  ['nothing', [], 'abc'],
  ['the beginning', [0, 2], 'c'],
  ['the end', [1, 3], 'a'],
  ['all', [0, 3], ''],
  ['two that touch', [0, 1, 1, 2], 'c'],
])('leaves out %s', (_what, gaps, expected) => {
  expect(new CondensedText('abc', gaps).text).toBe(expected);
});

test('has each character of the rest from where it says', () => {
  const cuts = fc.uniqueArray(fc.nat(60), { maxLength: 10 });
  fc.assert(
    fc.property(fc.string({ minLength: 60, maxLength: 60 }), cuts, (text, places) => {
      const gaps = places.toSorted((a, b) => a - b).slice(places.length % 2);
      const condensed = new CondensedText(text, gaps);
      const wholes = [...Array(condensed.text.length).keys()].map((index) => condensed.wholeIndex(index));
      const kept = [...Array(text.length).keys()].filter(
        (index) => !gaps.some((start, at) => at % 2 === 0 && start <= index && index < (gaps[at + 1] ?? 0)),
      );
      expect(wholes).toEqual(kept);
      expect(wholes.map((index) => text.charAt(index)).join('')).toBe(condensed.text);
    }),
  );
});
