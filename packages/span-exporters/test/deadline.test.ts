import { Deadline } from '../src/deadline.js';

const timeUp = () => new Error('time is up');

test('ends a step that cannot be stopped', async () => {
  const deadline = new Deadline(1, timeUp);
  await expect(deadline.race(new Promise(() => {}))).rejects.toThrow('time is up');
});

test('ends every later step at once, with the first end', async () => {
  const deadline = new Deadline(60_000, timeUp);
  deadline.end(new Error('first'));
  deadline.end(new Error('second'));
  await expect(deadline.race(new Promise(() => {}))).rejects.toThrow('first');
});

test('leaves work alone that is done in time', async () => {
  const deadline = new Deadline(1, timeUp);
  const whenEnded = jest.fn();
  deadline.onEnd(whenEnded);
  deadline.clear();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(whenEnded).not.toHaveBeenCalled();
});

test('lets what arrived while the process was busy come first', async () => {
  const deadline = new Deadline(5, timeUp);
  const arrived = deadline.race(
    // As an answer that the kernel holds: it is there in the next turn of the event loop.
    new Promise((resolve) => setTimeout(() => setImmediate(() => resolve('answer')), 1)),
  );
  const end = performance.now() + 20;
  while (performance.now() < end);
  await expect(arrived).resolves.toBe('answer');
});
