import { OptionError } from '@genspan/span-processor-base';
import { SamplingSpanProcessor } from '../src/index.js';

const delegate = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

test.each<[string, Record<string, unknown>, string]>([
  ['no delegate', { delegate: undefined }, '`delegate` to be a span processor'],
  ['a rate above 1', { rate: 1.5 }, '`rate` between 0 and 1, got `1.5`'],
  ['a rate that is no number', { rate: NaN }, '`rate` between 0 and 1'],
  ['a word for a switch', { keepErrors: 'yes' }, '`keepErrors` to be true or false'],
  ['a negative threshold', { slowThresholdMillis: -1 }, '`slowThresholdMillis` to be a number of at least 0'],
  ['no time to wait', { decisionWaitMillis: 0 }, '`decisionWaitMillis` to be an integer of at least 1'],
  ['more than a timer can wait', { decisionWaitMillis: 2 ** 31 }, '`decisionWaitMillis` to be at most'],
  ['no room for a trace', { maxTraces: 0 }, '`maxTraces` to be an integer of at least 1'],
  ['no room for a span', { maxSpansPerTrace: 0 }, '`maxSpansPerTrace` to be an integer of at least 1'],
  ['half a byte', { maxBufferedBytes: 0.5 }, '`maxBufferedBytes` to be an integer of at least 1'],
  ['no traces per second', { maxTracesPerSecond: 0 }, '`maxTracesPerSecond` to be a number above 0'],
  ['a target below zero', { adaptive: { targetTracesPerSecond: -1 } }, '`adaptive.targetTracesPerSecond`'],
  [
    'a least rate above the highest',
    { rate: 0.1, adaptive: { targetTracesPerSecond: 1, minRate: 0.2 } },
    '`adaptive.minRate` to be at most `rate`',
  ],
  ['a cost that is no function', { costOf: 3 }, '`costOf` to be a function'],
  ['a meter in place of its provider', { meterProvider: {} }, '`meterProvider` to be a meter provider'],
  ['a misspelt option', { rates: 1 }, '`options` to have only'],
  ['rules that are no list', { rules: {} }, '`rules`'],
  ['a rule without a name', { rules: [{ rate: 1 }] }, '`rules[0]'],
  ['a condition that does not exist', { rules: [{ name: 'a', minTokens: 1 }] }, 'rules[0] "a"'],
  ['a pattern that does not compile', { rules: [{ name: 'a', attributes: { x: { regex: '(' } } }] }, 'rules[0] "a"'],
])('refuses %s, naming it', (_, options, message) => {
  const make = () => new SamplingSpanProcessor({ delegate, ...options });
  expect(make).toThrow(OptionError);
  expect(make).toThrow(message);
});
