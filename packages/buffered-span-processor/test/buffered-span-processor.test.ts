import { ROOT_CONTEXT, TraceFlags, context, diag } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import { buildSpan, recordWarnings } from '@genspan/test-utils';
import { BufferedSpanProcessor } from '../src/index.js';
import { BufferedApp } from './buffered-app.js';
import { ScriptedExporter, succeed } from './scripted-exporter.js';

beforeEach(() => {
  jest.useFakeTimers();
  recordWarnings();
});
afterEach(() => {
  diag.disable();
  context.disable();
  jest.useRealTimers();
});

/** Lets what is due now happen, immediates of immediates included. */
const settle = () => jest.advanceTimersByTimeAsync(1);

test('exports nothing inside end(), a full batch in the next turn, the rest after the delay', async () => {
  const app = new BufferedApp({ maxBatchSize: 2, scheduleDelayMillis: 1000 }, succeed);
  app.end('a', 'b', 'c');
  expect(app.exporter.exports).toHaveLength(0);
  await settle();
  expect(app.exporter.exports.map(({ names }) => names)).toEqual([['a', 'b']]);
  await jest.advanceTimersByTimeAsync(998);
  expect(app.exporter.exports).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(1);
  await settle();
  expect(app.exporter.names).toEqual(['a', 'b', 'c']);
  expect(app.processor.stats()).toMatchObject({ received: 3, exported: 3, batchesExported: 2, dropped: 0, errors: 0 });
  expect(jest.getTimerCount()).toBe(0);
});

test('waits for the delay again after each time it was over', async () => {
  const app = new BufferedApp({ scheduleDelayMillis: 1000 }, succeed);
  for (const name of ['a', 'b', 'c']) {
    app.end(name);
    await jest.advanceTimersByTimeAsync(1001);
  }
  expect(app.exporter.exports.map(({ names }) => names)).toEqual([['a'], ['b'], ['c']]);
});

test('a batch is full by bytes, too', async () => {
  const app = new BufferedApp({ maxBatchBytes: 100_000 }, succeed);
  const text = 'x'.repeat(30_000);
  for (const name of ['a', 'b']) app.tracer.startSpan(name, { attributes: { text } }).end();
  await settle();
  expect(app.exporter.exports.map(({ names }) => names)).toEqual([['a']]);
  expect(app.processor.queueSize()).toBe(1);
});

test('passes over spans that are not sampled', () => {
  const app = new BufferedApp();
  app.processor.onEnd(buildSpan({ traceFlags: TraceFlags.NONE }));
  expect(app.processor.stats().received).toBe(0);
});

test('has as many exports in flight as it may, and starts another when one ends', async () => {
  const app = new BufferedApp({ maxBatchSize: 1, maxConcurrentExports: 3 });
  app.endMany(5);
  await settle();
  await settle();
  expect(app.exporter.exports).toHaveLength(3);
  expect([app.processor.queueSize(), app.processor.pendingCount()]).toEqual([2, 5]);
  app.exporter.exports[1]?.succeed();
  await settle();
  expect(app.exporter.exports).toHaveLength(4);
  expect(app.unaccounted).toBe(0);
  for (const open of app.exporter.exports) open.succeed();
  await settle();
  expect(app.exporter.exports).toHaveLength(5);
});

test('runs exports so that nothing of them is recorded', async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const suppressed: boolean[] = [];
  const app = new BufferedApp({ maxBatchSize: 1 }, (_, answer) => {
    suppressed.push(isTracingSuppressed(context.active()));
    answer({ code: 0 });
  });
  context.with(ROOT_CONTEXT, () => app.end('a'));
  await settle();
  expect(suppressed).toEqual([true]);
});

test('takes what the exporter counts into its statistics, and zeros where it cannot count', () => {
  const exporter = Object.assign(new ScriptedExporter(), { deliveryCounts: () => ({ retried: 3, bytes: 4096 }) });
  expect(new BufferedSpanProcessor({ exporter }).stats()).toMatchObject({ retried: 3, bytes: 4096 });
  const broken = Object.assign(new ScriptedExporter(), {
    deliveryCounts: (): never => {
      throw new Error('gone');
    },
  });
  expect(new BufferedSpanProcessor({ exporter: broken }).stats()).toMatchObject({ retried: 0, bytes: 0 });
});

test('a batch of one span with several exports at once sends each span as it ends', async () => {
  const app = new BufferedApp({ maxBatchSize: 1, maxConcurrentExports: 2 });
  app.end('a');
  await settle();
  app.end('b');
  await settle();
  expect(app.exporter.exports.map(({ names }) => names)).toEqual([['a'], ['b']]);
});
