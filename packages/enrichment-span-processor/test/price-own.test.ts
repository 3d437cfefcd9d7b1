import { compilePrice } from '../src/price-own.js';

const isForModel = (pattern: string, model: string) =>
  compilePrice({ model: pattern, provider: undefined, serviceTier: undefined, sheet: {} }).isForModel(model);

test.each([
  ['gpt-4o', 'gpt-4o', true],
  ['gpt-4o', 'GPT-4O', true],
  ['gpt-4o', 'gpt-4o-mini', false],
  ['gpt-4o*', 'gpt-4o', true],
  ['*', '', true],
  ['*-mini', 'gpt-4o-mini', true],
  ['a*b*c', 'a1b2c', true],
  ['a*b*c', 'a1c2b', false],
  ['ab*ba', 'aba', false],
  ['a*b*b', 'ab', false],
  ['a**b', 'ab', true],
  ['gpt.4o', 'gpt-4o', false],
])('%s and %s: %s', (pattern, model, expected) => {
  expect(isForModel(pattern, model)).toBe(expected);
});

test('a pattern of many stars takes no time on a name made for it', () => {
  const start = performance.now();
  expect(isForModel('a*'.repeat(30) + 'b', 'a'.repeat(500))).toBe(false);
  expect(performance.now() - start).toBeLessThan(50);
});

test('a price without a service tier is for the standard one', () => {
  const isForTier = (serviceTier: string | undefined, asked: string | undefined) =>
    compilePrice({ model: '*', provider: undefined, serviceTier, sheet: {} }).isForTier(asked);
  expect([isForTier(undefined, undefined), isForTier(undefined, 'flex')]).toEqual([true, false]);
  expect([isForTier('flex', undefined), isForTier('flex', 'flex')]).toEqual([false, true]);
  expect([isForTier('*', undefined), isForTier('*', 'flex')]).toEqual([true, true]);
  expect(isForTier('default', undefined)).toBe(true);
});
