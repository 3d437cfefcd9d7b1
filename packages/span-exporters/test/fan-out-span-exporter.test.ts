import { diag } from '@opentelemetry/api';
import type { ExportResultLike, ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';
import { recordWarnings, startOtlpReceiver } from '@genspan/test-utils';
import { FanOutError } from '../src/fan-out-error.js';
import { FanOutSpanExporter } from '../src/fan-out-span-exporter.js';
import { FilteringSpanExporter } from '../src/filtering-span-exporter.js';
import { OtlpHttpSpanExporter } from '../src/otlp/otlp-http-span-exporter.js';
import { realSpans } from './real-spans.js';
import { OK, ScriptedExporter, exportOf, failure, lossesIn, spansNamed } from './scripted-exporter.js';

afterEach(() => {
  diag.disable();
  jest.useRealTimers();
});

const fanOut = (...exporters: SpanExporterLike[]) => new FanOutSpanExporter({ exporters, timeoutMillis: 1_000 });

test('gives every exporter each batch, in an array of its own', async () => {
  const greedy = new ScriptedExporter((done) => {
    greedy.batches[0]?.splice(0);
    done(OK);
  });
  const [first, second] = [new ScriptedExporter(), new ScriptedExporter()];
  const spans = spansNamed('a b');
  expect(await exportOf(fanOut(first, greedy, second), spans).result).toEqual(OK);
  expect(first.names).toEqual(['a b']);
  expect(second.names).toEqual(['a b']);
  expect(spans).toHaveLength(2);
  expect(new Set([first.batches[0], second.batches[0], spans]).size).toBe(3);
});

test('one that fails, one that throws and one that calls back twice harm nobody else', async () => {
  recordWarnings();
  const good = new ScriptedExporter();
  const twice = new ScriptedExporter((done) => {
    done(OK);
    done(failure('changed its mind'));
  });
  const exporter = fanOut(new ScriptedExporter(failure('down')), new ScriptedExporter('throw'), twice, good);
  const { result, results } = exportOf(exporter, spansNamed('a b'));
  const { error, losses } = await result;
  expect(good.names).toEqual(['a b']);
  expect(results).toHaveLength(1);
  expect(error).toBeInstanceOf(FanOutError);
  expect(error?.message).toBe('2 of 4 exporters did not take the whole batch: exporters[0], exporters[1]');
  expect(error).toMatchObject({ retryable: false });
  expect((error as FanOutError).errors.map(({ message }) => message)).toEqual(['down', 'thrown by the exporter']);
  expect(losses?.map(({ reason, count, error: each }) => [reason, count, each])).toEqual([['export_failed', 2, error]]);
  expect(exporter.stats().map(({ exported, failed, failedBatches }) => [exported, failed, failedBatches])).toEqual([
    [0, 2, 1],
    [0, 2, 1],
    [2, 0, 0],
    [2, 0, 0],
  ]);
  expect(exporter.stats()[1]?.failures).toEqual({ export: 1 });
});

test('a span is lost once, however many exporters lost it, for the reason of the first', async () => {
  const spans = spansNamed('a b c d');
  const losing = (reason: 'rejected' | 'timeout', ...lost: (ReadableSpanLike | undefined)[]): ExportResultLike =>
    failure(reason, [{ reason, count: lost.length, spans: lost.filter((span) => span !== undefined) }]);
  const exporter = fanOut(
    new ScriptedExporter(losing('rejected', spans[0], spans[1])),
    new ScriptedExporter(losing('timeout', spans[1], spans[2])),
  );
  const result = await exportOf(exporter, spans).result;
  expect(lossesIn(result)).toEqual(['rejected: a b', 'timeout: c']);
});

test('counts what has no names beside what has, and never more than the batch', async () => {
  const unnamed = failure('partial success', [{ reason: 'rejected', count: 2 }]);
  const exporter = fanOut(new ScriptedExporter(unnamed, unnamed), new ScriptedExporter(unnamed, OK));
  expect(lossesIn(await exportOf(exporter, spansNamed('a b c')).result)).toEqual(['rejected: 2', 'rejected: 1']);
  expect(lossesIn(await exportOf(exporter, spansNamed('a b c')).result)).toEqual(['rejected: 2']);
});

test('a span that some filtered and others took has arrived; one that all filtered is filtered', async () => {
  const [left, right] = [new ScriptedExporter(), new ScriptedExporter(failure('down'), OK)];
  const exporter = fanOut(
    new FilteringSpanExporter({ exporter: left, filter: ({ name }) => name === 'a' }),
    new FilteringSpanExporter({ exporter: right, filter: ({ name }) => name === 'b' }),
  );
  expect(lossesIn(await exportOf(exporter, spansNamed('a b c')).result)).toEqual(['export_failed: b', 'filtered: c']);
  const second = await exportOf(exporter, spansNamed('a b c')).result;
  expect(second.code).toBe(0);
  expect(lossesIn(second)).toEqual(['filtered: c']);
  expect(exporter.stats()[0]).toMatchObject({ exported: 2, failed: 0, filtered: 4 });
});

describe('one that hangs', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    recordWarnings();
  });

  test('fails the batch when its time is up; the others had theirs at once', async () => {
    const good = new ScriptedExporter();
    const exporter = fanOut(new ScriptedExporter('hang'), good);
    const { result, results } = exportOf(exporter, spansNamed('a'));
    expect(good.names).toEqual(['a']);
    expect(results).toEqual([]);
    jest.advanceTimersByTime(1_000);
    expect(lossesIn(await result)).toEqual(['timeout: a']);
    expect(exporter.stats()[0]).toMatchObject({ failed: 1, failures: { timeout: 1 } });
  });

  test('holds no later batch, is tried now and then with a tenth of the time, and is back once it answers', async () => {
    let answer: (result: ExportResultLike) => void = () => {};
    const hung = new ScriptedExporter((done) => (answer = done), 'hang');
    const good = new ScriptedExporter();
    const exporter = fanOut(hung, good);
    const first = exportOf(exporter, spansNamed('a'));
    jest.advanceTimersByTime(1_000);
    expect(first.results).toHaveLength(1);

    expect(exportOf(exporter, spansNamed('b')).results).toHaveLength(1);
    jest.advanceTimersByTime(1_000);
    const trial = exportOf(exporter, spansNamed('c'));
    jest.advanceTimersByTime(100);
    expect(trial.results).toHaveLength(1);
    jest.advanceTimersByTime(1_999);
    expect(exportOf(exporter, spansNamed('d')).results).toHaveLength(1);
    expect(hung.names).toEqual(['a', 'c']);

    answer(OK);
    jest.advanceTimersByTime(1);
    const { result } = exportOf(exporter, spansNamed('e'));
    expect(await result).toEqual(OK);
    expect(hung.names).toEqual(['a', 'c', 'e']);
    expect(good.names).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(first.results).toHaveLength(1);
  });

  test('does not hold a flush or the shutdown beyond its time', async () => {
    const hung = new ScriptedExporter();
    hung.forceFlush = () => new Promise(() => {});
    hung.shutdown = () => new Promise(() => {});
    const good = new ScriptedExporter();
    const exporter = fanOut(hung, good);
    const flushed = expect(exporter.forceFlush()).rejects.toThrow('1 of 2 exporters did not flush: exporters[0]');
    const down = expect(exporter.shutdown()).rejects.toThrow('1 of 2 exporters did not shut down: exporters[0]');
    await jest.advanceTimersByTimeAsync(1_000);
    await flushed;
    await down;
    expect([good.flushes, good.shutdowns]).toEqual([1, 1]);
    expect(jest.getTimerCount()).toBe(0);
  });
});

test('flush and shutdown reach all, and reject with what failed', async () => {
  const bad = new ScriptedExporter();
  bad.forceFlush = () => {
    throw new Error('flush');
  };
  bad.shutdown = () => Promise.reject(new Error('shutdown'));
  const good = new ScriptedExporter();
  const bare: SpanExporterLike = { export: (_, done) => done(OK), shutdown: () => Promise.resolve() };
  const exporter = fanOut(bad, good, bare);
  await expect(exporter.forceFlush()).rejects.toMatchObject({ errors: [{ message: 'flush' }] });
  await expect(exporter.shutdown()).rejects.toMatchObject({ errors: [{ message: 'shutdown' }] });
  expect([good.flushes, good.shutdowns]).toEqual([1, 1]);
  expect(lossesIn(await exportOf(exporter, spansNamed('a')).result)).toEqual(['shutdown: a']);
});

test('at exit stores with those that can, and says that the others lost the spans', () => {
  const can = Object.assign(new ScriptedExporter(), { exportSync: jest.fn(() => OK), flushSync: jest.fn() });
  const exporter = fanOut(can, new ScriptedExporter());
  const result = exporter.exportSync?.(spansNamed('a b'));
  exporter.flushSync?.();
  expect(lossesIn(result ?? OK)).toEqual(['shutdown: a b']);
  expect(can.exportSync).toHaveBeenCalledTimes(1);
  expect(can.flushSync).toHaveBeenCalledTimes(1);
  expect(fanOut(can).exportSync?.(spansNamed('a'))).toEqual(OK);
  expect(fanOut(new ScriptedExporter()).exportSync).toBeUndefined();
});

test('sums what the exporters sent', () => {
  const sent = (retried: number, bytes: number) =>
    Object.assign(new ScriptedExporter(), { deliveryCounts: () => ({ retried, bytes }) });
  expect(fanOut(sent(1, 10), new ScriptedExporter(), sent(2, 20)).deliveryCounts()).toEqual({ retried: 3, bytes: 30 });
});

test('reaches two receivers over real HTTP, one of which is down', async () => {
  recordWarnings();
  const [up, down] = await Promise.all([startOtlpReceiver(), startOtlpReceiver()]);
  await down.close();
  const exporter = fanOut(...[up, down].map(({ url }) => new OtlpHttpSpanExporter({ url: `${url}/v1/traces` })));
  const result = await exportOf(exporter, realSpans({ name: 'a' }, { name: 'b' })).result;
  await exporter.shutdown();
  await up.close();
  expect(up.spans.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(result.error?.message).toBe('1 of 2 exporters did not take the whole batch: exporters[1]');
  expect(lossesIn(result)).toEqual(['export_failed: a b']);
});

test.each([
  [{}, 'Expected `exporters` to be an array of at least one span exporter, got `undefined`'],
  [{ exporters: [] }, 'Expected `exporters` to be an array of at least one span exporter, got an array of 0'],
  [{ exporters: [new ScriptedExporter(), {}] }, 'Expected `exporters[1]` to be a span exporter'],
  [{ exporters: [new ScriptedExporter()], timeoutMillis: 0 }, 'Expected `timeoutMillis`'],
  [
    { exporters: [new ScriptedExporter()], timeoutMillis: 2 ** 31 },
    'Expected `timeoutMillis` to be at most 2147483647',
  ],
  [{ exporter: new ScriptedExporter() }, 'got `"exporter"`'],
])('refuses the options %#', (options, message) => {
  expect(() => void Reflect.construct(FanOutSpanExporter, [options])).toThrow(message);
});
