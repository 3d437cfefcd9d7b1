import { stackFrames } from '../src/stack-frames.js';
import { SECRET, secret } from './conversation.js';

function thrownBy(message: string): Error {
  return new Error(message);
}

it('keeps the frames of an exception and nothing of its message', () => {
  const frames = stackFrames(thrownBy(secret('one line')));
  expect(frames).toMatch(/^ {4}at thrownBy \(.*stack-frames\.test\.ts:\d+:\d+\)\n {4}at /);
  expect(frames).not.toContain(SECRET);
});

it('keeps nothing of a message that looks like a stack', () => {
  const message = ['failed on', `    at ${secret('a')} (/app/x.js:1:2)`, `    at ${secret('b')} (y.js:3:4)`].join('\n');
  const frames = stackFrames(thrownBy(message));
  expect(frames).toMatch(/^ {4}at thrownBy/);
  expect(frames).not.toContain(SECRET);
});

it('stops where a library appended the stack of a cause', () => {
  const error = thrownBy('outer');
  error.stack += `\nCaused by: Error: inner\n    at ${secret('cause')} (/app/x.js:1:2)`;
  expect(stackFrames(error)).toMatch(/^ {4}at thrownBy/);
  expect(stackFrames(error)).not.toContain(SECRET);
});

it('keeps nothing when the message was changed after the stack was written', () => {
  const error = thrownBy(`    at ${secret('old')} (/app/x.js:1:2)`);
  expect(error.stack).toContain(SECRET);
  error.message = 'changed';
  expect(stackFrames(error)).toBeUndefined();
});

it('keeps the frames of an exception without a message', () => {
  expect(stackFrames(thrownBy(''))).toMatch(/^ {4}at thrownBy/);
});

it.each([undefined, 12, ['a']])('has no frames for a stack that is %p', (stack) => {
  expect(stackFrames(Object.defineProperty(new Error('m'), 'stack', { value: stack }))).toBeUndefined();
});
