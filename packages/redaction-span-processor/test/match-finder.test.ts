import { DEFAULT_DETECTOR_NAMES } from '../src/detector-name.js';
import type { DetectorName } from '../src/detector-name.js';
import { Marks } from '../src/marks.js';
import { MatchFinder } from '../src/match-finder.js';
import type { CompiledPatternRule, MatchFinderOptions } from '../src/match-finder.js';
import { compileUserPattern, compileWholePattern } from '../src/user-pattern.js';

const email = 'ann@example.com';

function finder(options: Partial<MatchFinderOptions> = {}): MatchFinder {
  return new MatchFinder({
    detectors: new Set<DetectorName>(DEFAULT_DETECTOR_NAMES),
    rules: [],
    allowlist: new Set(),
    allowPatterns: [],
    isPhoneNumber: undefined,
    marks: new Marks([], 0),
    ...options,
  });
}

const rule = (pattern: RegExp, validate?: (match: string) => boolean, name = 'rule'): CompiledPatternRule => ({
  name,
  pattern: compileUserPattern('pattern', pattern),
  validate,
});

/** What was found, as it is written in the text, with its name. */
function found(text: string, options: Partial<MatchFinderOptions> = {}): [string, string][] {
  return finder(options)
    .find(text)
    .map(({ detector, start, end }) => [detector, text.slice(start, end)]);
}

describe('detectors', () => {
  test('find what is theirs in text, JSON, JSON in JSON and behind escapes', () => {
    const escaped = String.raw`ann\u0040example.com`;
    const json = JSON.stringify({ a: email });
    const nested = JSON.stringify({ arguments: json });
    expect(found(`to ${email}!`)).toEqual([['email', email]]);
    expect(found(json)).toEqual([['email', email]]);
    expect(found(nested)).toEqual([['email', email]]);
    expect(found(`{"a":"${escaped}"}`)).toEqual([['email', escaped]]);
    const deeper = JSON.stringify({ b: `{"a":"${escaped}"}` });
    expect(found(deeper)).toEqual([['email', escaped.replace('\\', '\\\\')]]);
  });

  test('find nothing when none is on', () => {
    expect(found(`to ${email}`, { detectors: new Set() })).toEqual([]);
  });

  test('find what is split over parts, each piece where it is', () => {
    const json = '[{"type":"text","text":"mail ann@exam"},{"type":"text","text":"ple.com now"}]';
    expect(found(json)).toEqual([
      ['email', 'ann@exam'],
      ['email', 'ple.com'],
    ]);
  });

  test('find each secret of parts once', () => {
    const json = `[{"type":"text","text":"to ${email}"},{"type":"text","text":" or bob@example.com"}]`;
    expect(found(json).map(([, text]) => text)).toEqual([email, 'bob@example.com']);
  });

  test('know a value by the name of its field', () => {
    const value = ['tr0ub4', 'dor&3'].join('');
    expect(finder().find(value, 'db.password')).toEqual([{ detector: 'secret_field', start: 0, end: value.length }]);
    expect(finder().find(value)).toEqual([]);
    expect(finder({ detectors: new Set<DetectorName>(['email']) }).find(value, 'db.password')).toEqual([]);
  });
});

describe('what is allowed', () => {
  test.each<[string, string, readonly string[]]>([
    ['the very text', `to ${email} or bob@example.com`, ['bob@example.com']],
    ['no other case', `to ${email.toUpperCase()}`, [email.toUpperCase()]],
    ['no part of a match', `to x${email}`, [`x${email}`]],
    ['a text in JSON', JSON.stringify([email]), []],
  ])('by the list is %s', (_what, text, left) => {
    expect(found(text, { allowlist: new Set([email]) }).map(([, match]) => match)).toEqual(left);
  });

  test.each<[RegExp, string, readonly string[]]>([
    [/.*@example\.com/, `${email} or bob@other.com`, ['bob@other.com']],
    [/ann/, email, [email]],
    [/@example\.com$/, email, [email]],
    [/ANN@.*/i, email, []],
    [/.*@example\.com/g, `${email} ${email}`, []],
  ])('by the pattern %s is only what fits it as a whole', (pattern, text, left) => {
    const allowPatterns = [compileWholePattern('allowPatterns[0]', pattern)];
    expect(found(text, { allowPatterns }).map(([, match]) => match)).toEqual(left);
  });

  test('goes for matches of rules, too', () => {
    const rules = [rule(/[A-Z]{3}-\d+/)];
    expect(found('ABC-1 ABC-2', { rules, allowlist: new Set(['ABC-1']) })).toEqual([['rule', 'ABC-2']]);
  });

  test('does not go for a part of a larger match', () => {
    const password = ['p4ss', 'w0rd!x'].join('');
    const text = `postgres://ann:${password}@example.com/db`;
    expect(found(text, { allowlist: new Set([`${password}@example.com`]) }).length).toBeGreaterThan(0);
  });
});

describe('rules', () => {
  const rules = [rule(/kiwi\n?plum|[A-Z]{3}-\d+|(?<!\d)4711(?!\d)/)];

  test.each<[string, string, readonly string[]]>([
    ['a text', 'ABC-12 and DEF-3', ['ABC-12', 'DEF-3']],
    ['strings and keys of JSON', '{"ABC-1":["x ABC-2"]}', ['ABC-1', 'ABC-2']],
    ['numbers of JSON', '{"a":4711,"b":[14711,4711]}', ['4711', '4711']],
    [
      'what JSON says, not how it is written',
      String.raw`["kiwi\nplum","\u0041BC-1","a\\u0041BC-9"]`,
      [String.raw`kiwi\nplum`, String.raw`\u0041BC-1`, 'BC-9'].slice(0, 2),
    ],
    [
      'JSON in JSON',
      JSON.stringify({ a: JSON.stringify({ b: 'kiwi\nplum', n: 4711 }) }),
      [String.raw`kiwi\\nplum`, '4711'],
    ],
    ['JSON in JSON in JSON', JSON.stringify([JSON.stringify([JSON.stringify(['ABC-1'])])]), ['ABC-1']],
    ['broken JSON', '{"a":"ABC-1', ['ABC-1']],
  ])('see %s', (_what, text, expected) => {
    expect(found(text, { rules }).map(([, match]) => match)).toEqual(expected);
  });

  test('see nothing of what is around a string of JSON', () => {
    expect(found('{"a":"b"}', { rules: [rule(/[{}":]/)] })).toEqual([]);
  });

  test('see the texts of parts as one', () => {
    const json = '[{"type":"text","text":"x ABC"},{"type":"text","text":"-12 y"}]';
    expect(found(json, { rules })).toEqual([
      ['rule', 'ABC'],
      ['rule', '-12'],
    ]);
  });

  test('have their validator asked, with what the JSON says', () => {
    const validate = jest.fn((match: string) => match.endsWith('1'));
    expect(found(String.raw`["\u0041BC-1","ABC-2"]`, { rules: [rule(/[A-Z]{3}-\d/, validate)] })).toEqual([
      ['rule', String.raw`\u0041BC-1`],
    ]);
    expect(validate.mock.calls).toEqual([['ABC-1'], ['ABC-2']]);
  });

  test('let through what their validator throws', () => {
    const fail = (): never => {
      throw new RangeError('validator');
    };
    expect(() => found('ABC-1', { rules: [rule(/ABC/, fail)] })).toThrow(RangeError);
  });

  test('can be beside a detector; what overlaps is one match', () => {
    expect(found(`id-${email}-x`, { rules: [rule(/id-ann@/)] })).toHaveLength(1);
  });

  test('can use a validator that searches with the same finder', () => {
    const outer: { finder?: MatchFinder } = {};
    const validate = (): boolean => outer.finder?.find(`to ${email}`, undefined).length === 1;
    outer.finder = finder({ rules: [rule(/ABC-\d/, validate, 'outer')] });
    expect(outer.finder.find('ABC-1 and bob@example.com')).toHaveLength(2);
  });
});

describe('marks', () => {
  test.each(['[REDACTED]', '[REDACTED:email]', '[HASH:0123456789abcdef]', '[HASH:us_ssn:0123456789abcdef]'])(
    'like %s are not found again',
    (mark) => {
      const rules = [rule(/REDACTED|HASH|[0-9a-f]{16}/)];
      expect(found(`password: ${mark} ${mark}`, { rules })).toEqual([]);
      expect(found(`${mark} ${email}`, { rules })).toEqual([['email', email]]);
    },
  );

  test('that are none do not hide what is in them', () => {
    expect(found(`[REDACTED ${email}]`)).toEqual([['email', email]]);
    expect(found(`[HASH:${email}]`)).toHaveLength(1);
  });

  test('with a secret in the place of a name do not hide it', () => {
    const key = ['sk', 'proj', 'a1B2c3D4e5F6g7H8'.repeat(2)].join('-');
    expect(found(`[REDACTED:${key}]`)).toEqual([['openai_key', key]]);
    expect(found(`[HASH:${key}:0123456789abcdef]`)).toEqual([['openai_key', key]]);
    expect(found(`{"a":"[REDACTED:${key}]"}`)).toEqual([['openai_key', key]]);
    const password = ['hunter2', 'secret', 'pw'].join('-');
    expect(found(`{"password":"[REDACTED:${password}]"}`)).toEqual([['secret_field', `[REDACTED:${password}]`]]);
  });

  test('do not hide what is behind them', () => {
    const card = Array(4).fill('1111').join(' ').replace('1', '4');
    const marks = new Marks([], 8);
    expect(found(`[REDACTED]${card}`, { marks })).toEqual([['payment_card', card]]);
    expect(found(`x [REDACTED]${email}`, { marks })).toEqual([['email', email]]);
    const rest = ['hunter2', 'Pl4nt3d'].join('-');
    expect(found(`password="[REDACTED]${rest}"`)).toEqual([['secret_field', `[REDACTED]${rest}`]]);
  });
});

test('what was found nowhere is the same empty list, that nobody can write', () => {
  const tested = finder();
  const first = tested.find('nothing to be found here');
  expect(first).toEqual([]);
  tested.find(`to ${email}`);
  expect(first).toEqual([]);
  expect(tested.find(String.raw`{"a":"nothing \u0040 all"}`)).toBe(first);
  expect(Object.isFrozen(first)).toBe(true);
});
