import { OptionError } from '@genspan/span-processor-base';
import { parseGenAISamplerOptions } from '../src/genai-sampler-options.js';
import type { StartSamplingRule } from '../src/genai-sampler-options.js';
import { GenAISampler } from '../src/genai-sampler.js';

test('nothing given means: keep everything', () => {
  expect(parseGenAISamplerOptions(undefined)).toEqual({
    rate: 1,
    rules: [],
    adaptive: undefined,
    recordUnsampled: false,
    randomness: 'traceId',
  });
});

test('undefined means default, and the result is frozen', () => {
  const options = { rate: undefined, rules: undefined, adaptive: undefined, randomness: undefined } as object;
  expect(parseGenAISamplerOptions(options)).toEqual(parseGenAISamplerOptions(undefined));
  expect(Object.isFrozen(parseGenAISamplerOptions({}))).toBe(true);
});

test.each([
  ['a rate above 1', { rate: 1.5 }, /`rate` between 0 and 1, got `1.5`/],
  ['a rate that is no number', { rate: NaN }, /`rate` between 0 and 1, got `NaN`/],
  ['a misspelt option', { ratio: 1 }, /only `rate`, `rules`, .* got `"ratio"`/],
  ['an unknown randomness', { randomness: 'session' }, /`randomness` to be one of `traceId`, `conversation`/],
  ['a switch that is none', { recordUnsampled: 'yes' }, /`recordUnsampled` to be true or false/],
  ['a target below 0', { adaptive: { targetTracesPerSecond: -1 } }, /`adaptive\.targetTracesPerSecond`/],
  [
    'a lowest rate above the highest',
    { rate: 0.1, adaptive: { targetTracesPerSecond: 1, minRate: 0.2 } },
    /`adaptive\.minRate` to be at most `rate`/,
  ],
  ['rules that are none', { rules: 'all' }, /`rules`/],
  ['a rule without a name', { rules: [{ matchNames: ['a'] }] }, /`rules\[0\]\.name`/],
  [
    'a condition that nobody knows at the start',
    { rules: [{ name: 'slow', minDurationMillis: 5 }] },
    /`rules\[0\] "slow"\.minDurationMillis`.*not known at span start/,
  ],
  ['the same inside not', { rules: [{ name: 'fine', not: { matchError: true } }] }, /"fine"\.not\.matchError/],
  [
    'a limit that cannot be fair at the start',
    { rules: [{ name: 'some', maxTracesPerSecond: 5 }] },
    /maxTracesPerSecond/,
  ],
])('%s throws where the sampler is made', (_title, options, message) => {
  const make = () => new GenAISampler(options as object);
  expect(make).toThrow(OptionError);
  expect(make).toThrow(message);
});

test('the types of rules name what can be asked at the start, and the check agrees', () => {
  const rule: Required<StartSamplingRule> = {
    name: 'all',
    rate: 0.5,
    adaptive: { targetTracesPerSecond: 5 },
    matchNames: ['chat *'],
    matchNamesIn: 'localRoot',
    matchTags: ['vip'],
    kinds: ['CLIENT'],
    models: ['gpt-*'],
    providers: ['openai'],
    operations: ['chat'],
    attributes: { region: { in: ['eu', 'us'] } },
    not: { matchTags: ['internal'] },
  };
  expect(parseGenAISamplerOptions({ rules: [rule] }).rules.map(({ name }) => name)).toEqual(['all']);
});
