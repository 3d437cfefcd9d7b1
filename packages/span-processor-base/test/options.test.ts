import {
  OptionError,
  expectBoolean,
  expectInteger,
  expectNonEmptyString,
  expectNonEmptyStrings,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectRatio,
  expectSpanProcessor,
} from '../src/options.js';

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    expect(error).toMatchObject({ code: 'ERR_GENSPAN_OPTION' });
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

test.each([
  ['a number that is too large', () => expectRatio('ratio', 3), 'Expected `ratio` between 0 and 1, got `3`'],
  ['NaN', () => expectRatio('ratio', NaN), 'Expected `ratio` between 0 and 1, got `NaN`'],
  ['a fraction', () => expectInteger('size', 1.5), 'Expected `size` to be an integer of at least 1, got `1.5`'],
  [
    'a number below the minimum',
    () => expectInteger('size', -1, 0),
    'Expected `size` to be an integer of at least 0, got `-1`',
  ],
  [
    'an infinite amount',
    () => expectNumber('cost', Infinity),
    'Expected `cost` to be a number of at least 0, got `Infinity`',
  ],
  [
    'an amount below its minimum',
    () => expectNumber('cost', 1, 2),
    'Expected `cost` to be a number of at least 2, got `1`',
  ],
  [
    'an empty list',
    () => expectNonEmptyStrings('names', []),
    'Expected `names` to be an array of at least one string, got an array of 0',
  ],
  [
    'a number in a list',
    () => expectNonEmptyStrings('names', ['a', 1]),
    'Expected `names[1]` to be a non-empty string, got `1`',
  ],
  ['a word for a boolean', () => expectBoolean('color', 'yes'), 'Expected `color` to be true or false, got `"yes"`'],
  ['an empty string', () => expectNonEmptyString('path', ''), 'Expected `path` to be a non-empty string, got `""`'],
  [
    'another word',
    () => expectOneOf('order', 'fast', ['safety', 'efficiency']),
    'Expected `order` to be one of `safety`, `efficiency`, got `"fast"`',
  ],
  [
    'a key that is not known',
    () => expectOptions({ pth: 'x' }, ['path']),
    'Expected `options` to have only `path`, got `"pth"`',
  ],
  [
    'an array for the options',
    () => expectOptions([1, 2], ['path']),
    'Expected `options` to be an object, got an array of 2',
  ],
  ['null', () => expectRatio('ratio', null), 'Expected `ratio` between 0 and 1, got `null`'],
])('names option, expectation and value: %s', (_, work, message) => {
  expect(messageOf(work)).toBe(message);
});

test('does not repeat a long string, which may be a key in the wrong place', () => {
  const key = ['sk', 'test', 'x'.repeat(20)].join('-');
  const message = messageOf(() => expectRatio('ratio', key));
  expect(message).toContain(`a string of ${key.length} characters`);
  expect(message).not.toContain('xxx');
});

test('does not repeat the content of objects', () => {
  expect(messageOf(() => expectRatio('ratio', { key: 'value' }))).toMatch(/got an object$/);
});

test('names the methods a span processor needs', () => {
  const incomplete = { onStart() {}, onEnd() {}, shutdown() {} };
  expect(messageOf(() => expectSpanProcessor('delegate', incomplete))).toMatch(
    /`delegate` to be a span processor .*forceFlush/,
  );
});

test('returns the value that passed', () => {
  expect(expectRatio('ratio', 0)).toBe(0);
  expect(expectInteger('size', 0, 0)).toBe(0);
  expect(expectOneOf('order', 'a', ['a', 'b'])).toBe('a');
  expect(expectNumber('cost', 0.5)).toBe(0.5);
  expect(expectNonEmptyStrings('names', ['a', 'b'])).toEqual(['a', 'b']);
  expect(expectOptions(undefined, [])).toEqual({});
});
