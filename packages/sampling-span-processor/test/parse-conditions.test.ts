import { OptionError } from '@genspan/span-processor-base';
import { CONDITION_OPTIONS, parseConditions } from '../src/parse-conditions.js';
import type { DecidedAt } from '../src/parse-conditions.js';
import type { SamplingConditions } from '../src/sampling-rule.js';

function messageOf(given: Record<string, unknown>, decidedAt: DecidedAt = 'spanEnd'): string {
  try {
    parseConditions('rule', given, decidedAt);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return (error as OptionError).message;
  }
  throw new Error('nothing was thrown');
}

/** One of each, as somebody would write it in JSON. */
const EVERY: Required<SamplingConditions> = {
  matchError: true,
  matchNames: ['chat *'],
  matchNamesIn: 'localRoot',
  matchTags: ['debug'],
  kinds: ['SERVER'],
  minDurationMillis: 1.5,
  minTotalTokens: 10,
  minInputTokens: 0,
  minOutputTokens: 1,
  minCostUsd: 0.001,
  models: ['gpt-*'],
  providers: ['openai'],
  operations: ['chat'],
  finishReasons: ['length'],
  toolErrors: false,
  minTimeToFirstChunkMillis: 100,
  minSpans: 2,
  attributes: { 'user.tier': { equals: 'free' } },
  not: { matchTags: ['internal'] },
};

/** What nobody knows when a span starts. */
const KNOWN_AT_END = [
  'matchError',
  'minDurationMillis',
  'minTotalTokens',
  'minInputTokens',
  'minOutputTokens',
  'minCostUsd',
  'finishReasons',
  'toolErrors',
  'minTimeToFirstChunkMillis',
  'minSpans',
] as const;

test('accepts every condition, and gives back what was given', () => {
  expect(parseConditions('rule', { ...EVERY }, 'spanEnd')).toEqual(EVERY);
  expect(Object.keys(EVERY).toSorted()).toEqual([...CONDITION_OPTIONS].toSorted());
});

test('takes undefined for not given', () => {
  const nothing = Object.fromEntries(CONDITION_OPTIONS.map((option) => [option, undefined]));
  expect(Object.keys(parseConditions('rule', nothing, 'spanStart'))).toEqual([]);
});

test('freezes all of it', () => {
  const { attributes, not, models, kinds, ...rest } = parseConditions('rule', { ...EVERY }, 'spanEnd');
  for (const part of [attributes, attributes?.['user.tier'], not, not?.matchTags, models, kinds, rest.finishReasons]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

test.each<[string, Record<string, unknown>, string]>([
  ['a word for a switch', { matchError: 'yes' }, 'Expected `rule.matchError` to be true or false, got `"yes"`'],
  ['null', { toolErrors: null }, 'Expected `rule.toolErrors` to be true or false, got `null`'],
  [
    'one name',
    { matchNames: 'chat' },
    'Expected `rule.matchNames` to be an array of at least one string, got `"chat"`',
  ],
  [
    'no names',
    { matchNames: [] },
    'Expected `rule.matchNames` to be an array of at least one string, got an array of 0',
  ],
  ['an empty name', { models: ['a', ''] }, 'Expected `rule.models[1]` to be a non-empty string, got `""`'],
  ['a number among tags', { matchTags: [1] }, 'Expected `rule.matchTags[0]` to be a non-empty string, got `1`'],
  [
    'another place for names',
    { matchNames: ['a'], matchNamesIn: 'root' },
    'Expected `rule.matchNamesIn` to be one of `anySpan`, `localRoot`, got `"root"`',
  ],
  [
    'a place without names',
    { matchNamesIn: 'localRoot' },
    'Expected `rule.matchNamesIn` together with `matchNames`, got `"localRoot"`',
  ],
  [
    'a kind in lower case',
    { kinds: ['CLIENT', 'server'] },
    'Expected `rule.kinds[1]` to be one of `INTERNAL`, `SERVER`, `CLIENT`, `PRODUCER`, `CONSUMER`, got `"server"`',
  ],
  [
    'a negative time',
    { minDurationMillis: -1 },
    'Expected `rule.minDurationMillis` to be a number of at least 0, got `-1`',
  ],
  ['half a token', { minTotalTokens: 0.5 }, 'Expected `rule.minTotalTokens` to be an integer of at least 0, got `0.5`'],
  ['a price in text', { minCostUsd: '1' }, 'Expected `rule.minCostUsd` to be a number of at least 0, got `"1"`'],
  ['no span', { minSpans: 0 }, 'Expected `rule.minSpans` to be an integer of at least 1, got `0`'],
  ['a list of attributes', { attributes: ['a'] }, 'Expected `rule.attributes` to be an object, got an array of 1'],
  ['no attribute', { attributes: {} }, 'Expected `rule.attributes` to name at least one attribute, got an object'],
  [
    'an attribute without a test',
    { attributes: { 'user.tier': 'free' } },
    'Expected `rule.attributes["user.tier"]` to be an object, got `"free"`',
  ],
  [
    'a bound in text',
    { attributes: { 'user.tier': { range: { max: '9' } } } },
    'Expected `rule.attributes["user.tier"].range.max` to be a finite number, got `"9"`',
  ],
  ['an empty `not`', { not: {} }, 'Expected `rule.not` to have at least one condition, got an object'],
  [
    'an empty `not` in `not`',
    { not: { not: {} } },
    'Expected `rule.not.not` to have at least one condition, got an object',
  ],
  [
    'a wrong value in `not`',
    { not: { minSpans: 0 } },
    'Expected `rule.not.minSpans` to be an integer of at least 1, got `0`',
  ],
])('does not accept %s', (_what, given, message) => {
  expect(messageOf(given)).toBe(message);
});

test('says what `not` can have', () => {
  expect(messageOf({ not: { rate: 1 } })).toMatch(
    /^Expected `rule\.not` to have only `matchError`, .*`not`, got `"rate"`$/,
  );
});

test('does not nest `not` without end', () => {
  let not: unknown = { minSpans: 1 };
  for (let depth = 0; depth < 50_000; depth++) not = { not };
  expect(messageOf({ not })).toMatch(/to be nested at most 8 deep, got an object$/);
});

test.each(KNOWN_AT_END)('does not accept %s at span start, also in `not`', (option) => {
  const expected = 'only in SamplingSpanProcessor, since it is not known at span start';
  expect(messageOf({ [option]: EVERY[option] }, 'spanStart')).toContain(`Expected \`rule.${option}\` ${expected}, got`);
  expect(messageOf({ not: { [option]: EVERY[option] } }, 'spanStart')).toContain(`\`rule.not.${option}\` ${expected}`);
});

test('accepts all other conditions at span start', () => {
  const known = Object.fromEntries(
    Object.entries(EVERY).filter(([option]) => !KNOWN_AT_END.some((atEnd) => atEnd === option)),
  );
  expect(parseConditions('rule', known, 'spanStart')).toEqual(known);
});

test('cuts the name of an attribute that is too long for a message', () => {
  expect(messageOf({ attributes: { ['k'.repeat(100)]: 1 } })).toBe(
    `Expected \`rule.attributes["${'k'.repeat(40)}…"]\` to be an object, got \`1\``,
  );
});

test('takes an attribute of any name for an attribute', () => {
  const given: unknown = JSON.parse('{ "__proto__": { "equals": 1 }, "constructor": { "equals": 2 } }');
  const { attributes = {} } = parseConditions('rule', { attributes: given }, 'spanEnd');
  expect(Object.entries(attributes)).toEqual([
    ['__proto__', { equals: 1 }],
    ['constructor', { equals: 2 }],
  ]);
});
