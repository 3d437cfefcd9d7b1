import { runInNewContext } from 'node:vm';
import { OptionError } from '@genspan/span-processor-base';
import type { Re2Constructor } from '../src/installed-re2.js';
import { loadInstalledRe2 } from '../src/installed-re2.js';
import type { UserPattern } from '../src/user-pattern.js';
import { compileUserPattern, compileWholePattern, SlowMatchError } from '../src/user-pattern.js';

const NO_RE2 = (): undefined => undefined;

function matchesOf(pattern: UserPattern, text: string): string[] {
  const matches: string[] = [];
  pattern.find(text, (start, end) => matches.push(text.slice(start, end)));
  return matches;
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('find', () => {
  it('finds all matches with their places, with and without the flag g', () => {
    for (const pattern of [/EMP-\d{6}/, /EMP-\d{6}/g]) {
      const found: [number, number][] = [];
      compileUserPattern('pattern', pattern).find('EMP-123456, EMP-654321', (...match) => found.push(match));
      expect(found).toEqual([
        [0, 10],
        [12, 22],
      ]);
    }
  });

  it.each([
    [/secret/i, 'SECRET', ['SECRET']],
    [/^id$/m, 'x\nid\ny', ['id']],
    [/a.b/s, 'a\nb', ['a\nb']],
    [/a.b/, 'a\nb', []],
    [/^.$/u, '\u{1f600}', ['\u{1f600}']],
    [/^.$/, '\u{1f600}', []],
    [new RegExp('[\\p{L}--[a-z]]', 'v'), 'aÄ', ['Ä']],
    [/(?<year>\d{4})/d, '2024', ['2024']],
  ])('keeps the flags of %s', (pattern, text, matches) => {
    expect(matchesOf(compileUserPattern('pattern', pattern), text)).toEqual(matches);
  });

  it('leaves the pattern it was given alone', () => {
    const pattern = /a/g;
    pattern.lastIndex = 3;
    const compiled = compileUserPattern('pattern', pattern);
    expect(matchesOf(compiled, 'aaaaa')).toHaveLength(5);
    expect(pattern.lastIndex).toBe(3);
    pattern.compile('b');
    expect(matchesOf(compiled, 'ab')).toEqual(['a']);
  });

  it.each([
    [/x*/, 'axxb', ['xx']],
    [/(?:)/, 'abc', []],
    [/\b/, 'ab cd', []],
    [/a?/u, '\u{1f600}a\u{1f600}', ['a']],
    [new RegExp('a?', 'v'), '\u{1f600}a\u{1f600}', ['a']],
    [/[^]??/u, '\u{1f600}', []],
  ])('goes on after empty matches of %s', (pattern, text, matches) => {
    expect(matchesOf(compileUserPattern('pattern', pattern), text)).toEqual(matches);
  });

  it('does not find half of a character after an empty match', () => {
    expect(matchesOf(compileUserPattern('pattern', /(?<![^])|[\udc00-\udfff]/u), '\u{1f600}')).toEqual([]);
  });

  it('can be called again while it calls with a match', () => {
    const compiled = compileUserPattern('pattern', /\d/);
    const inner: string[][] = [];
    compiled.find('1 2 3', () => inner.push(matchesOf(compiled, '45')));
    expect(inner).toEqual([
      ['4', '5'],
      ['4', '5'],
      ['4', '5'],
    ]);
  });

  it('takes a pattern of another realm', () => {
    const pattern: unknown = runInNewContext('/EMP-\\d{6}/');
    expect(matchesOf(compileUserPattern('pattern', pattern), 'EMP-123456')).toEqual(['EMP-123456']);
  });
});

describe('matchesWhole', () => {
  it.each([
    [/a|ab/, 'ab', true],
    [/a|ab/, 'abc', false],
    [/b/, 'ab', false],
    [/^ab$/, 'ab', true],
    [/ab/m, 'ab\ncd', false],
    [/cd/m, 'ab\ncd', false],
    [/^cd$/m, 'ab\ncd', false],
    [/ab\n^cd$/m, 'ab\ncd', true],
    [/AB/gi, 'ab', true],
    [/.*@corp\.com/, 'someone@corp.com', true],
    [/.*@corp\.com/, 'someone@corp.com.example', false],
    [/./u, '\u{1f600}', true],
    [/(?:)/, '', true],
    [/a*/, '', true],
  ])('of %s for %j is %s, each time', (pattern, text, expected) => {
    const { matchesWhole, engine } = compileWholePattern('pattern', pattern, NO_RE2);
    expect([matchesWhole(text), matchesWhole(text), engine]).toEqual([expected, expected, 'RegExp']);
  });
});

describe('refusals', () => {
  it.each([
    ['a string', 'EMP-\\d+', '`rules[0].pattern` to be a regular expression'],
    ['what only looks like one', { source: 'a', flags: 'g' }, '`rules[0].pattern` to be a regular expression'],
    ['nothing', undefined, '`rules[0].pattern` to be a regular expression'],
    ['a sticky one', /a/y, '`rules[0].pattern` to have no flag `y`'],
    ['a dangerous one', /(a+)+$/, '`rules[0].pattern` to take linear time on every text, but it can match'],
  ])('names the option for %s', (_, pattern, message) => {
    for (const compile of [compileUserPattern, compileWholePattern]) {
      const error = errorOf(() => compile('rules[0].pattern', pattern, NO_RE2));
      expect(error).toBeInstanceOf(OptionError);
      expect(error).toMatchObject({ option: 'rules[0].pattern', message: expect.stringContaining(message) as string });
    }
  });

  it('says that re2 would help, if it would', () => {
    expect(() => compileUserPattern('pattern', /\d+x/, NO_RE2)).toThrow('re2, which could run it, is not installed');
    expect(() => compileUserPattern('pattern', /(?!0)\d+x/, NO_RE2)).not.toThrow('re2');
    expect(() => compileUserPattern('pattern', /(?!0)\d+x/, NO_RE2)).toThrow(OptionError);
  });
});

/** What the package re2 exports, by its interface: it knows no lookarounds and no references. */
class FakeRe2 extends RegExp {
  constructor(source: string, flags: string) {
    if (/\(\?<?[=!]|\\[1-9]/.test(source)) throw new SyntaxError('invalid perl operator');
    super(source.replace('\\A', '^').replace('\\z', '(?![^])'), `${flags.replace('u', '')}u`);
  }
}

const installed = loadInstalledRe2();
const ENGINES: [string, Re2Constructor][] = [['a stand-in', FakeRe2]];
// The real one takes part where it is installed.
if (installed !== undefined) ENGINES.push(['the package', installed]);

describe.each(ENGINES)('under re2 (%s)', (_, Re2) => {
  it('runs what RegExp must not', () => {
    const compiled = compileUserPattern('pattern', /\w+@corp\.com/i, () => Re2);
    expect(compiled.engine).toBe('re2');
    expect(matchesOf(compiled, 'ü a@corp.com, B@CORP.COM \u{1f600}c@corp.com')).toEqual([
      'a@corp.com',
      'B@CORP.COM',
      'c@corp.com',
    ]);
  });

  it('is not loaded for what RegExp can run', () => {
    const load = jest.fn(() => Re2);
    expect(compileUserPattern('pattern', /EMP-\d{6}/, load).engine).toBe('RegExp');
    expect(load).not.toHaveBeenCalled();
  });

  it('matches whole texts', () => {
    const { matchesWhole, engine } = compileWholePattern('pattern', /(?:\w+\s?)*/m, () => Re2);
    expect([engine, matchesWhole('ab cd'), matchesWhole('ab cd!'), matchesWhole('ab\n!')]).toEqual([
      're2',
      true,
      false,
      false,
    ]);
  });

  it('takes the same spaces for spaces as RegExp', () => {
    const compiled = compileUserPattern('pattern', /\d+\s+x|[\s,]+y|\S+z/, () => Re2);
    expect(matchesOf(compiled, '1\u00a0x \u3000,\u2028y')).toEqual(['1\u00a0x', ' \u3000,\u2028y']);
  });

  it.each([/(?!0)\d+x/, /(\w+)\s\1/, /(?<=a+)b/])('gives both reasons when re2 cannot run %s either', (pattern) => {
    expect(() => compileUserPattern('pattern', pattern, () => Re2)).toThrow(
      /, but it .+ \(re2 does not support it \(.+\)\)/,
    );
  });

  it.each([new RegExp('[\\p{L}--[a-z]]+x', 'v'), new RegExp('\\p{L}|\\d+x'), /[\S,]+x/])(
    'does not run %s, which re2 would take for something else',
    (pattern) => {
      expect(() => compileUserPattern('pattern', pattern, () => Re2)).toThrow('re2 would read it differently');
    },
  );
});

describe('the time under re2', () => {
  it('ends with an error when the matches of one text take too long', () => {
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 100));
    const compiled = compileUserPattern('pattern', /\d+x/, () => FakeRe2);
    expect(matchesOf(compiled, '1x 2x')).toEqual(['1x', '2x']);
    expect(() => matchesOf(compiled, '1x 2x 3x 4x 5x')).toThrow(SlowMatchError);
    clock.mockRestore();
  });
});
