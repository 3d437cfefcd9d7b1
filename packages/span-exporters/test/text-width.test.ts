import { fitWidth, textWidth } from '../src/text-width.js';

test.each([
  ['plain', 5],
  ['├─ ', 3],
  ['查找', 4],
  ['é', 1],
  ['👍', 2],
  ['', 0],
])('%j takes %i columns', (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test.each([
  ['ab', 'ab   '],
  ['abcde', 'abcde'],
  ['abcdef', 'abcd…'],
  ['查找航', '查找…'],
  ['a查找航', 'a查… '],
])('fits %j into five columns', (text, fitted) => {
  expect(fitWidth(text, 5)).toBe(fitted);
  expect(textWidth(fitted)).toBe(5);
});
