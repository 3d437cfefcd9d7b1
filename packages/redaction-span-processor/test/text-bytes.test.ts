import { byteOf, bytePairs, bytes, copyChunk, copyShort, MARGIN, pairOf } from '../src/text-bytes.js';

const copied = (length: number): string => Buffer.from(bytes.slice(MARGIN, MARGIN + length)).toString('latin1');

it('copies a text, a byte for each character', () => {
  expect(copyChunk('Größe 42', 0, false)).toBe(8);
  expect(copied(8)).toBe('Größe 42');
  expect(bytePairs[MARGIN / 2]).toBe(pairOf(71, 114));
});

it('copies long texts in chunks, with what is beside them', () => {
  const text = Array.from({ length: 100_000 }, (_, index) => String.fromCharCode(33 + (index % 89))).join('');
  for (let from = 0; from < text.length;) {
    const end = copyChunk(text, from, false);
    expect(end - from).toBeGreaterThan(0);
    expect(copied(end - from)).toBe(text.slice(from, end));
    const before = Math.min(from, MARGIN);
    expect(Buffer.from(bytes.slice(MARGIN - before, MARGIN)).toString('latin1')).toBe(text.slice(from - before, from));
    from = end;
  }
});

it.each(['密码: Größe', 'пароль', 'a\ud83d', '\u0100\u00ff\u0080\uffff'])(
  'folds what is beyond Latin-1 of %j',
  (text) => {
    copyChunk(text, 0, true);
    expect([...bytes.slice(MARGIN, MARGIN + text.length)]).toEqual(
      Array.from({ length: text.length }, (_, index) => byteOf(text.charCodeAt(index))),
    );
  },
);

it.each(['', 'Größe 42', '密码: Größe', '\u0141'])('copies the short text %j in the same way', (text) => {
  const isWide = /[^\0-\xff]/.test(text);
  copyChunk(text, 0, isWide);
  const expected = bytes.slice(MARGIN - 1, MARGIN + text.length);
  bytes.fill(0);
  expect(copyShort(text)).toBe(isWide);
  expect(bytes.slice(MARGIN - 1, MARGIN + text.length)).toEqual(expected);
});

it('gives characters beyond Latin-1 no byte of ASCII', () => {
  const folded = Array.from({ length: 65_280 }, (_, index) => byteOf(index + 256));
  expect(Math.min(...new Set(folded))).toBe(128);
  expect(Math.max(...new Set(folded))).toBe(255);
});
