import { diag } from '@opentelemetry/api';
import { recordWarnings } from '@genspan/test-utils';
import { flushOnEnd } from '../src/index.js';
import type { FlushOnEndOptions, WaitUntil } from '../src/index.js';
import { BufferedApp } from './buffered-app.js';

afterEach(() => diag.disable());

/** An app whose handler ends one span, and whose exporter waits for the test. */
function serve() {
  const app = new BufferedApp({ syncFlush: true });
  const handle = async (name: string): Promise<{ name: string }> => {
    await Promise.resolve();
    app.end(name);
    return { name };
  };
  return { app, handle };
}

test('without waitUntil the result waits until the spans of the request have left', async () => {
  const { app, handle } = serve();
  let settled = false;
  const result = Promise.resolve(flushOnEnd(handle, { processor: app.processor })('a')).finally(() => (settled = true));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(app.exporter.names).toEqual(['a']);
  expect(settled).toBe(false);
  app.exporter.exports[0]?.succeed();
  expect(await result).toEqual({ name: 'a' });
});

test('with waitUntil the result is the very promise of the handler, and the flush is handed over', async () => {
  const { app } = serve();
  const promise = Promise.resolve('done');
  const taken: Promise<unknown>[] = [];
  const wrapped = flushOnEnd(
    () => {
      app.end('a');
      return promise;
    },
    { processor: app.processor, waitUntil: (work) => taken.push(work) },
  );
  expect(wrapped()).toBe(promise);
  expect(taken).toHaveLength(1);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  app.exporter.exports[0]?.succeed();
  await Promise.all(taken);
  expect(app.processor.stats().exported).toBe(1);
});

test('finds waitUntil in the arguments of the handler, with its own `this`', async () => {
  const { app } = serve();
  class ExecutionContext {
    readonly taken: Promise<unknown>[] = [];
    waitUntil(work: Promise<unknown>): void {
      this.taken.push(work);
    }
  }
  const ctx = new ExecutionContext();
  const wrapped = flushOnEnd((_request: string, _env: object, _ctx: ExecutionContext) => Promise.resolve('response'), {
    processor: app.processor,
    waitUntilOf: (_request, _env, context) => (work) => context.waitUntil(work),
  });
  expect(await wrapped('request', {}, ctx)).toBe('response');
  expect(ctx.taken).toHaveLength(1);
});

test.each<[string, Partial<FlushOnEndOptions>]>([
  ['gives none', { waitUntilOf: () => undefined }],
  [
    'throws',
    {
      waitUntil: () => {
        throw new Error('outside of a request');
      },
    },
  ],
])('awaits the flush when waitUntil %s', async (_, options) => {
  recordWarnings();
  const { app, handle } = serve();
  const result = flushOnEnd(handle, { processor: app.processor, ...options })('a');
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  app.exporter.exports[0]?.succeed();
  await result;
  expect(app.processor.stats().exported).toBe(1);
});

test('keeps `this`, the arguments and a synchronous result', async () => {
  const { app } = serve();
  const service = {
    rate: 2,
    handle: flushOnEnd(
      function (this: { rate: number }, a: number, b: number) {
        return this.rate * (a + b);
      },
      { processor: app.processor },
    ),
  };
  expect(await service.handle(1, 2)).toBe(6);
  const taken: unknown[] = [];
  const waitUntil: WaitUntil = (work) => taken.push(work);
  expect(flushOnEnd(() => 7, { processor: app.processor, waitUntil })()).toBe(7);
});

test('keeps the error of a handler that rejects or throws, after the flush', async () => {
  const { app } = serve();
  const error = new Error('handler');
  const forceFlush = jest.spyOn(app.processor, 'forceFlush');
  const options = { processor: app.processor };
  await expect(flushOnEnd(() => Promise.reject(error), options)()).rejects.toBe(error);
  const throws = (): Promise<never> => {
    throw error;
  };
  await expect(flushOnEnd(throws, options)()).rejects.toBe(error);
  expect(forceFlush).toHaveBeenCalledTimes(2);
  expect(() => flushOnEnd(throws, { ...options, waitUntil: () => {} })()).toThrow(error);
});

test.each<[string, () => Promise<void>]>([
  ['rejects', () => Promise.reject(new Error('flush'))],
  [
    'throws',
    () => {
      throw new Error('flush');
    },
  ],
  ['never ends', () => new Promise(() => {})],
])('gives the result all the same when the flush %s', async (_, forceFlush) => {
  recordWarnings();
  const wrapped = flushOnEnd(() => 'result', { processor: { forceFlush }, timeoutMillis: 20 });
  expect(await wrapped()).toBe('result');
});

test.each<[string, object, string]>([
  ['no processor', {}, 'Expected `processor` to be a span processor or a tracer provider (forceFlush)'],
  ['waitUntil twice', { waitUntil: () => {}, waitUntilOf: () => () => {} }, 'Expected `waitUntilOf` to be left out'],
  ['no time', { timeoutMillis: 0 }, 'Expected `timeoutMillis` to be an integer of at least 1'],
  ['endless time', { timeoutMillis: 2 ** 40 }, 'Expected `timeoutMillis` to be at most'],
  ['waitUntil that is none', { waitUntil: true }, 'Expected `waitUntil` to be a function'],
  ['a misspelt option', { wait: 1 }, 'Expected `options` to have only'],
])('refuses %s', (name, wrong, message) => {
  const { app } = serve();
  const options = { ...(name === 'no processor' ? {} : { processor: app.processor }), ...wrong };
  expect(() => flushOnEnd(() => 1, options as FlushOnEndOptions)).toThrow(message);
});
