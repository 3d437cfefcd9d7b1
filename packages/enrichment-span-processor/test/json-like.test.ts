import { looksLikeJson } from '../src/json-like.js';

describe('looksLikeJson', () => {
  it.each([
    ['{}', true],
    [' [1] \n', true],
    ['{]', false],
    ['"{}"', false],
    ['', false],
    ['text', false],
  ])('of %j is %s', (text, expected) => {
    expect(looksLikeJson(text)).toBe(expected);
  });
});
