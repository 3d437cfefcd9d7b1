import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { base64Runs } from '../src/base64-runs.js';

const RUN = /[A-Za-z0-9+/]+/g;

/** Characters that end a run; the low bytes of those beyond Latin-1 are those of letters. */
const ENDS = [
  ' ',
  '\n',
  '-',
  '_',
  '=',
  '"',
  '\\',
  '.',
  '\0',
  '\u00a0',
  '\u00e9',
  '\u0141',
  '\u4141',
  '\u6f41',
  '\ud841\udc41',
];

const RANDOM = randomBytes(750_003).toString('base64').replaceAll('=', '');

/** As many characters of base64 as asked for. */
function base64(length: number, from = 0): string {
  return RANDOM.slice(from % 100_000).slice(0, length);
}

function pairs(numbers: readonly number[]): [number, number][] {
  return Array.from({ length: numbers.length / 2 }, (_, index) => [
    numbers[2 * index] ?? 0,
    numbers[2 * index + 1] ?? 0,
  ]);
}

test.each(['', 'a'.repeat(300), 'These are words, and many of them. '.repeat(200), `${base64(400)} `.repeat(20)])(
  'reports nothing of a text without long runs',
  (text) => {
    expect(base64Runs(text)).toEqual([]);
  },
);

test.each([1_000, 5_000, 100_000, 900_003])('finds a run of %i characters but for its ends', (length) => {
  const before = 'An image: "data:image/png;base64,';
  const runs = pairs(base64Runs(`${before}${base64(length)}==", and what is said about it. `));
  expect(runs).toHaveLength(1);
  const [start, end] = runs[0] ?? [0, 0];
  expect(start).toBeGreaterThanOrEqual(before.length + 32);
  expect(start).toBeLessThan(before.length + 32 + 256);
  expect(end).toBeLessThanOrEqual(before.length + length - 32);
  expect(end).toBeGreaterThan(before.length + length - 32 - 64 - 4);
});

test.each(ENDS)('never has %j in what it reports, wherever that is', (character) => {
  for (let at = 700; at < 1_400; at += 3) {
    const text = base64(at, at) + character + base64(1_500, at + 1);
    const reported = pairs(base64Runs(text));
    for (const [start, end] of reported) {
      if (start < at + character.length && at < end) throw new Error(`${start}-${end} has ${at}`);
    }
    expect(reported.length).toBeGreaterThan(0);
  }
});

test('reports only what is inside of runs, in order', () => {
  const piece = fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 3_000 }), fc.nat()).map(([length, seed]) => base64(length, seed)),
    fc.constantFrom(...ENDS),
    fc.constantFrom('some words in between ', 'eyJhbGciOiJIUzI1NiJ9.'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const runs = [...text.matchAll(RUN)].map(({ index, 0: run }) => [index, index + run.length] as const);
      let behind = 0;
      for (const [start, end] of pairs(base64Runs(text))) {
        expect(start).toBeGreaterThanOrEqual(behind);
        expect(end).toBeGreaterThan(start);
        // With 32 characters of the run around it, which are searched like any text.
        expect(runs.some(([from, to]) => from + 32 <= start && end + 32 <= to)).toBe(true);
        behind = end;
      }
    }),
    { numRuns: 300 },
  );
});
