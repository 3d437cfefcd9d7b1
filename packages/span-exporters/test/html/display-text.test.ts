import fc from 'fast-check';
import { displayText } from '../../src/html/display-text.js';

const char = (...codes: number[]) => String.fromCodePoint(...codes);

test.each([
  ['plain text with\ttabs and\nlines', 'plain text with\ttabs and\nlines'],
  ['a\r\nb\rc', 'a\nb\nc'],
  [`${char(0x1b)}[31m${char(0)}${char(0x7f)}`, '␛[31m␀␡'],
  [`user${char(0x202e)}nimda`, 'user[U+202E]nimda'],
  [char(0x2028, 0x2029, 0x200b, 0xfeff, 0x85), '[U+2028][U+2029][U+200B][U+FEFF][U+0085]'],
  [char(0xe0041), '[U+E0041]'],
  ['\ud83d', '\ufffd'],
  [`x${'\udc00'}`, 'x\ufffd'],
  [`👨${char(0x200d)}👩 می${char(0x200c)}خواهم`, `👨${char(0x200d)}👩 می${char(0x200c)}خواهم`],
])('%j becomes %j', (text, shown) => {
  expect(displayText(text)).toBe(shown);
});

test('what is shown is shown the same again, and nothing in it acts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = displayText(text);
      expect(displayText(shown)).toBe(shown);
      expect(shown).not.toMatch(/\p{Cs}/u);
      expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\r\0]/);
    }),
  );
});
