import * as fc from 'fast-check';
import { explainDanger, MAX_STEPS_PER_CHARACTER } from '../src/pattern-safety.js';
import { compileUserPattern } from '../src/user-pattern.js';
import { cpuMillis } from './cpu-millis.js';
import { ALPHABET, arbitraryAttack, arbitraryPattern } from './pattern/arbitrary-pattern.js';
import { pumpsOf } from './pattern/attacks.js';
import { BacktrackingEngine } from './pattern/backtracking.js';
import { DANGEROUS_PATTERNS, ORDINARY_PATTERNS } from './pattern/patterns.js';

/** More steps than any linear search of these short texts takes. */
const STEP_LIMIT = 400_000;

/** A time that can be measured. */
const LEAST_MILLIS = 0.5;

function leastCpuMillis(times: number, action: () => void): number {
  return Math.min(...Array.from({ length: times }, () => cpuMillis(action)));
}

describe('patterns that people give', () => {
  it.each(ORDINARY_PATTERNS.map((pattern) => [String(pattern), pattern] as const))('lets %s pass', (_, pattern) => {
    expect(explainDanger(pattern, 'find')).toBeUndefined();
  });

  it.each(ORDINARY_PATTERNS.map((pattern) => [String(pattern), pattern] as const))(
    'searches 1 MB for %s in about sixteen times what 64 KB take, whatever is repeated',
    (_, pattern) => {
      const { find } = compileUserPattern('pattern', pattern);
      for (const pump of pumpsOf(pattern)) {
        const [small, large] = [2 ** 16, 2 ** 20].map((length) => `${pump.repeat(length / pump.length)}\u0000`);
        const smallMillis = leastCpuMillis(3, () => find(small ?? '', () => undefined));
        const largeMillis = leastCpuMillis(1, () => find(large ?? '', () => undefined));
        // Quadratic would be 256 times; the second try is for one in which memory was cleared.
        const isLinear = (millis: number): boolean => millis < 16 * 6 * Math.max(smallMillis, LEAST_MILLIS);
        expect([
          pump,
          isLinear(largeMillis) || isLinear(leastCpuMillis(3, () => find(large ?? '', () => undefined))),
        ]).toEqual([pump, true]);
      }
    },
    60_000,
  );
});

describe('dangerous patterns', () => {
  it.each(DANGEROUS_PATTERNS.map((pattern) => [String(pattern), pattern] as const))(
    'does not let %s pass',
    (_, pattern) => {
      expect(explainDanger(pattern, 'find')).toEqual(expect.any(String));
    },
  );

  it.each([
    [/(a+)+$/, /exponentially many ways in `\(a\+\)\+`/],
    [/(?:a|a)*b/, /exponentially many ways/],
    [/\w+@corp\.com/, /begin anywhere in what `\\w\+` reads.*\{1,64\}.*\\b/],
    [/foo[a-z]+x/, /begin anywhere in what `\[a-z\]\+` reads/],
    [/^a*a*b/, /divide the same text between `a\*` and `a\*`.*\{1,64\}/],
    [/(a|a){30}x/, /more than 256 steps for each character/],
    [/\b(\w+) \1/, /refers back to a group without a small bound/],
    [/(?<=a+)b/, /lookbehind without a small bound/],
    [/a{20000}/, /too large/],
    [new RegExp('[\\p{RGI_Emoji}]x', 'v'), /class that matches strings/],
    [new RegExp('('.repeat(20_000) + ')'.repeat(20_000)), /cannot be checked/],
  ])('says of %s why, and what helps', (pattern, reason) => {
    expect(explainDanger(pattern, 'find')).toMatch(reason);
  });

  it.each([
    [/(a+)+$/, 'a', '!'],
    [/\w+@corp\.com/, 'a', ''],
    [/foo[a-z]+x/, 'foo', ''],
    [/<!--.*?-->/s, '<!--', ''],
    [/\d+\b/, '1', '_'],
    [/a+b+$/, 'a', ''],
    [/(?:\w+\s?)*$/, 'a ', '!'],
  ])('is right about %s: repeating %j twice as often takes at least three times the steps', (pattern, pump, end) => {
    const engine = new BacktrackingEngine(pattern);
    const [once, twice] = [40, 80].map((times) => engine.findAll(`${pump.repeat(times)}${end}`, STEP_LIMIT).steps);
    expect(twice).toBeGreaterThanOrEqual(3 * Math.min(once ?? 0, STEP_LIMIT / 3));
  });
});

describe('what a pattern is used for', () => {
  it.each([/.*@corp\.com/, /\w+@corp\.com/, /\d+x/, /.+-test/, /[a-z]+\.example/, /(?:foo|bar)\d*/])(
    'lets %s match whole texts, which it may not be looked for in all places with',
    (pattern) => {
      expect(explainDanger(pattern, 'whole')).toBeUndefined();
    },
  );

  it.each([/(?:a|a)*/, /(?:\w+)+/, /a*a*/, /(?:\d|\d\d)+/])(
    'refuses %s for whole texts, because what has matched can still fail at the end',
    (pattern) => {
      expect(explainDanger(pattern, 'whole')).toEqual(expect.any(String));
    },
  );
});

describe('any pattern', () => {
  const words = [...ALPHABET, ...ALPHABET.flatMap((one) => ALPHABET.map((other) => one + other))];

  it.each(['find', 'whole'] as const)(
    'takes linear steps on every text if it passes for use %s',
    (use) => {
      const attacks = fc.array(arbitraryAttack, { minLength: 10, maxLength: 10 });
      fc.assert(
        fc.property(arbitraryPattern, attacks, (pattern, parts) => {
          fc.pre(explainDanger(pattern, use) === undefined);
          const engine = new BacktrackingEngine(pattern);
          for (const [before, pump, after] of [...parts, ...words.map((word) => ['', word, '!'] as const)]) {
            const [once = 0, twice = 0] = [60, 120].map((length) => {
              const text = before + pump.repeat(length / pump.length) + after;
              return use === 'find' ? engine.findAll(text, STEP_LIMIT).steps : engine.matchWhole(text, STEP_LIMIT);
            });
            expect([before, pump, after, twice < 2.7 * Math.max(once, 200)]).toEqual([before, pump, after, true]);
          }
        }),
        { numRuns: 60 },
      );
    },
    60_000,
  );

  it('costs no more steps than it may, by the count of an engine without short cuts', () => {
    for (const pattern of [/\w{3,20}@corp\.com/, /[\w.]{1,64}@[\w.]{1,255}/, /[^\s@]{1,64}@internal\b/]) {
      const { steps } = new BacktrackingEngine(pattern).findAll('a'.repeat(400), STEP_LIMIT);
      expect(steps / 400).toBeLessThan(MAX_STEPS_PER_CHARACTER);
    }
  });
});
