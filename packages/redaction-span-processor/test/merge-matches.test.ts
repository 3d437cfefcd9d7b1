import * as fc from 'fast-check';
import { mergeMatches } from '../src/merge-matches.js';
import type { RedactionMatch } from '../src/redaction-match.js';

const match = (detector: string, start: number, end: number): RedactionMatch => ({ detector, start, end });

test.each<[string, readonly RedactionMatch[], readonly RedactionMatch[]]>([
  ['nothing', [], []],
  ['one match', [match('a', 3, 5)], [match('a', 3, 5)]],
  ['matches in no order', [match('b', 6, 8), match('a', 0, 2)], [match('a', 0, 2), match('b', 6, 8)]],
  ['matches that touch', [match('a', 0, 2), match('b', 2, 4)], [match('a', 0, 2), match('b', 2, 4)]],
  ['one in another', [match('a', 2, 4), match('b', 0, 9)], [match('b', 0, 9)]],
  ['two that overlap, named after the longer', [match('a', 0, 4), match('b', 3, 9)], [match('b', 0, 9)]],
  [
    'two that overlap, named after the longer, also if it comes first',
    [match('a', 0, 6), match('b', 5, 9)],
    [match('a', 0, 9)],
  ],
  ['a chain, named after its longest', [match('a', 0, 3), match('b', 2, 7), match('c', 6, 9)], [match('b', 0, 9)]],
  ['the same twice, named after the first', [match('a', 0, 3), match('b', 0, 3)], [match('a', 0, 3)]],
  [
    'a field and a key of the same place, named after the key',
    [match('secret_field', 0, 9), match('jwt', 0, 9)],
    [match('jwt', 0, 9)],
  ],
  [
    'a key and a field of the same place, named after the key',
    [match('jwt', 0, 9), match('secret_field', 0, 9)],
    [match('jwt', 0, 9)],
  ],
  [
    'a header that is longer than its key, named after the header',
    [match('authorization', 0, 9), match('jwt', 1, 9)],
    [match('authorization', 0, 9)],
  ],
])('makes of %s what does not overlap', (_what, given, expected) => {
  expect(mergeMatches(given)).toEqual(expected);
});

test('neither loses a character nor adds one, and keeps the order of the text', () => {
  const matches = fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'secret_field'), fc.nat(30), fc.integer({ min: 1, max: 12 })),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(matches, (made) => {
      const given = made.map(([detector, start, length]) => match(detector, start, start + length));
      const before = structuredClone(given);
      const merged = mergeMatches(given);
      expect(given).toEqual(before);
      const covered = (all: readonly RedactionMatch[]): number[] =>
        [...Array(50).keys()].filter((index) => all.some(({ start, end }) => start <= index && index < end));
      expect(covered(merged)).toEqual(covered(given));
      merged.forEach(({ start, detector, end }, index) => {
        expect(start).toBeGreaterThanOrEqual(merged[index - 1]?.end ?? 0);
        expect(given.some((one) => one.detector === detector && one.start >= start && one.end <= end)).toBe(true);
      });
    }),
    { numRuns: 500 },
  );
});
