import * as fc from 'fast-check';
import { lastUpTo } from '../src/last-up-to.js';

test('finds the last number that is not more than the limit', () => {
  const numbers = fc.uniqueArray(fc.nat(50)).map((all) => all.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(numbers, fc.integer({ min: -1, max: 51 }), (rising, limit) => {
      expect(lastUpTo(rising, limit)).toBe(rising.findLastIndex((number) => number <= limit));
    }),
  );
});
