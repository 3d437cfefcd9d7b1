import { diag } from '@opentelemetry/api';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { recordWarnings } from '@genspan/test-utils';
import { FilteringSpanExporter } from '../src/filtering-span-exporter.js';
import { OK, ScriptedExporter, exportOf, failure, lossesIn, spansNamed } from './scripted-exporter.js';

afterEach(() => diag.disable());

const notB = ({ name }: ReadableSpanLike): boolean => name !== 'b';

test('hands on what the filter lets through, and tells what it left out', async () => {
  const inner = new ScriptedExporter();
  const exporter = new FilteringSpanExporter({ exporter: inner, filter: notB });
  const { result, results } = exportOf(exporter, spansNamed('a b c'));
  expect(await result).toMatchObject({ code: 0 });
  expect(lossesIn(await result)).toEqual(['filtered: b']);
  expect(results).toHaveLength(1);
  expect(inner.names).toEqual(['a c']);
  expect(exporter.stats()).toEqual({ passedSpans: 2, filtered: 1, failures: {} });
});

test('a batch with nothing left does not reach the exporter', async () => {
  const inner = new ScriptedExporter('throw');
  const exporter = new FilteringSpanExporter({ exporter: inner, filter: notB });
  const result = await exportOf(exporter, spansNamed('b b')).result;
  expect(result.code).toBe(0);
  expect(lossesIn(result)).toEqual(['filtered: b b']);
  expect(inner.batches).toEqual([]);
});

test('a batch that passes whole has the exporter’s own result', async () => {
  const exporter = new FilteringSpanExporter({ exporter: new ScriptedExporter(OK), filter: () => true });
  expect(await exportOf(exporter, spansNamed('a b')).result).toEqual(OK);
});

test('adds what it left out to a failure, which then names the spans it lost', async () => {
  const exporter = new FilteringSpanExporter({ exporter: new ScriptedExporter(failure('down')), filter: notB });
  const result = await exportOf(exporter, spansNamed('a b c')).result;
  expect(result).toMatchObject({ code: 1, error: { message: 'down' } });
  expect(lossesIn(result)).toEqual(['export_failed: a c', 'filtered: b']);
  expect(result.losses?.[0]?.error).toMatchObject({ message: 'down' });
});

test('keeps a span whose filter throws, and says so once without content', async () => {
  const warnings = recordWarnings();
  const inner = new ScriptedExporter();
  const filter = ({ name }: ReadableSpanLike): boolean => {
    throw new Error(`secret ${name}`);
  };
  const exporter = new FilteringSpanExporter({ exporter: inner, filter });
  expect(await exportOf(exporter, spansNamed('a b')).result).toEqual(OK);
  expect(inner.names).toEqual(['a b']);
  expect(exporter.stats()).toEqual({ passedSpans: 2, filtered: 0, failures: { filter: 2 } });
  expect(warnings).toHaveLength(1);
  expect(warnings.join()).not.toContain('secret');
});

test('keeps a span whose filter is async, whatever it promises, and lets no rejection out', async () => {
  recordWarnings();
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  const inner = new ScriptedExporter();
  const filter = (): boolean => Promise.reject(new Error('async')) as never;
  const exporter = new FilteringSpanExporter({ exporter: inner, filter });
  expect(await exportOf(exporter, spansNamed('a')).result).toEqual(OK);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  expect(inner.names).toEqual(['a']);
  expect(exporter.stats().failures).toEqual({ filter: 1 });
});

test('leaves out what the filter says nothing of, as Array.filter() does', async () => {
  const filter = ((): void => {}) as never;
  const exporter = new FilteringSpanExporter({ exporter: new ScriptedExporter(), filter });
  expect(lossesIn(await exportOf(exporter, spansNamed('a')).result)).toEqual(['filtered: a']);
});

test('passes flush, shutdown and what the exporter can do at exit on', async () => {
  const inner = Object.assign(new ScriptedExporter(), {
    exportSync: jest.fn(() => OK),
    flushSync: jest.fn(),
    deliveryCounts: () => ({ retried: 3, bytes: 4 }),
  });
  const exporter = new FilteringSpanExporter({ exporter: inner, filter: notB });
  await exporter.forceFlush();
  const result = exporter.exportSync?.(spansNamed('a b'));
  exporter.flushSync?.();
  expect(inner.exportSync).toHaveBeenCalledWith([expect.objectContaining({ name: 'a' })]);
  expect(lossesIn(result ?? OK)).toEqual(['filtered: b']);
  expect(exporter.deliveryCounts()).toEqual({ retried: 3, bytes: 4 });
  await exporter.shutdown();
  expect([inner.flushes, inner.flushSync.mock.calls.length, inner.shutdowns]).toEqual([1, 1, 1]);
  expect(lossesIn(await exportOf(exporter, spansNamed('a b')).result)).toEqual(['shutdown: a', 'filtered: b']);
  expect(new FilteringSpanExporter({ exporter: new ScriptedExporter(), filter: notB }).exportSync).toBeUndefined();
});

test.each([
  [{ filter: undefined }, 'Expected `filter` to be a function, got `undefined`'],
  [{ exporter: null }, 'Expected `exporter` to be a span exporter'],
  [{ fitler: notB }, 'got `"fitler"`'],
])('refuses the options %j', (options, message) => {
  const given = { exporter: new ScriptedExporter(), filter: notB, ...options };
  expect(() => void Reflect.construct(FilteringSpanExporter, [given])).toThrow(message);
});
