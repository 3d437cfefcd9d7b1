import fc from 'fast-check';
import { DETECTOR_NAMES } from '../src/detector-name.js';
import { Marks } from '../src/marks.js';
import { createReplacer } from '../src/replacer.js';

const MODES = ['mask', 'hash', 'remove', 'partial'] as const;
const none = new Marks([], 0);

describe('a mark', () => {
  it('is known by whichever mode it was made', () => {
    const ruleName = fc.stringMatching(/^[\w.-]{1,64}$/);
    const options = fc.record({
      mode: fc.constantFrom(...MODES),
      labels: fc.boolean(),
      keepLast: fc.integer({ min: 1, max: 8 }),
      hashKey: fc.constant('key'),
    });
    const detector = fc.constantFrom(...DETECTOR_NAMES);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), ruleName, detector, options, (secret, rule, name, made) => {
        const marks = new Marks([rule], 8);
        for (const label of [rule, name]) {
          const mark = createReplacer(made).replace(secret, label);
          expect(marks.isMark(mark)).toBe(mark !== '');
        }
      }),
    );
  });

  it.each<[number, string, boolean]>([
    [0, '[REDACTED]', true],
    [0, '[REDACTED]1', false],
    [4, '[REDACTED]1234', true],
    [4, '[REDACTED:phone]12345', false],
    [8, '[HASH:0123456789abcdef]1', false],
    [8, '[EXCLUDED]1', false],
  ])('has no more than %i characters behind it: %s', (tailLength, text, isMark) => {
    expect(new Marks([], tailLength).isMark(text)).toBe(isMark);
  });

  it.each([
    '',
    'ann@example.com',
    '[REDACTED',
    ' [REDACTED]',
    '[REDACTED]123456789',
    '[REDACTED:]',
    '[REDACTED:a b]',
    '[HASH:0123456789abcdef]x',
    '[HASH:0123456789ABCDEF]',
    '[HASH:0123]',
    '[EXCLUDED]x',
    '[]',
  ])('is not %j', (text) => {
    expect(none.isMark(text)).toBe(false);
  });

  it.each(['[EXCLUDED]', '[REDACTED:ipv4]', '[REDACTED:customer_name]', '[HASH:credit.card:0123456789abcdef]'])(
    'of other software is known by its form: %s',
    (text) => {
      expect(none.isMark(text)).toBe(true);
    },
  );

  it.each(['hunter2-secret-pw', '4155552671', 'x'.repeat(20)])(
    'does not have what could be a secret as its name: %s',
    (name) => {
      expect(none.isMark(`[REDACTED:${name}]`)).toBe(false);
      expect(none.isMark(`[HASH:${name}:0123456789abcdef]`)).toBe(false);
      expect(new Marks([name], 0).isMark(`[REDACTED:${name}]`)).toBe(true);
    },
  );
});

describe('matches', () => {
  const left = (text: string, start: number, end: number, marks = none) => marks.without(text, [{ start, end }]).length;

  it.each<[string, number, number, number]>([
    ['all of a mark', 2, 12, 0],
    ['part of it', 3, 8, 0],
    ['two marks and what is between them', 2, 24, 0],
    ['what goes on behind a mark', 2, 26, 1],
    ['what begins in front of it', 0, 12, 1],
    ['what begins behind it', 25, 26, 1],
  ])('that are %s', (_what, start, end, expected) => {
    expect(left('a [REDACTED], [REDACTED] b', start, end)).toBe(expected);
  });

  it('may be in what is left behind a mark, but not end behind that', () => {
    const marks = new Marks([], 4);
    const text = '[REDACTED]1234 567';
    expect(left(text, 10, 14, marks)).toBe(0);
    expect(left(text, 10, 18, marks)).toBe(1);
    expect(left(text, 10, 14)).toBe(1);
    expect(left('[REDACTED]1 2', 12, 13, marks)).toBe(1);
  });

  it('are all left where there is no mark', () => {
    const matches = [{ start: 0, end: 4 }];
    expect(none.without('some text', matches)).toBe(matches);
    expect(none.without('[REDACTED: no', matches)).toEqual(matches);
  });
});
