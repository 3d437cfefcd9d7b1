import { diag } from '@opentelemetry/api';
import { recordWarnings } from '@genspan/test-utils';
import { BufferedSpanProcessor } from '../src/index.js';
import { BufferedApp } from './buffered-app.js';
import { ScriptedExporter } from './scripted-exporter.js';

beforeEach(() => {
  jest.useFakeTimers();
  recordWarnings();
});
afterEach(() => {
  diag.disable();
  jest.useRealTimers();
});

test('hands over what is queued in batches, counts by the result, then stores what was accepted', () => {
  const batches: number[] = [];
  const calls: string[] = [];
  const exporter = Object.assign(new ScriptedExporter(), {
    exportSync: (spans: readonly unknown[]) => {
      batches.push(spans.length);
      if (batches.length === 2) throw new Error('disk full');
      return { code: 0 as const, losses: batches.length === 3 ? [{ reason: 'evicted' as const, count: 1 }] : [] };
    },
    flushSync: () => void calls.push('flushSync'),
  });
  const app = new BufferedApp({ exporter, maxBatchSize: 2, syncFlush: true });
  app.endMany(6);
  app.processor.flushSync();
  expect(batches).toEqual([2, 2, 2]);
  expect(calls).toEqual(['flushSync']);
  expect(app.processor.stats()).toMatchObject({ exported: 3, droppedByReason: { export_failed: 2, evicted: 1 } });
  expect(app.unaccounted).toBe(0);
});

test('leaves the queue as it is with an exporter that cannot', () => {
  const app = new BufferedApp({ syncFlush: true });
  app.endMany(3);
  app.processor.flushSync();
  expect(app.processor.queueSize()).toBe(3);
});

test('does not throw when the exporter does', () => {
  const flushSync = (): never => {
    throw new Error('gone');
  };
  const exporter = Object.assign(new ScriptedExporter(), { flushSync });
  expect(() => new BufferedSpanProcessor({ exporter }).flushSync()).not.toThrow();
});
