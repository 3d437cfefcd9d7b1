import { escapeAround } from '../src/escape-around.js';

test.each<[string, (number | undefined)[]]>([
  [String.raw`a\nb`, [undefined, undefined, 1, undefined]],
  [String.raw`\u0041b`, [undefined, 0, 0, 0, 0, 0, undefined]],
  [String.raw`\\nb`, [undefined, 0, undefined, undefined]],
  [String.raw`\\\nb`, [undefined, 0, undefined, 2, undefined]],
])('tells the escape that a character of %s is in', (text, starts) => {
  expect(Array.from(text, (_, index) => escapeAround(text, index)?.start)).toEqual(starts);
});

test('tells where it ends', () => {
  expect(escapeAround(String.raw`a\u0041`, 4)).toEqual({ start: 1, end: 7 });
  expect(escapeAround(String.raw`a\"`, 2)).toEqual({ start: 1, end: 3 });
});
