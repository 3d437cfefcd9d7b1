import { backoffMillis } from '../src/backoff.js';

const settings = { initialBackoffMillis: 200, backoffMultiplier: 2, maxBackoffMillis: 5000 };
const ALMOST_ONE = 1 - Number.EPSILON / 2;

test('bounds each wait by twice the bound before, up to the longest', () => {
  const bounds = [0, 1, 2, 3, 4, 5, 6, 2000].map((retry) => backoffMillis(settings, retry, ALMOST_ONE) + 1);
  expect(bounds).toEqual([200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
});

test('is anything from nothing to the bound', () => {
  expect([0, 0.25, 0.5].map((random) => backoffMillis(settings, 1, random))).toEqual([0, 100, 200]);
});
