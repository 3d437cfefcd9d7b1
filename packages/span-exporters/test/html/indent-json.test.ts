import fc from 'fast-check';
import { indentJson } from '../../src/html/indent-json.js';

test('puts each member on its line', () => {
  expect(indentJson('{"a":[1,{"b":"x, {y}: \\"z\\""}],"c":{},"d":[ ]}')).toBe(
    '{\n  "a": [\n    1,\n    {\n      "b": "x, {y}: \\"z\\""\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  );
});

test('keeps numbers as they were written and keys that are there twice', () => {
  expect(indentJson('[12345678901234567890,1.0,{"a":1,"a":2}]')).toBe(
    '[\n  12345678901234567890,\n  1.0,\n  {\n    "a": 1,\n    "a": 2\n  }\n]',
  );
});

test('is the same as JSON.stringify() with an indent, for any value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test('a thousand levels are not indented a thousand times', () => {
  const deep = `${'['.repeat(1_000)}1${']'.repeat(1_000)}`;
  expect(indentJson(deep).length).toBeLessThan(100_000);
});
