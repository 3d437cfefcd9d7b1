import fc from 'fast-check';
import {
  KEEP_ALL,
  KEEP_NONE,
  keeps,
  randomnessOfTraceId,
  rateOf,
  thresholdAbove,
  thresholdOf,
} from '../src/threshold.js';

test.each([
  [1, '00000000000000'],
  [0.5, '80000000000000'],
  [0.25, 'c0000000000000'],
  // What the specification gives for one in ten, to all digits.
  [0.1, 'e6666666666666'],
  [0.01, 'fd70a3d70a3d71'],
  [2 ** -56, 'ffffffffffffff'],
  [0, KEEP_NONE],
])('the threshold of rate %p is %s', (rate, threshold) => {
  expect(thresholdOf(rate)).toBe(threshold);
  expect(rateOf(threshold)).toBeCloseTo(rate, 15);
});

test('rate 1 keeps the lowest randomness and rate 0 drops the highest', () => {
  expect(keeps(KEEP_ALL, '00000000000000')).toBe(true);
  expect(keeps(KEEP_ALL, randomnessOfTraceId('no id'))).toBe(true);
  expect(keeps(thresholdOf(0), 'ffffffffffffff')).toBe(false);
});

test('a randomness equal to the threshold is kept, the one below is not', () => {
  expect(keeps('80000000000000', '80000000000000')).toBe(true);
  expect(keeps('80000000000000', '7fffffffffffff')).toBe(false);
});

test('randomness is the low 56 bits of the trace id', () => {
  expect(randomnessOfTraceId('0af7651916cd43dd8448eb211c80319c')).toBe('48eb211c80319c');
});

test('the threshold above a randomness drops just that one', () => {
  expect(thresholdAbove('7fffffffffffff')).toBe('80000000000000');
  expect(thresholdAbove('ffffffffffffff')).toBe(KEEP_NONE);
});

test.each([
  ['ffffffffffffff', 1],
  ['fffffffffffff9', 7],
  ['80000000000001', 2 ** 55 - 1],
])('the rate of threshold %s is %p in 2^56', (threshold, kept) => {
  expect(rateOf(threshold)).toBe(kept / 2 ** 56);
});

test('a higher rate never has a higher threshold', () => {
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(rate, rate, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      expect(thresholdOf(high) <= thresholdOf(low)).toBe(true);
    }),
  );
});
