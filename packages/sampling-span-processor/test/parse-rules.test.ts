import { OptionError } from '@genspan/span-processor-base';
import fc from 'fast-check';
import { CONDITION_OPTIONS } from '../src/parse-conditions.js';
import type { DecidedAt } from '../src/parse-conditions.js';
import { parseAdaptive, parseRules } from '../src/parse-rules.js';

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return (error as OptionError).message;
  }
  throw new Error('nothing was thrown');
}

const FIRST = { name: 'first' };

test('fills in what was not given', () => {
  expect(parseRules('rules', [{ name: 'all' }], 'spanEnd')).toEqual([
    { name: 'all', rate: 1, maxTracesPerSecond: undefined, adaptive: undefined, conditions: {} },
  ]);
  expect(parseRules('rules', undefined, 'spanEnd')).toEqual([]);
});

test('accepts rules as JSON has them', () => {
  const json = `[
    { "name": "filtered", "finishReasons": ["content_filter"] },
    { "name": "free tier", "rate": 0.05, "maxTracesPerSecond": 2.5, "adaptive": { "targetTracesPerSecond": 1 },
      "attributes": { "user.tier": { "regex": "^free" } }, "not": { "matchTags": ["vip"] } }
  ]`;
  expect(parseRules('rules', JSON.parse(json), 'spanEnd')).toEqual([
    {
      name: 'filtered',
      rate: 1,
      maxTracesPerSecond: undefined,
      adaptive: undefined,
      conditions: { finishReasons: ['content_filter'] },
    },
    {
      name: 'free tier',
      rate: 0.05,
      maxTracesPerSecond: 2.5,
      adaptive: { targetTracesPerSecond: 1, minRate: 0 },
      conditions: { attributes: { 'user.tier': { regex: /^free/ } }, not: { matchTags: ['vip'] } },
    },
  ]);
});

test('freezes the rules', () => {
  const rules = parseRules('rules', [{ name: 'a', adaptive: { targetTracesPerSecond: 1 } }], 'spanEnd');
  for (const part of [rules, rules[0], rules[0]?.adaptive, rules[0]?.conditions]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test.each<[string, unknown, string]>([
  ['no list', { name: 'a' }, 'Expected `rules` to be an array of rules, got an object'],
  ['null', null, 'Expected `rules` to be an array of rules, got `null`'],
  ['a rule that is text', ['a'], 'Expected `rules[0]` to be an object, got `"a"`'],
  ['a rule that is null', [FIRST, null], 'Expected `rules[1]` to be an object, got `null`'],
  ['a rule that is missing', new Array(1), 'Expected `rules[0]` to be an object, got `undefined`'],
  ['a rule without a name', [FIRST, { rate: 1 }], 'Expected `rules[1].name` to be a non-empty string, got `undefined`'],
  ['an empty name', [{ name: '' }], 'Expected `rules[0].name` to be a non-empty string, got `""`'],
  ['a name that is a number', [{ name: 7 }], 'Expected `rules[0].name` to be a non-empty string, got `7`'],
  [
    'a name twice',
    [FIRST, { name: 'b' }, FIRST],
    'Expected `rules[2].name` to be different from the names of other rules, got `"first"`',
  ],
  [
    'a rate above 1',
    [FIRST, { name: 'payments', rate: 1.5 }],
    'Expected `rules[1] "payments".rate` between 0 and 1, got `1.5`',
  ],
  [
    'a rate in text',
    [{ name: 'payments', rate: '1' }],
    'Expected `rules[0] "payments".rate` between 0 and 1, got `"1"`',
  ],
  [
    'no names to match',
    [{ name: 'a', matchNames: [] }],
    'Expected `rules[0] "a".matchNames` to be an array of at least one string, got an array of 0',
  ],
  [
    'a pattern that does not compile',
    [{ name: 'a', attributes: { 'user.id': { regex: '(' } } }],
    'Expected `rules[0] "a".attributes["user.id"].regex` to be a regular expression that compiles, or its source, got `"("`',
  ],
  [
    'no traces per second',
    [{ name: 'a', maxTracesPerSecond: 0 }],
    'Expected `rules[0] "a".maxTracesPerSecond` to be a number greater than 0, got `0`',
  ],
  [
    'a target of zero',
    [{ name: 'a', adaptive: { targetTracesPerSecond: 0 } }],
    'Expected `rules[0] "a".adaptive.targetTracesPerSecond` to be a number greater than 0, got `0`',
  ],
  [
    'no target',
    [{ name: 'a', adaptive: {} }],
    'Expected `rules[0] "a".adaptive.targetTracesPerSecond` to be a number greater than 0, got `undefined`',
  ],
  [
    'a least rate above the rate',
    [{ name: 'a', rate: 0.1, adaptive: { targetTracesPerSecond: 1, minRate: 0.2 } }],
    'Expected `rules[0] "a".adaptive.minRate` to be at most `rate`, got `0.2`',
  ],
])('does not accept %s', (_what, rules, message) => {
  expect(messageOf(() => parseRules('rules', rules, 'spanEnd'))).toBe(message);
});

test('names the rule with a misspelt option, and the options there are', () => {
  const message = messageOf(() => parseRules('rules', [FIRST, { name: 'b', matchName: ['x'] }], 'spanEnd'));
  expect(message).toMatch(/^Expected `rules\[1\] "b"` to have only `name`, `rate`, .*, got `"matchName"`$/);
  for (const option of CONDITION_OPTIONS) expect(message).toContain(`\`${option}\``);
});

test('puts the name of a rule into a message on one line and cut', () => {
  const message = messageOf(() => parseRules('rules', [{ name: `a\n${'b'.repeat(100)}`, rate: 2 }], 'spanEnd'));
  expect(message).toBe(`Expected \`rules[0] "a\\n${'b'.repeat(38)}…".rate\` between 0 and 1, got \`2\``);
});

test('accepts a limit and a moving rate together', () => {
  const rule = { name: 'a', rate: 0.5, maxTracesPerSecond: 5, adaptive: { targetTracesPerSecond: 2, minRate: 0.5 } };
  expect(parseRules('rules', [rule], 'spanEnd')[0]).toMatchObject({
    maxTracesPerSecond: 5,
    adaptive: { targetTracesPerSecond: 2, minRate: 0.5 },
  });
});

test('does not accept a limit on traces per second at span start, and says where there is one', () => {
  expect(messageOf(() => parseRules('rules', [{ name: 'a', maxTracesPerSecond: 5 }], 'spanStart'))).toBe(
    'Expected `rules[0] "a".maxTracesPerSecond` only in SamplingSpanProcessor, since it is not known at span start, got `5`',
  );
});

test('does not accept conditions on the end at span start', () => {
  expect(messageOf(() => parseRules('rules', [{ name: 'slow', minDurationMillis: 5 }], 'spanStart'))).toBe(
    'Expected `rules[0] "slow".minDurationMillis` only in SamplingSpanProcessor, since it is not known at span start, got `5`',
  );
});

test('accepts a moving rate at span start', () => {
  const [rule] = parseRules('rules', [{ name: 'a', adaptive: { targetTracesPerSecond: 5 } }], 'spanStart');
  expect(rule?.adaptive).toEqual({ targetTracesPerSecond: 5, minRate: 0 });
});

test.each<[string, unknown, string]>([
  ['no object', 5, 'Expected `adaptive` to be an object, got `5`'],
  [
    'an unknown option',
    { target: 5 },
    'Expected `adaptive` to have only `targetTracesPerSecond`, `minRate`, got `"target"`',
  ],
  [
    'a least rate above 1',
    { targetTracesPerSecond: 5, minRate: 2 },
    'Expected `adaptive.minRate` between 0 and 1, got `2`',
  ],
  [
    'a target without end',
    { targetTracesPerSecond: Infinity },
    'Expected `adaptive.targetTracesPerSecond` to be a number greater than 0, got `Infinity`',
  ],
])('does not accept %s as a moving rate', (_what, value, message) => {
  expect(messageOf(() => parseAdaptive('adaptive', value))).toBe(message);
});

const options = ['name', 'rate', 'maxTracesPerSecond', 'adaptive', ...CONDITION_OPTIONS];
const anything = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, 0.5, -1, 'a', '', '[', 'CLIENT', 'localRoot', [], {}, ['a'], { min: 1 }),
    fc.jsonValue(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...options, 'equals', 'regex', 'range', 'key'), tie('value'), { maxKeys: 4 }),
  ),
})).value;
const named = fc
  .dictionary(fc.constantFrom(...options), anything, { maxKeys: 3 })
  .map((rule) => ({ name: 'a', ...rule }));

test('throws nothing but option errors, whatever it is given', () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.oneof(anything, fc.array(named, { maxLength: 2 })),
      fc.constantFrom<DecidedAt>('spanStart', 'spanEnd'),
      (value, decidedAt) => {
        try {
          parseRules('rules', value, decidedAt);
          accepted += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(OptionError);
        }
      },
    ),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(0);
});
