import { copyAttributes } from '../src/index.js';

test('copies attributes into a plain object of its own', () => {
  const attributes = { a: 1, list: ['x'], b: undefined };
  const copy = copyAttributes(attributes);
  expect(copy).toStrictEqual(attributes);
  expect(copy).not.toBe(attributes);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(copy.constructor).toBe(Object);
  expect(Object.keys(copyAttributes({}))).toEqual([]);
});

test('keeps the order, and takes any number of attributes more', () => {
  const keys = Array.from({ length: 300 }, (_, index) => `key.${index}`);
  const copy = copyAttributes(Object.fromEntries(keys.slice(0, 20).map((key, index) => [key, index])));
  for (const [index, key] of keys.entries()) copy[key] ??= index;
  expect(Object.entries(copy)).toEqual(keys.map((key, index) => [key, index]));
});

test('leaves the objects that come after it alone', () => {
  copyAttributes({ a: 1 });
  expect(Object.keys({})).toEqual([]);
  expect(Object.keys(Object.prototype)).toEqual([]);
});
