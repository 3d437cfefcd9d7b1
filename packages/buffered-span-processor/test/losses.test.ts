import { SpanStatusCode, context, diag } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { buildSpan, recordWarnings } from '@genspan/test-utils';
import { BufferedApp } from './buffered-app.js';

let warnings: string[];

beforeEach(() => {
  jest.useFakeTimers();
  warnings = recordWarnings();
});
afterEach(() => {
  diag.disable();
  context.disable();
  jest.useRealTimers();
});

/** Lets what is due now happen, immediates of immediates included. */
const settle = () => jest.advanceTimersByTimeAsync(1);

test('a full queue drops, tells each drop and warns once', () => {
  const app = new BufferedApp({ maxQueueSize: 2, maxBatchSize: 2 });
  app.end('a', 'b', 'c', 'd');
  expect(app.processor.stats()).toMatchObject({ received: 4, dropped: 2, droppedByReason: { queue_full: 2 } });
  expect(app.drops.map(({ reason, count }) => [reason, count])).toEqual([
    ['queue_full', 1],
    ['queue_full', 1],
  ]);
  expect(app.droppedNames).toEqual(['c', 'd']);
  expect(warnings).toHaveLength(1);
  expect(app.unaccounted).toBe(0);
});

test('leastImportant keeps a trace in which a span fails, its earlier spans included', () => {
  const app = new BufferedApp({ maxQueueSize: 3, syncFlush: true, dropPolicy: 'leastImportant' });
  const root = app.tracer.startSpan('root');
  app.end('plain');
  root.setStatus({ code: SpanStatusCode.ERROR });
  root.end();
  app.end('plain', 'plain');
  expect(app.droppedNames).toEqual(['plain']);
});

test('a failed export is counted and told, and the next one heals', async () => {
  const app = new BufferedApp({ maxBatchSize: 2 });
  app.end('a', 'b');
  await settle();
  app.exporter.exports[0]?.fail('503');
  expect(app.processor.stats()).toMatchObject({ dropped: 2, errors: 1, droppedByReason: { export_failed: 2 } });
  expect(app.droppedNames).toEqual(['a', 'b']);
  expect(app.errors.map(({ message }) => message)).toEqual(['503']);
  expect(app.processor.isHealthy()).toBe(false);
  app.end('c', 'd');
  await settle();
  app.exporter.exports[1]?.succeed();
  expect(app.processor.isHealthy()).toBe(true);
});

test('losses that the exporter reports are counted by their reason, the rest has arrived', async () => {
  const app = new BufferedApp({ maxBatchSize: 4 });
  app.endMany(4);
  await settle();
  const losses = [
    { reason: 'rejected', count: 1 },
    { reason: 'encoding', count: 2 },
  ];
  app.exporter.exports[0]?.answer({ code: 0, losses });
  expect(app.processor.stats()).toMatchObject({
    exported: 1,
    dropped: 3,
    errors: 0,
    batchesExported: 1,
    droppedByReason: { rejected: 1, encoding: 2 },
  });
  expect(app.drops).toEqual(losses);
});

test.each<[string, () => void]>([
  [
    'throws',
    () => {
      throw new Error('broken');
    },
  ],
  [
    'throws no error',
    () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what an exporter in JavaScript may do
      throw 'broken';
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken'))],
])('an exporter that %s has lost the batch and nothing else', async (_, broken) => {
  const app = new BufferedApp({ maxBatchSize: 1 }, broken);
  // The script's result is the exporter's.
  jest.spyOn(app.exporter, 'export').mockImplementation(broken);
  app.end('a');
  await settle();
  await settle();
  expect(app.processor.stats()).toMatchObject({ dropped: 1, errors: 1, droppedByReason: { export_failed: 1 } });
  expect(app.errors).toHaveLength(1);
  app.exporter.export = (_spans, answer) => answer({ code: 0 });
  app.end('b');
  await settle();
  expect(app.processor.stats()).toMatchObject({ exported: 1 });
});

test('a second answer, and a throw after the answer, count for nothing', async () => {
  const app = new BufferedApp({ maxBatchSize: 1 }, (_, answer) => {
    answer({ code: 0 });
    answer({ code: 1 });
    throw new Error('after the answer');
  });
  app.end('a');
  await settle();
  expect(app.processor.stats()).toMatchObject({ exported: 1, dropped: 0, errors: 0, lateResults: 0 });
  expect(app.unaccounted).toBe(0);
});

test('what a hook throws or rejects is counted and goes nowhere', async () => {
  const onDrop = jest.fn(() => {
    throw new Error('hook');
  });
  const onError: (error: Error) => unknown = () => Promise.reject(new Error('hook'));
  const app = new BufferedApp({ maxBatchSize: 1, onDrop, onError: (error) => onError(error) });
  app.end('a');
  await settle();
  app.exporter.exports[0]?.fail();
  await settle();
  expect(onDrop).toHaveBeenCalledTimes(1);
  expect(app.processor.stats()).toMatchObject({ dropped: 1, hookFailures: 2 });
});

test('a hook that makes a span of each loss makes no losses without end', () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const app: BufferedApp = new BufferedApp({ maxQueueSize: 1, syncFlush: true, onDrop: () => app.end('loss') });
  app.end('a', 'b', 'c');
  expect(app.processor.stats()).toMatchObject({ received: 3, dropped: 2, hookFailures: 0 });
});

test('hooks see numbers that add up', async () => {
  const seen: number[] = [];
  const note = () => seen.push(app.unaccounted);
  const app: BufferedApp = new BufferedApp({ maxQueueSize: 2, maxBatchSize: 2, onDrop: note, onError: note });
  app.endMany(3);
  await settle();
  app.exporter.exports[0]?.answer({
    code: 1,
    losses: [
      { reason: 'timeout', count: 1 },
      { reason: 'rejected', count: 1 },
    ],
  });
  expect(seen).toEqual([0, 0, 0, 0]);
});

test('a span that cannot be read does not come out of end()', () => {
  const app = new BufferedApp();
  const spanContext = (): never => {
    throw new Error('gone');
  };
  expect(() => app.processor.onEnd({ ...buildSpan(), spanContext })).not.toThrow();
  expect(app.unaccounted).toBe(0);
});
