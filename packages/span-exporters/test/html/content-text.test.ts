import { contentText, shortText } from '../../src/html/content-text.js';

test('a long text is cut, and says how much is missing', () => {
  expect(contentText('abc', 3).toString()).toBe('<div class="text">abc</div>');
  expect(contentText('abcde', 3).toString()).toContain('<div class="text">abc</div>');
  expect(contentText('abcde', 3).toString()).toContain('2 more characters are not shown');
  expect(shortText('abcde', 3).toString()).toBe('abc<span class="note">… 2 more characters</span>');
});

test('a character of two halves is not cut in the middle', () => {
  expect(shortText('ab😀cd', 3).toString()).toMatch(/^ab<span/);
});
