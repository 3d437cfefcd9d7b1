import { PriceCache } from '../src/price-cache.js';

test('remembers what is asked for, and no more than twice its size', () => {
  const cache = new PriceCache<number>(10);
  cache.set('asked', 1);
  for (let index = 0; index < 1000; index++) {
    cache.set(`name ${index}`, index);
    expect(cache.get('asked')).toBe(1);
  }
  const remembered = Array.from({ length: 1000 }, (_, index) => cache.get(`name ${index}`)).filter(
    (value) => value !== undefined,
  );
  expect(remembered.length).toBeGreaterThanOrEqual(5);
  expect(remembered.length).toBeLessThanOrEqual(20);
});
