import { diag } from '@opentelemetry/api';
import { buildSpan, recordWarnings } from '@genspan/test-utils';
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

/** A span whose resource still waits for an attribute. */
function pendingSpan(wait: () => Promise<void>) {
  const span = buildSpan();
  return { ...span, resource: { ...span.resource, asyncAttributesPending: true, waitForAsyncAttributes: wait } };
}

test('a batch waits for the attributes of its resources', async () => {
  const app = new BufferedApp({ maxBatchSize: 1 }, succeed);
  let found: () => void = () => {};
  app.processor.onEnd(pendingSpan(() => new Promise((resolve) => (found = resolve))));
  await settle();
  expect(app.exporter.exports).toHaveLength(0);
  expect(app.processor.pendingCount()).toBe(1);
  found();
  await settle();
  expect(app.processor.stats().exported).toBe(1);
});

test.each<[string, () => Promise<void>]>([
  ['rejects', () => Promise.reject(new Error('no metadata'))],
  [
    'throws',
    () => {
      throw new Error('no metadata');
    },
  ],
  ['never ends', () => new Promise(() => {})],
])('goes without them when the wait %s', async (_, wait) => {
  const app = new BufferedApp({ maxBatchSize: 1 }, succeed);
  app.processor.onEnd(pendingSpan(wait));
  await jest.advanceTimersByTimeAsync(5001);
  expect(app.processor.stats().exported).toBe(1);
});
