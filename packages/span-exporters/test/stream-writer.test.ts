import { Writable } from 'node:stream';
import { StreamWriter } from '../src/stream-writer.js';

const tick = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

function failingStream(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('closed'), { code: 'EPIPE' })),
  });
}

test('keeps the error of a closed pipe from ending the process, and reports it', async () => {
  const onFailure = jest.fn();
  const writer = new StreamWriter(failingStream(), onFailure);
  writer.write('text');
  await writer.idle();
  await tick();
  expect(onFailure).toHaveBeenCalledTimes(1);
});

test('listens only while it writes: the application’s own failures stay the application’s', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  const writer = new StreamWriter(stream, () => {});
  writer.write('a');
  writer.write('b');
  expect(stream.listenerCount('error')).toBe(1);
  await writer.idle();
  await tick();
  expect(stream.listenerCount('error')).toBe(0);
});

test('survives a stream whose write throws', async () => {
  const onFailure = jest.fn();
  const stream = new Writable();
  stream.write = () => {
    throw new Error('write');
  };
  const writer = new StreamWriter(stream, onFailure);
  writer.write('a');
  await writer.idle();
  expect(onFailure).toHaveBeenCalledTimes(1);
});

test('idle() waits for a slow stream', async () => {
  let finish: (() => void) | undefined;
  const stream = new Writable({ write: (_chunk, _encoding, done) => void (finish = done) });
  const writer = new StreamWriter(stream, () => {});
  writer.write('a');
  let isIdle = false;
  const idle = writer.idle().then(() => (isIdle = true));
  await tick();
  expect(isIdle).toBe(false);
  finish?.();
  await idle;
});

test('idle() gives up on a pipe that nobody reads', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  const stream = new Writable({ write: () => {} });
  const writer = new StreamWriter(stream, () => {});
  writer.write('a');
  const idle = writer.idle();
  await jest.advanceTimersByTimeAsync(5_000);
  await idle;
  jest.useRealTimers();
});

test('does not wait for a callback from a write() that the application replaced', async () => {
  const stream = new Writable();
  const texts: unknown[] = [];
  stream.write = (text: unknown) => texts.push(text) > 0;
  const writer = new StreamWriter(stream, () => {});
  writer.write('a');
  await writer.idle();
  await tick();
  expect(texts).toEqual(['a']);
  expect(stream.listenerCount('error')).toBe(0);
});
