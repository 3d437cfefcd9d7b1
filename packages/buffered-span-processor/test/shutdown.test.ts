import { diag } from '@opentelemetry/api';
import { recordWarnings } from '@genspan/test-utils';
import { BufferedApp } from './buffered-app.js';
import { ScriptedExporter, succeed } from './scripted-exporter.js';

let warnings: string[];

beforeEach(() => {
  jest.useFakeTimers();
  warnings = recordWarnings();
});
afterEach(() => {
  diag.disable();
  jest.useRealTimers();
});

/** Lets what is due now happen, immediates of immediates included. */
const settle = () => jest.advanceTimersByTimeAsync(1);

test('exports what is left, shuts the exporter down once, and counts what comes later', async () => {
  const app = new BufferedApp({}, succeed);
  app.end('a');
  const first = app.processor.shutdown();
  expect(app.processor.shutdown()).toBe(first);
  expect(app.processor.forceFlush()).toBe(first);
  await settle();
  await first;
  expect(app.exporter.calls).toEqual(['export', 'shutdown']);
  app.end('late');
  expect(app.processor.stats()).toMatchObject({ exported: 1, dropped: 1, droppedByReason: { shutdown: 1 } });
  expect(app.droppedNames).toEqual(['late']);
  expect(app.processor.isHealthy()).toBe(false);
});

test('ends in time when the exporter hangs, and tells what was left in one warning', async () => {
  const app = new BufferedApp({ maxBatchSize: 2, maxConcurrentExports: 1, shutdownTimeoutMillis: 1000 });
  const shutdown = jest.spyOn(app.exporter, 'shutdown').mockReturnValue(new Promise(() => {}));
  app.endMany(5);
  let ended = false;
  void app.processor.shutdown().then(() => (ended = true));
  await jest.advanceTimersByTimeAsync(790);
  expect(shutdown).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(20);
  expect(shutdown).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(200);
  expect(ended).toBe(true);
  expect(app.processor.stats()).toMatchObject({ received: 5, dropped: 5, droppedByReason: { shutdown: 5 } });
  expect(app.drops.reduce((sum, { count }) => sum + count, 0)).toBe(5);
  expect(app.unaccounted).toBe(0);
  expect(warnings.length).toBeLessThanOrEqual(2);
  expect(jest.getTimerCount()).toBe(0);
  app.exporter.exports[0]?.succeed();
  expect(app.processor.stats()).toMatchObject({ exported: 0, lateResults: 1 });
});

test('counts an answer that comes while the exporter shuts down', async () => {
  const app = new BufferedApp({ shutdownTimeoutMillis: 1000 });
  jest.spyOn(app.exporter, 'shutdown').mockImplementation(() => {
    app.exporter.exports[0]?.succeed();
    return Promise.resolve();
  });
  app.end('a');
  const ended = app.processor.shutdown();
  await jest.advanceTimersByTimeAsync(900);
  await ended;
  expect(app.processor.stats()).toMatchObject({ exported: 1, dropped: 0 });
});

test.each<[string, () => Promise<void>]>([
  ['rejects', () => Promise.reject(new Error('down'))],
  [
    'throws',
    () => {
      throw new Error('down');
    },
  ],
])('resolves when exports fail and the exporter %s', async (_, shutdown) => {
  const app = new BufferedApp({}, (_spans, answer) => answer({ code: 1 }));
  jest.spyOn(app.exporter, 'shutdown').mockImplementation(shutdown);
  app.end('a');
  const ended = app.processor.shutdown();
  await settle();
  await expect(ended).resolves.toBeUndefined();
  expect(app.processor.stats().dropped).toBe(1);
});

test('stores what is left at the end of its time with an exporter that can', async () => {
  const stored: string[] = [];
  const exporter = Object.assign(new ScriptedExporter(), {
    exportSync: (spans: readonly { name: string }[]) => {
      stored.push(...spans.map(({ name }) => name));
      return { code: 0 as const };
    },
  });
  const app = new BufferedApp({ exporter, maxBatchSize: 1, maxConcurrentExports: 1, shutdownTimeoutMillis: 1000 });
  app.end('in flight', 'b', 'c');
  const ended = app.processor.shutdown();
  await jest.advanceTimersByTimeAsync(1000);
  await ended;
  expect(stored).toEqual(['b', 'c']);
  expect(app.processor.stats()).toMatchObject({ exported: 2, dropped: 1, droppedByReason: { shutdown: 1 } });
});
