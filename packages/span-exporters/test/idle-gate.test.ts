import { IdleGate } from '../src/idle-gate.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('is idle at once while nothing is going on', async () => {
  expect(await new IdleGate().idle(1_000)).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});

test('is idle when all has ended, each counted once, and leaves no timer', async () => {
  const gate = new IdleGate();
  const [first, second] = [gate.enter(), gate.enter()];
  const idle = jest.fn();
  const waiting = gate.idle(1_000).then(idle);
  first();
  first();
  await Promise.resolve();
  expect(idle).not.toHaveBeenCalled();
  second();
  await waiting;
  expect(idle).toHaveBeenCalledWith(true);
  expect(jest.getTimerCount()).toBe(0);
});

test('says when the time is up, and goes on counting', async () => {
  const gate = new IdleGate();
  const leave = gate.enter();
  const waiting = gate.idle(1_000);
  jest.advanceTimersByTime(1_000);
  expect(await waiting).toBe(false);
  leave();
  expect(await gate.idle(1_000)).toBe(true);
});
