import { toRe2Source } from '../../src/pattern/re2-source.js';

/** What RE2's `\s` lacks. */
const MORE_SPACES = ['\v', '\u00a0', '\u1680', '\u2003', '\u2028', '\u202f', '\u205f', '\u3000', '\ufeff'];

describe('toRe2Source', () => {
  it('writes out the spaces of ECMAScript, in classes and out of them', () => {
    for (const pattern of [/^\s$/, /^[\s]$/, /^[^\S]$/]) {
      const source = toRe2Source(pattern);
      // A negated space in a class cannot be written out.
      if (pattern.source.includes('\\S')) expect(source).toBeUndefined();
      else
        for (const space of MORE_SPACES)
          expect(new RegExp((source ?? '').replaceAll('\\s', ' ')).test(space)).toBe(true);
    }
    for (const space of MORE_SPACES) expect(new RegExp(toRe2Source(/^\S$/) ?? '').test(space)).toBe(false);
  });

  it.each([
    [/[^]/, '(?s:.)'],
    [new RegExp('[]'), '[^\\x00-\\x{10ffff}]'],
    [/[\b]\b/, '[\\x08]\\b'],
    [/a[^\]]b\[/, 'a[^\\]]b\\['],
    [/[[^]x]/, '[[^]x]'],
    [/\d+x/, '\\d+x'],
  ])('writes %s as %s', (pattern, source) => {
    expect(toRe2Source(pattern)).toBe(source);
  });

  it.each([new RegExp('a', 'v'), new RegExp('\\p{L}'), new RegExp('\\P{L}'), new RegExp('\\u{2}'), /[\S,]/])(
    'gives %s up, which RE2 would take for something else',
    (pattern) => {
      expect(toRe2Source(pattern)).toBeUndefined();
    },
  );
});
