import { indentedText, valueText } from '../../src/html/value-text.js';

const loop: Record<string, unknown> = {};
loop['self'] = loop;

test.each([
  ['text', 'text'],
  [1.5, '1.5'],
  [Number.NaN, '"NaN"'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [['a', 1], '["a",1]'],
  [{ big: 1n, bytes: new Uint8Array(3), not: Infinity }, '{"big":"1","bytes":"(3 bytes)","not":"Infinity"}'],
  [new Uint8Array(5), '(5 bytes)'],
  [loop, '(cannot be shown)'],
])('%p is shown as %p', (value, text) => {
  expect(valueText(value)).toBe(text);
});

test.each([
  ['{"a":1}', '{\n  "a": 1\n}'],
  [{ a: 1 }, '{\n  "a": 1\n}'],
  ['{"a":1', '{"a":1'],
  ['"a string"', '"a string"'],
  ['plain', 'plain'],
  [7, '7'],
])('over several lines %p is %p', (value, text) => {
  expect(indentedText(value)).toBe(text);
});
