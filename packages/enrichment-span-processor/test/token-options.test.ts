import { parseTokenOptions } from '../src/token-options.js';

test('by default spans are marked and nothing is estimated', () => {
  const defaults = {
    estimate: undefined,
    charactersPerToken: 4,
    maxCharacters: 20_000,
    maxMillis: 2,
    load: 'firstUse',
  };
  expect(parseTokenOptions('tokens', undefined)).toEqual(defaults);
  expect(parseTokenOptions('tokens', true)).toEqual(defaults);
  expect(parseTokenOptions('tokens', false)).toBeUndefined();
});

test.each([
  ['tokenizer', 'Expected `tokens` to be an object, got `"tokenizer"`'],
  [{ estimate: 'words' }, 'Expected `tokens.estimate` to be one of `tokenizer`, `length`, got `"words"`'],
  [{ charactersPerToken: 0 }, 'Expected `tokens.charactersPerToken` to be a number of at least 0.1, got `0`'],
  [{ maxCharacters: 0.5 }, 'Expected `tokens.maxCharacters` to be an integer of at least 1, got `0.5`'],
  [{ maxMillis: NaN }, 'Expected `tokens.maxMillis` to be a number of at least 0.1, got `NaN`'],
  [{ load: true }, 'Expected `tokens.load` to be one of `construction`, `firstUse`, got `true`'],
  [
    { model: 'x' },
    'Expected `tokens` to have only `estimate`, `charactersPerToken`, `maxCharacters`, `maxMillis`, `load`, got `"model"`',
  ],
])('%j is refused by name', (value, message) => {
  expect(() => parseTokenOptions('tokens', value)).toThrow(message);
});
