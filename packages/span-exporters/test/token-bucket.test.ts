import { TokenBucket } from '../src/token-bucket.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('starts full, and is empty after its burst', () => {
  const bucket = new TokenBucket(10, 3);
  expect([1, 2, 3, 4].map(() => bucket.tryTake(1))).toEqual([true, true, true, false]);
  expect(bucket.millisUntil(1)).toBeCloseTo(100, 5);
});

test('fills at the rate, and no further than the burst', () => {
  const bucket = new TokenBucket(0.5, 2);
  expect(bucket.tryTake(2)).toBe(true);
  jest.advanceTimersByTime(1_999);
  expect(bucket.tryTake(1)).toBe(false);
  jest.advanceTimersByTime(1);
  expect(bucket.tryTake(1)).toBe(true);
  jest.advanceTimersByTime(3_600_000);
  expect(bucket.takeUpTo(10)).toBe(2);
});

test('does not drift: over ten minutes in odd steps it gives burst + rate × time, and not one more', () => {
  const bucket = new TokenBucket(3.7, 5);
  let taken = 0;
  for (let millis = 0; millis < 600_000; millis += 7) {
    while (bucket.tryTake(1)) taken += 1;
    jest.advanceTimersByTime(7);
  }
  while (bucket.tryTake(1)) taken += 1;
  const most = 5 + (3.7 * 600_005) / 1000;
  expect(taken).toBeLessThanOrEqual(Math.floor(most));
  expect(taken).toBeGreaterThanOrEqual(Math.floor(most) - 1);
});

test('takes as many whole tokens as there are', () => {
  const bucket = new TokenBucket(10, 10);
  expect(bucket.takeUpTo(7)).toBe(7);
  jest.advanceTimersByTime(150);
  expect(bucket.takeUpTo(7)).toBe(4);
  expect(bucket.takeUpTo(7)).toBe(0);
});

test('gives more than the burst only when full, and is owed the rest', () => {
  const bucket = new TokenBucket(10, 5);
  bucket.tryTake(1);
  expect(bucket.tryTake(20)).toBe(false);
  jest.advanceTimersByTime(100);
  expect(bucket.tryTake(20)).toBe(true);
  expect(bucket.millisUntil(1)).toBeCloseTo(1_600, 5);
});
