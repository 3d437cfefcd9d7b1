import { parseCostOptions } from '../src/cost-options.js';

test('all defaults', () => {
  expect(parseCostOptions('cost', true)).toEqual({ prices: [], table: true, load: 'firstUse' });
  expect(parseCostOptions('cost', {})).toEqual(parseCostOptions('cost', true));
  expect(parseCostOptions('cost', undefined)).toBeUndefined();
  expect(parseCostOptions('cost', false)).toBeUndefined();
});

test('prices for a token are kept for a million', () => {
  const parsed = parseCostOptions('cost', { prices: [{ model: 'a', inputPerToken: 2e-6, outputPerMillion: 4 }] });
  expect(parsed?.prices[0]?.sheet.input).toBeCloseTo(2, 12);
  expect(parsed?.prices[0]?.sheet.output).toBe(4);
});

const price = { model: 'm', inputPerMillion: 1 };

test.each([
  [7, 'Expected `cost` to be an object, got `7`'],
  [{ price: [] }, 'Expected `cost` to have only `prices`, `table`, `load`, got `"price"`'],
  [{ table: 'yes' }, 'Expected `cost.table` to be true or false, got `"yes"`'],
  [{ load: 'later' }, 'Expected `cost.load` to be one of `construction`, `firstUse`, got `"later"`'],
  [{ prices: {} }, 'Expected `cost.prices` to be an array of prices, got an object'],
  [{ prices: [price, { ...price, model: '' }] }, 'Expected `cost.prices[1].model` to be a non-empty string, got `""`'],
  [{ prices: [{ model: 'm' }] }, 'Expected `cost.prices[0]` to have a price, got an object'],
  [
    { prices: [{ ...price, inputPerMillion: -1 }] },
    'Expected `cost.prices[0].inputPerMillion` to be a number of at least 0, got `-1`',
  ],
  [
    { prices: [{ ...price, inputPerToken: 1 }] },
    'Expected `cost.prices[0].inputPerToken` to be left out where `cost.prices[0].inputPerMillion` is given, got `1`',
  ],
  [
    { prices: [{ ...price, outputPerToken: '1' }] },
    'Expected `cost.prices[0].outputPerToken` to be a number of at least 0, got `"1"`',
  ],
  [
    { prices: [{ model: 'm', cacheReadPerMillion: 1 }] },
    'Expected `cost.prices[0].inputPerMillion` to be given where a part of the input has a price, got `undefined`',
  ],
  [
    { prices: [{ ...price, reasoningPerToken: 1 }] },
    'Expected `cost.prices[0].outputPerMillion` to be given where reasoning has a price, got `undefined`',
  ],
  [{ prices: [{ ...price, currency: 'EUR' }] }, 'Expected `cost.prices[0].currency` to be one of `USD`, got `"EUR"`'],
  [
    { prices: [{ ...price, serviceTier: 1 }] },
    'Expected `cost.prices[0].serviceTier` to be a non-empty string, got `1`',
  ],
])('%j is refused by name', (value, message) => {
  expect(() => parseCostOptions('cost', value)).toThrow(message);
});
