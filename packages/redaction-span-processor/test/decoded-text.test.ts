import * as fc from 'fast-check';
import { DecodedText, hasHidingEscapes } from '../src/decoded-text.js';
import { writeString } from './json-texts.js';

test.each([
  [String.raw`a\u0040b`, 'a@b'],
  [String.raw`\"\\\/\b\f\n\r\t`, '"\\/\b\f\n\r\t'],
  [String.raw`\\u0040`, String.raw`\u0040`],
  [String.raw`\uD83D\uDE00`, '\u{1f600}'],
  [String.raw`\uABcd`, '\uabcd'],
  ['plain', 'plain'],
  ['', ''],
])('reads %s as JSON does', (raw, text) => {
  expect(new DecodedText(raw).text).toBe(text);
});

test.each([
  String.raw`C:\path`,
  String.raw`\u12`,
  String.raw`\u12g4`,
  String.raw`\u 123`,
  String.raw`\x41`,
  'end\\',
  '\\\u{1f600}',
])('leaves %s as it is', (raw) => {
  expect(new DecodedText(raw).text).toBe(raw);
});

test('goes on behind a backslash that begins nothing', () => {
  expect(new DecodedText(String.raw`\q\u0041\u00\u0042`).text).toBe(String.raw`\qA\u00B`);
});

test('knows of each character where it is written', () => {
  const piece = fc.tuple(fc.string({ unit: 'binary', maxLength: 8 }), fc.nat(4));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
      const raw = pieces.map(([text, style]) => writeString(text, style).slice(1, -1)).join('');
      const decoded = new DecodedText(raw);
      expect(decoded.text).toBe(JSON.parse(`"${raw}"`));
      const places = [...Array(decoded.text.length).keys()].map(
        (index) => [decoded.rawStart(index), decoded.rawEnd(index + 1)] as const,
      );
      expect(places.map(([start]) => start)).toEqual([0, ...places.map(([, end]) => end)].slice(0, -1));
      const characters = places.map(([start, end]): unknown => JSON.parse(`"${raw.slice(start, end)}"`));
      expect(characters.join('')).toBe(decoded.text);
      expect([decoded.rawEnd(0), decoded.rawStart(decoded.text.length)]).toEqual([0, raw.length]);
    }),
    { numRuns: 500 },
  );
});

test('knows it of any text, JSON or not', () => {
  const text = fc.string({ unit: fc.constantFrom('\\', 'u', '0', '4', 'n', '/', '"', 'x', 'é'), maxLength: 30 });
  fc.assert(
    fc.property(text, (raw) => {
      const decoded = new DecodedText(raw);
      const { length } = decoded.text;
      const parts = [...Array(length).keys()].map((index) =>
        raw.slice(decoded.rawStart(index), decoded.rawEnd(index + 1)),
      );
      expect(parts.join('')).toBe(raw);
      const indexes = parts.flatMap((part, index) => Array.from(part.split(''), () => index));
      expect([...Array(raw.length).keys()].map((at) => decoded.indexOf(at))).toEqual(indexes);
      expect(parts.map((part) => new DecodedText(part).text).join('')).toBe(decoded.text);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [String.raw`a\u0040b`, true],
  [String.raw`a\/b`, true],
  [String.raw`a\nb\"c\\`, false],
  ['a/b u0040', false],
])('says whether escapes in %s hide something', (text, expected) => {
  expect(hasHidingEscapes(text)).toBe(expected);
});
