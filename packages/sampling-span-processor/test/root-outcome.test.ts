import { RootOutcome } from '../src/root-outcome.js';
import { KEEP_ALL, KEEP_NONE } from '../src/threshold.js';

const RANDOMNESS = '0123456789abcd';

test.each([
  [1, KEEP_ALL],
  [0.25, 'c0000000000000'],
  [0, KEEP_NONE],
])('a rate of %d gives every trace the same threshold', (rate, threshold) => {
  const outcome = new RootOutcome(undefined, rate, undefined);
  outcome.countOther();
  expect([outcome.thresholdForNext(), outcome.thresholdForNext()]).toEqual([threshold, threshold]);
});

test('a moving rate starts at the fixed one and gives way as traces come', () => {
  const outcome = new RootOutcome(undefined, 0.5, { targetTracesPerSecond: 1, minRate: 0.125 });
  const thresholds = Array.from({ length: 100 }, () => outcome.thresholdForNext());
  expect(thresholds[0]).toBe('80000000000000');
  expect(thresholds.at(-1)).toBe('e0000000000000');
  expect(thresholds).toEqual([...thresholds].sort());
});

test('kept traces of one threshold share a tracestate, and another threshold has another', () => {
  const outcome = new RootOutcome(undefined, 1, undefined);
  const first = outcome.traceStateOfKept(KEEP_ALL, undefined);
  expect(outcome.traceStateOfKept(KEEP_ALL, undefined)).toBe(first);
  expect(outcome.traceStateOfKept('c0000000000000', undefined).serialize()).toBe('ot=th:c');
  expect(outcome.traceStateOfKept(KEEP_ALL, undefined).serialize()).toBe('ot=th:0');
});

test('a randomness of its own is in the tracestate of that trace alone', () => {
  const outcome = new RootOutcome(undefined, 1, undefined);
  expect(outcome.traceStateOfKept(KEEP_ALL, RANDOMNESS).serialize()).toBe(`ot=th:0;rv:${RANDOMNESS}`);
  expect(outcome.traceStateOfKept(KEEP_ALL, undefined).serialize()).toBe('ot=th:0');
});
