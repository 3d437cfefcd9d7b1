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

test('waits for what is in flight and what is queued, then flushes the exporter', async () => {
  const app = new BufferedApp({ maxBatchSize: 2, maxConcurrentExports: 1 });
  app.end('a', 'b');
  await settle();
  app.end('c');
  let flushed = false;
  void app.processor.forceFlush().then(() => (flushed = true));
  await settle();
  expect(flushed).toBe(false);
  app.exporter.exports[0]?.succeed();
  await settle();
  expect(app.exporter.names).toEqual(['a', 'b', 'c']);
  expect(flushed).toBe(false);
  app.exporter.exports[1]?.succeed();
  await settle();
  expect(flushed).toBe(true);
  expect(app.exporter.calls).toEqual(['export', 'export', 'forceFlush']);
});

test('is not prolonged by spans that end meanwhile', async () => {
  const app = new BufferedApp({ maxBatchSize: 1, maxConcurrentExports: 1 }, (_, answer) => {
    setTimeout(answer, 10, { code: 0 });
    app.end('more');
  });
  app.end('first');
  let flushed = false;
  void app.processor.flush().then(() => (flushed = true));
  await jest.advanceTimersByTimeAsync(15);
  expect(flushed).toBe(true);
  expect(app.processor.pendingCount()).toBeGreaterThan(0);
});

test('resolves when exports fail, when the exporter fails to flush, and when the time is over', async () => {
  const app = new BufferedApp({ exportTimeoutMillis: 1000 });
  jest.spyOn(app.exporter, 'forceFlush').mockRejectedValue(new Error('flush'));
  app.end('a');
  const failed = app.processor.forceFlush();
  await settle();
  app.exporter.exports[0]?.fail();
  await expect(failed).resolves.toBeUndefined();
  app.end('b');
  const hung = app.processor.forceFlush();
  await jest.advanceTimersByTimeAsync(1001);
  await expect(hung).resolves.toBeUndefined();
  expect(app.processor.stats().dropped).toBe(2);
});

test('resolves within its time though the exporter answers nothing', async () => {
  const app = new BufferedApp({ exportTimeoutMillis: 1000 }, succeed);
  jest.spyOn(app.exporter, 'forceFlush').mockReturnValue(new Promise(() => {}));
  const hung = app.processor.forceFlush();
  await jest.advanceTimersByTimeAsync(1000);
  await expect(hung).resolves.toBeUndefined();
  expect(jest.getTimerCount()).toBe(0);
});
