import fc from 'fast-check';
import { printableLine, printableLines } from '../src/printable-text.js';

test.each([
  ['an escape sequence', '\u001b[31mred\u001b[0m', '␛[31mred␛[0m'],
  ['an eight-bit escape sequence', '\u009b31mred', '�31mred'],
  ['a bell and a backspace', 'a\u0007\u0008', 'a␇␈'],
  ['a mark that reverses the text after it', 'safe\u202egnp.exe', 'safegnp.exe'],
  ['half a surrogate pair', 'a\ud800b', 'a�b'],
  ['white space of every kind', ' a\n\tb\u2028c ', 'a b c'],
  ['an emoji joined from several', '👩‍💻', '👩‍💻'],
])('makes one harmless line of %s', (_, text, line) => {
  expect(printableLine(text, 100)).toBe(line);
});

test('cuts a long text and says so', () => {
  expect(printableLine('abcdefgh', 5)).toBe('abcde…');
  expect(printableLine('abcde', 5)).toBe('abcde');
});

test('keeps the lines of a longer text', () => {
  expect(printableLines('one\r\n\ttwo\u001b[2J\nthree', 100)).toEqual(['one', '  two␛[2J', 'three']);
  expect(printableLines('abcdef', 4)).toEqual(['abcd', '… 2 more characters']);
});

test('no text whatsoever gets a control character through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const line of [printableLine(text, 50), ...printableLines(text, 50)]) {
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
      }
    }),
  );
});
