import { FailureCounter } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { parseAttributeSources } from '../src/attribute-source.js';
import type { AttributeSources } from '../src/attribute-source.js';

const span = buildSpan({ name: 'chat gpt-4o' });

function parse(given: unknown): AttributeSources & { failures: FailureCounter } {
  const failures = new FailureCounter('Test', 'it goes on');
  return { ...parseAttributeSources(given, failures), failures };
}

test('tells values from functions, and when a function is asked', () => {
  const { fixed, atStart, atEnd } = parse({
    team: 'ai',
    tags: ['a', 'b'],
    nothing: undefined,
    now: () => 1,
    late: { value: () => 2, at: 'end' },
  });
  expect(fixed).toEqual([
    ['team', 'ai'],
    ['tags', ['a', 'b']],
  ]);
  expect(atStart.map(({ key }) => key)).toEqual(['now']);
  expect(atEnd.map(({ key }) => key)).toEqual(['late']);
});

test('asks a function with the span', () => {
  const { atStart } = parse({ copy: ({ name }: { name: string }) => name });
  expect(atStart[0]?.for(span)).toBe('chat gpt-4o');
});

test('asks again for each span unless told how long a value is good', () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] });
  let calls = 0;
  const value = (): number => (calls += 1);
  const { atStart } = parse({ a: value, b: { value, cacheMillis: 1_000 }, c: { value, cacheMillis: Infinity } });
  const [a, b, c] = atStart;
  expect([a?.for(span), a?.for(span)]).toEqual([1, 2]);
  expect([b?.for(span), b?.for(span), c?.for(span)]).toEqual([3, 3, 4]);
  jest.advanceTimersByTime(1_001);
  expect([b?.for(span), c?.for(span)]).toEqual([5, 4]);
  jest.useRealTimers();
});

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new Error('secret');
    },
  ],
  ['gives an object', () => ({})],
  ['gives no finite number', () => NaN],
  ['gives a mixed array', () => [1, 'a']],
  ['is async', () => Promise.reject(new Error('later'))],
])('gives nothing, and counts, where a function %s', (_what, value) => {
  const { atStart, failures } = parse({ a: value });
  expect(atStart[0]?.for(span)).toBeUndefined();
  expect(failures.byOperation()).toEqual({ attributes: 1 });
});

test('takes undefined for no attribute, and no failure', () => {
  const { atStart, failures } = parse({ a: () => undefined });
  expect(atStart[0]?.for(span)).toBeUndefined();
  expect(failures.total).toBe(0);
});

test.each<[unknown, string]>([
  [[], 'Expected `attributes` to be an object, got an array of 0'],
  [{ '': 1 }, 'Expected `attributes` to have no empty key, got an object'],
  [{ a: null }, 'Expected `attributes.a` to be an attribute value or a function, got `null`'],
  [{ a: NaN }, 'Expected `attributes.a` to be an attribute value or a function, got `NaN`'],
  [{ a: { value: 1 } }, 'Expected `attributes.a.value` to be a function, got `1`'],
  [{ a: { value: () => 1, at: 'now' } }, 'Expected `attributes.a.at` to be one of `start`, `end`, got `"now"`'],
  [
    { a: { value: () => 1, cacheMillis: -1 } },
    'Expected `attributes.a.cacheMillis` to be a number of at least 0, got `-1`',
  ],
  [{ a: { value: () => 1, ttl: 1 } }, 'Expected `options` to have only `value`, `at`, `cacheMillis`, got `"ttl"`'],
])('refuses %p', (given, message) => {
  expect(() => parse(given)).toThrow(message);
});
