import { diag } from '@opentelemetry/api';
import { recordWarnings } from '@genspan/test-utils';
import { BufferedApp } from './buffered-app.js';

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

test('is lost when its time is over; an answer after that is late and changes no number', async () => {
  const app = new BufferedApp({ maxBatchSize: 1, exportTimeoutMillis: 1000 });
  app.end('a');
  await jest.advanceTimersByTimeAsync(1001);
  const lost = { received: 1, exported: 0, dropped: 1, errors: 1, droppedByReason: { timeout: 1 } };
  expect(app.processor.stats()).toMatchObject({ ...lost, lateResults: 0 });
  expect(app.droppedNames).toEqual(['a']);
  expect(app.processor.isHealthy()).toBe(false);
  app.exporter.exports[0]?.succeed();
  app.exporter.exports[0]?.succeed();
  expect(app.processor.stats()).toMatchObject({ ...lost, lateResults: 1 });
  expect(app.unaccounted).toBe(0);
});

test('keeps its place for as long again, and longer the more there are that never answered', async () => {
  const app = new BufferedApp({ maxBatchSize: 1, maxConcurrentExports: 1, exportTimeoutMillis: 1000 });
  app.endMany(10);
  const starts: number[] = [];
  const started = Date.now();
  jest.spyOn(app.exporter, 'export').mockImplementation(() => void starts.push(Date.now() - started));
  await jest.advanceTimersByTimeAsync(15_500);
  // Places are given up after 2, 3, 4 and 5 seconds.
  expect(starts.map((millis) => Math.floor(millis / 1000))).toEqual([0, 2, 5, 9, 14]);
  expect(app.processor.pendingCount()).toBeGreaterThan(0);
});

test('gives its place up at once when it answers late', async () => {
  const app = new BufferedApp({ maxBatchSize: 1, maxConcurrentExports: 1, exportTimeoutMillis: 1000 });
  app.end('a', 'b');
  await jest.advanceTimersByTimeAsync(1100);
  expect(app.exporter.exports).toHaveLength(1);
  app.exporter.exports[0]?.succeed();
  await settle();
  expect(app.exporter.exports).toHaveLength(2);
});
