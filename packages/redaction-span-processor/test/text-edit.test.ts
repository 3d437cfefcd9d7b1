import * as fc from 'fast-check';
import { DecodedText } from '../src/decoded-text.js';
import { applyEdits, editInString } from '../src/text-edit.js';
import type { TextEdit } from '../src/text-edit.js';
import { writeString } from './json-texts.js';

describe('applyEdits', () => {
  it('replaces, deletes and inserts', () => {
    const edits = [
      { start: 0, end: 1, text: 'X' },
      { start: 1, end: 3, text: '' },
      { start: 4, end: 4, text: '!' },
      { start: 5, end: 6, text: 'long' },
    ];
    expect(applyEdits('abcdef', edits)).toBe('Xd!elong');
    expect(applyEdits('abcdef', [])).toBe('abcdef');
  });
});

/** Edits of the string whose first quote is at `start`, which ends at the last quote of `text`. */
function editsOfString(text: string, start: number, edits: readonly TextEdit[]): TextEdit[] {
  const decoded = new DecodedText(text.slice(start + 1, text.lastIndexOf('"')));
  return edits.map((edit) => editInString(edit, decoded, start + 1));
}

describe('editInString', () => {
  it('edits a string however it is written, and leaves the rest of it as it is written', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const cuts = fc.array(fc.nat(20), { maxLength: 6 });
    fc.assert(
      fc.property(
        text,
        fc.nat(4),
        cuts,
        fc.string({ unit: 'binary', maxLength: 5 }),
        (decoded, style, places, replacement) => {
          const bounds = places.map((place) => Math.min(place, decoded.length)).sort((left, right) => left - right);
          const edits = bounds.flatMap((start, index) => {
            const end = bounds[index + 1];
            return index % 2 === 0 && end !== undefined ? [{ start, end, text: replacement }] : [];
          });
          const raw = `[1, ${writeString(decoded, style)} ]`;
          const edited = applyEdits(raw, editsOfString(raw, 4, edits));
          expect(JSON.parse(edited)).toEqual([1, applyEdits(decoded, edits)]);
          expect(edited.startsWith(raw.slice(0, 5))).toBe(true);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('keeps the escapes around what changes', () => {
    const raw = '"\\u0061\\/x\\ud83d\\ude00y\\n"';
    expect(applyEdits(raw, editsOfString(raw, 0, [{ start: 2, end: 3, text: '"' }]))).toBe(
      '"\\u0061\\/\\"\\ud83d\\ude00y\\n"',
    );
  });

  it('takes time linear in the string and in the edits', () => {
    const raw = `"${'\\n'.repeat(200_000)}"`;
    const edits = Array.from({ length: 100_000 }, (_, index) => ({ start: 2 * index, end: 2 * index + 1, text: 'x' }));
    const start = performance.now();
    const edited = applyEdits(raw, editsOfString(raw, 0, edits));
    expect(edited).toBe(`"${'x\\n'.repeat(100_000)}"`);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
