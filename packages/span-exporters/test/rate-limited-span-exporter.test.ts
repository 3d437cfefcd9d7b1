import { EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import { startOtlpReceiver } from '@genspan/test-utils';
import { ExportError } from '../src/export-error.js';
import { OtlpHttpSpanExporter } from '../src/otlp/otlp-http-span-exporter.js';
import { isOtlpSender } from '../src/otlp/otlp-payload.js';
import type { OtlpPayload, OtlpSender } from '../src/otlp/otlp-payload.js';
import { RateLimitedSpanExporter } from '../src/rate-limited-span-exporter.js';
import type { RateLimitedSpanExporterOptions } from '../src/rate-limited-options.js';
import { realSpans } from './real-spans.js';
import { OK, ScriptedExporter, exportOf, failure, lossesIn, spansNamed } from './scripted-exporter.js';

afterEach(() => jest.useRealTimers());

const limited = (exporter: SpanExporterLike, options: Partial<RateLimitedSpanExporterOptions> = {}) =>
  new RateLimitedSpanExporter({ exporter, rate: 10, burst: 2, ...options });

describe('wait', () => {
  beforeEach(() => jest.useFakeTimers());

  test('lets a burst through and holds the rest back, in order, each until its token is there', async () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner);
    const results = ['a', 'b', 'c', 'd', 'e'].map((name) => exportOf(exporter, spansNamed(name)).results);
    expect(inner.names).toEqual(['a', 'b']);
    jest.advanceTimersByTime(99);
    expect(inner.names).toEqual(['a', 'b']);
    jest.advanceTimersByTime(1);
    expect(inner.names).toEqual(['a', 'b', 'c']);
    jest.advanceTimersByTime(200);
    expect(inner.names).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(results).toEqual([[OK], [OK], [OK], [OK], [OK]]);
    expect(exporter.stats()).toMatchObject({ passedSpans: 5, droppedSpans: 0, delayedExports: 3, waitingExports: 0 });
  });

  test('lets a late one not overtake those that wait', () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner, { burst: 1 });
    for (const name of ['a', 'b']) exporter.export(spansNamed(name), () => {});
    jest.advanceTimersByTime(100);
    exporter.export(spansNamed('c'), () => {});
    expect(inner.names).toEqual(['a', 'b']);
    jest.advanceTimersByTime(100);
    expect(inner.names).toEqual(['a', 'b', 'c']);
  });

  test('has no timer while nothing waits', () => {
    const exporter = limited(new ScriptedExporter());
    for (const name of ['a', 'b']) exporter.export(spansNamed(name), () => {});
    expect(jest.getTimerCount()).toBe(0);
    exporter.export(spansNamed('c'), () => {});
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(100);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('waits as long as a rate below one a second asks for', () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner, { rate: 1e-6, burst: 1 });
    for (const name of ['a', 'b']) exporter.export(spansNamed(name), () => {});
    jest.advanceTimersByTime(1e9 - 10);
    expect(inner.names).toEqual(['a']);
    jest.advanceTimersByTime(10);
    expect(inner.names).toEqual(['a', 'b']);
  });

  test('cuts a batch that is larger than the burst of spans, and gives one result', async () => {
    const inner = new ScriptedExporter(OK, failure('second part'), OK);
    const exporter = limited(inner, { unit: 'spans' });
    const { result, results } = exportOf(exporter, spansNamed('a b c d e'));
    expect(inner.names).toEqual(['a b']);
    jest.advanceTimersByTime(300);
    expect(inner.names).toEqual(['a b', 'c d', 'e']);
    expect(results).toHaveLength(1);
    expect(await result).toMatchObject({ code: 1, error: { message: 'second part' } });
    expect(lossesIn(await result)).toEqual(['export_failed: c d']);
  });

  test('loses what finds no room to wait, and says so', async () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner, { burst: 1, maxWaitingBytes: 1_000 });
    exporter.export(spansNamed('passes'), () => {});
    exporter.export(spansNamed('waits whatever its size'), () => {});
    const { result } = exportOf(exporter, spansNamed('x y'));
    expect(lossesIn(await result)).toEqual(['rate_limit: x y']);
    expect(exporter.droppedCount).toBe(2);
    jest.advanceTimersByTime(100);
    expect(inner.names).toEqual(['passes', 'waits whatever its size']);
  });

  test('forceFlush() resolves when what waited has left, and flushes what is behind', async () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner, { burst: 1 });
    for (const name of ['a', 'b', 'c']) exporter.export(spansNamed(name), () => {});
    const flushed = exporter.forceFlush();
    await jest.advanceTimersByTimeAsync(199);
    expect(inner.flushes).toBe(0);
    await jest.advanceTimersByTimeAsync(1);
    await flushed;
    expect(inner.names).toEqual(['a', 'b', 'c']);
    expect(inner.flushes).toBe(1);
  });

  test('forceFlush() rejects when its time is up, and nothing is lost by that', async () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner, { rate: 0.01, burst: 1, flushTimeoutMillis: 1_000 });
    for (const name of ['a', 'b']) exporter.export(spansNamed(name), () => {});
    const flushed = expect(exporter.forceFlush()).rejects.toThrow('still held back 1 exports after 1000 ms');
    await jest.advanceTimersByTimeAsync(1_000);
    await flushed;
    await jest.advanceTimersByTimeAsync(100_000);
    expect(inner.names).toEqual(['a', 'b']);
  });

  test('shutdown() keeps the rate, loses what still waits when its time is up, and takes nothing more', async () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner, { rate: 1, burst: 1, flushTimeoutMillis: 1_500 });
    const results = ['a', 'b', 'c d'].map((name) => exportOf(exporter, spansNamed(name)).result);
    const down = exporter.shutdown();
    const late = exportOf(exporter, spansNamed('late'));
    expect(lossesIn(await late.result)).toEqual(['shutdown: late']);
    await jest.advanceTimersByTimeAsync(1_500);
    await down;
    await exporter.shutdown();
    expect(inner.names).toEqual(['a', 'b']);
    expect((await Promise.all(results)).map(lossesIn)).toEqual([[], [], ['shutdown: c d']]);
    expect(inner.shutdowns).toBe(1);
    expect(exporter.stats()).toMatchObject({ passedSpans: 2, droppedSpans: 0, shutdownSpans: 3 });
    expect(jest.getTimerCount()).toBe(0);
  });

  test('stores what waits before flushSync() returns, without regard to the limit', async () => {
    const stored: string[] = [];
    const inner = Object.assign(new ScriptedExporter(), {
      exportSync: (spans: readonly { name: string }[]) => {
        stored.push(...spans.map(({ name }) => name));
        return OK;
      },
    });
    const exporter = limited(inner, { burst: 1 });
    exporter.export(spansNamed('a'), () => {});
    const { results } = exportOf(exporter, spansNamed('b c'));
    exporter.flushSync?.();
    expect(stored).toEqual(['b', 'c']);
    expect(results).toEqual([OK]);
    expect(exporter.exportSync?.(spansNamed('d'))).toEqual(OK);
    expect(stored).toEqual(['b', 'c', 'd']);
    expect(limited(new ScriptedExporter()).exportSync).toBeUndefined();
  });
});

describe('drop', () => {
  beforeEach(() => jest.useFakeTimers());

  test('loses the batch that finds no token, not to be tried again', async () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner, { onLimit: 'drop', burst: 1 });
    expect(await exportOf(exporter, spansNamed('a')).result).toEqual(OK);
    const { result, results } = exportOf(exporter, spansNamed('b c'));
    expect(lossesIn(await result)).toEqual(['rate_limit: b c']);
    expect((await result).losses?.[0]?.error).toMatchObject({ retryable: false });
    expect(results).toHaveLength(1);
    expect(exporter.droppedCount).toBe(2);
    jest.advanceTimersByTime(100);
    expect(await exportOf(exporter, spansNamed('d')).result).toEqual(OK);
    expect(inner.names).toEqual(['a', 'd']);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('with spans as the unit loses only those beyond the tokens', async () => {
    const inner = new ScriptedExporter();
    const exporter = limited(inner, { onLimit: 'drop', unit: 'spans', burst: 3 });
    expect(lossesIn(await exportOf(exporter, spansNamed('a b c d e')).result)).toEqual(['rate_limit: d e']);
    expect(inner.names).toEqual(['a b c']);
  });
});

describe('encoded spans', () => {
  beforeEach(() => jest.useFakeTimers());
  const payload = (spanCount: number): OtlpPayload => ({ encoding: 'json', bytes: Buffer.from('{}'), spanCount });

  class Sender extends ScriptedExporter implements OtlpSender {
    readonly encoding = 'json';
    readonly sent: number[] = [];
    sendOtlp({ spanCount }: OtlpPayload): Promise<{ rejectedSpans: number }> {
      this.sent.push(spanCount);
      return Promise.resolve({ rejectedSpans: 0 });
    }
  }

  test('pass the same bucket as spans, if what is behind takes them', async () => {
    const sender = new Sender();
    const exporter = limited(sender, { burst: 1 });
    if (!isOtlpSender(exporter)) throw new Error('Expected a sender');
    expect(exporter.encoding).toBe('json');
    exporter.export(spansNamed('a'), () => {});
    const sent = exporter.sendOtlp(payload(3));
    await jest.advanceTimersByTimeAsync(99);
    expect(sender.sent).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(await sent).toEqual({ rejectedSpans: 0 });
    expect(isOtlpSender(limited(new ScriptedExporter()))).toBe(false);
  });

  test('are refused, counted and not to be tried again, where the limit drops', async () => {
    const sender = new Sender();
    const exporter = limited(sender, { burst: 1, onLimit: 'drop' });
    await exporter.sendOtlp?.(payload(3));
    const error: unknown = await exporter.sendOtlp?.(payload(4)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ExportError);
    expect(error).toMatchObject({ retryable: false });
    expect(exporter.droppedCount).toBe(4);
    await exporter.shutdown();
    // Another exporter may take it: a spool keeps the payload.
    await expect(exporter.sendOtlp?.(payload(5))).rejects.toMatchObject({ retryable: true, code: 'ESHUTDOWN' });
    expect(exporter.stats()).toMatchObject({ passedSpans: 3, droppedSpans: 4, shutdownSpans: 5 });
  });

  test('are never cut: a payload of more spans than the burst leaves the bucket owing', async () => {
    const sender = new Sender();
    const exporter = limited(sender, { burst: 2, unit: 'spans' });
    await exporter.sendOtlp?.(payload(12));
    const next = exporter.sendOtlp?.(payload(1));
    await jest.advanceTimersByTimeAsync(1_099);
    expect(sender.sent).toEqual([12]);
    await jest.advanceTimersByTimeAsync(1);
    await next;
    expect(sender.sent).toEqual([12, 1]);
  });
});

test('survives an exporter that throws, and a callback that does', async () => {
  const exporter = limited(new ScriptedExporter('throw', OK));
  const result = await exportOf(exporter, spansNamed('a')).result;
  expect(result).toMatchObject({ code: 1, error: { message: 'thrown by the exporter' } });
  exporter.export(spansNamed('b'), () => {
    throw new Error('callback');
  });
  expect(exporter.stats().failures).toEqual({ export: 1, resultCallback: 1 });
});

test('an empty batch needs no token', async () => {
  const exporter = limited(new ScriptedExporter(), { onLimit: 'drop', burst: 1 });
  for (let i = 0; i < 5; i++) expect(await exportOf(exporter, []).result).toEqual({ code: EXPORT_SUCCESS });
  expect(await exportOf(exporter, spansNamed('a')).result).toEqual(OK);
});

test('holds an OTLP exporter to its rate, over real HTTP', async () => {
  const receiver = await startOtlpReceiver();
  const exporter = limited(new OtlpHttpSpanExporter({ url: `${receiver.url}/v1/traces` }), { rate: 20, burst: 2 });
  const start = performance.now();
  const results = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((i) => exportOf(exporter, realSpans({ name: `span ${i}` })).result),
  );
  const millis = performance.now() - start;
  await exporter.shutdown();
  await receiver.close();
  expect(results).toEqual([OK, OK, OK, OK, OK, OK]);
  expect(receiver.spans).toHaveLength(6);
  // Four of the six had to wait for 50 ms each, one after the other.
  expect(millis).toBeGreaterThanOrEqual(200);
});

test.each([
  [{ rate: 0 }, 'Expected `rate` to be a number of at least 0.000001, got `0`'],
  [{ rate: -1 }, 'Expected `rate`'],
  [{ rate: NaN }, 'Expected `rate` to be a number of at least 0.000001, got `NaN`'],
  [{ rate: Infinity }, 'Expected `rate`'],
  [{ rate: undefined }, 'Expected `rate`'],
  [{ burst: 0 }, 'Expected `burst` to be an integer of at least 1, got `0`'],
  [{ burst: 0.5 }, 'Expected `burst`'],
  [{ onLimit: 'block' }, 'Expected `onLimit` to be one of `wait`, `drop`'],
  [{ unit: 'bytes' }, 'Expected `unit` to be one of `exports`, `spans`'],
  [{ maxWaitingBytes: 0 }, 'Expected `maxWaitingBytes`'],
  [{ flushTimeoutMillis: -1 }, 'Expected `flushTimeoutMillis`'],
  [{ flushTimeoutMillis: 2 ** 31 }, 'Expected `flushTimeoutMillis` to be at most 2147483647'],
  [{ exporter: {} }, 'Expected `exporter` to be a span exporter'],
  [{ blocking: false }, 'got `"blocking"`'],
])('refuses the options %j', (options, message) => {
  const given = { exporter: new ScriptedExporter(), rate: 10, ...options };
  expect(() => void Reflect.construct(RateLimitedSpanExporter, [given])).toThrow(message);
});

test('allows one second’s worth at once by default', () => {
  const inner = new ScriptedExporter();
  const exporter = new RateLimitedSpanExporter({ exporter: inner, rate: 2.5, onLimit: 'drop' });
  for (let i = 0; i < 5; i++) exporter.export(spansNamed('a'), () => {});
  expect(inner.batches).toHaveLength(3);
});
