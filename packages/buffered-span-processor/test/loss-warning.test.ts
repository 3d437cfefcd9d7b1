import { diag } from '@opentelemetry/api';
import { recordWarnings } from '@genspan/test-utils';
import { LossWarning } from '../src/loss-warning.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  diag.disable();
  jest.useRealTimers();
});

test('warns at the first loss, then once a minute with the numbers, then no more', () => {
  const lines = recordWarnings();
  const warning = new LossWarning();
  warning.add('queue_full', 1);
  expect(lines).toEqual([expect.stringContaining('(queue_full 1)')]);
  for (let i = 0; i < 1000; i++) warning.add('queue_full', 1);
  warning.add('timeout', 512);
  jest.advanceTimersByTime(59_999);
  expect(lines).toHaveLength(1);
  jest.advanceTimersByTime(1);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('(queue_full 1000, timeout 512)');
  jest.advanceTimersByTime(600_000);
  expect(lines).toHaveLength(2);
  expect(jest.getTimerCount()).toBe(0);
  warning.add('timeout', 1);
  expect(lines).toHaveLength(3);
});

test('says at the end what it has not said, and leaves no timer', () => {
  const lines = recordWarnings();
  const warning = new LossWarning();
  warning.end();
  expect(lines).toEqual([]);
  warning.add('timeout', 1);
  warning.add('shutdown', 7);
  warning.end();
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('(shutdown 7)');
  expect(jest.getTimerCount()).toBe(0);
});

test('does not warn of what a filter leaves out, and survives a logger that throws', () => {
  const lines = recordWarnings(() => {
    throw new Error('no log');
  });
  const warning = new LossWarning();
  warning.add('filtered', 3);
  expect(lines).toEqual([]);
  expect(() => warning.add('timeout', 3)).not.toThrow();
  warning.end();
});
