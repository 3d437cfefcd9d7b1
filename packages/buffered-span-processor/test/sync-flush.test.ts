import { diag } from '@opentelemetry/api';
import { recordWarnings } from '@genspan/test-utils';
import { BufferedApp } from './buffered-app.js';
import { succeed } from './scripted-exporter.js';

beforeEach(() => {
  jest.useFakeTimers();
  recordWarnings();
});
afterEach(() => {
  diag.disable();
  jest.useRealTimers();
});

/** Lets what is due now happen, immediates of immediates included. */
const settle = () => jest.advanceTimersByTimeAsync(1);

test('lets nothing leave until forceFlush(), which exports several batches at once', async () => {
  const app = new BufferedApp({ syncFlush: true, maxBatchSize: 2, maxConcurrentExports: 2 });
  app.endMany(6);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(app.exporter.exports).toHaveLength(0);
  const flushed = app.processor.forceFlush();
  await settle();
  expect(app.exporter.exports).toHaveLength(2);
  for (let i = 0; i < 3; i++) {
    app.exporter.exports[i]?.succeed();
    await settle();
  }
  await expect(flushed).resolves.toBeUndefined();
  expect(app.processor.stats().exported).toBe(6);
  app.end('next request');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(app.exporter.exports).toHaveLength(3);
});

test('holds the bounds of the queue', () => {
  const app = new BufferedApp({ syncFlush: true, maxQueueSize: 2, dropPolicy: 'oldest' });
  app.end('a', 'b', 'c');
  expect(app.droppedNames).toEqual(['a']);
});

test('forceFlush() rejects once, with how many spans were lost and why', async () => {
  const app = new BufferedApp({ syncFlush: true, maxBatchSize: 2 }, (spans, answer) =>
    answer(spans[0]?.name === 'span 0' ? { code: 1, error: new Error('503') } : { code: 0 }),
  );
  app.endMany(4);
  const flushed = expect(app.processor.forceFlush()).rejects.toThrow(
    'BufferedSpanProcessor: spans lost: 2 (export_failed 2), exported: 2',
  );
  await settle();
  await flushed;
  await expect(app.processor.forceFlush()).resolves.toBeUndefined();
});

test('forceFlush() does not reject for spans that a filter leaves out', async () => {
  const app = new BufferedApp({ syncFlush: true }, (_, answer) =>
    answer({ code: 0, losses: [{ reason: 'filtered', count: 1 }] }),
  );
  app.end('a');
  const flushed = app.processor.forceFlush();
  await settle();
  await expect(flushed).resolves.toBeUndefined();
});

test('forceFlush() rejects for what is left when its time is over', async () => {
  const app = new BufferedApp({
    syncFlush: true,
    maxBatchSize: 1,
    maxConcurrentExports: 1,
    exportTimeoutMillis: 1000,
  });
  app.endMany(3);
  const flushed = expect(app.processor.forceFlush()).rejects.toThrow('not answered for in time:');
  await jest.advanceTimersByTimeAsync(1000);
  await flushed;
  expect(app.unaccounted).toBe(0);
});

test('forceFlush() rejects when the exporter fails to flush, without its message', async () => {
  const app = new BufferedApp({ syncFlush: true }, succeed);
  jest.spyOn(app.exporter, 'forceFlush').mockRejectedValue(new Error('a prompt'));
  const flushed = expect(app.processor.forceFlush()).rejects.toThrow(
    'BufferedSpanProcessor: the exporter failed to flush',
  );
  await settle();
  await flushed;
});
