import { FailureCounter } from '../src/failure-counter.js';
import { neverThrow, promiseOf } from '../src/never-throw.js';

const failures = () => new FailureCounter('Test', 'goes on');

test('returns what the function returns', () => {
  const counter = failures();
  const safe = neverThrow(
    (a: number, b: number) => a + b,
    'add',
    counter,
    () => -1,
  );
  expect(safe(1, 2)).toBe(3);
  expect(counter.total).toBe(0);
});

test('returns what the caller chose, from the same arguments, when the function throws', () => {
  const counter = failures();
  const safe = neverThrow(
    (_text: string): string => {
      throw new Error('boom');
    },
    'redact',
    counter,
    (text) => '*'.repeat(text.length),
  );
  expect(safe('abc')).toBe('***');
  expect(counter.byOperation()).toEqual({ redact: 1 });
});

test('counts the rejection of an async hook, which would otherwise be unhandled', async () => {
  const counter = failures();
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  const hook = neverThrow(
    () => Promise.reject(new Error('boom')),
    'hook',
    counter,
    () => Promise.resolve(),
  );
  void hook();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(counter.byOperation()).toEqual({ hook: 1 });
  expect(unhandled).not.toHaveBeenCalled();
});

test('makes a promise of a throw and of a function that returns none', async () => {
  await expect(
    promiseOf(() => {
      throw new Error('boom');
    }),
  ).rejects.toThrow('boom');
  const returnsNothing: () => unknown = () => undefined;
  await expect(promiseOf(returnsNothing as () => Promise<void>)).resolves.toBeUndefined();
});
