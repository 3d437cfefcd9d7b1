import { context, diag } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import { OTLPExporterError } from '@opentelemetry/otlp-exporter-base';
import { EXPORT_FAILED, EXPORT_SUCCESS, OptionError } from '@genspan/span-processor-base';
import type { ExportResultLike, ReadableSpanLike, SpanExporterLike, SpanLoss } from '@genspan/span-processor-base';
import { buildSpan, recordWarnings, startOtlpReceiver, waitUntil } from '@genspan/test-utils';
import type { OtlpFault, OtlpReceiver } from '@genspan/test-utils';
import { ExportError } from '../src/export-error.js';
import { encodeSpans } from '../src/otlp/encode-spans.js';
import { OtlpHttpSpanExporter } from '../src/otlp/otlp-http-span-exporter.js';
import { isOtlpSender } from '../src/otlp/otlp-payload.js';
import { RetryingSpanExporter } from '../src/retrying-span-exporter.js';
import type { ExportRetry, RetryingSpanExporterOptions } from '../src/retrying-options.js';

const QUICK = { initialBackoffMillis: 1, maxBackoffMillis: 2 };
const unavailable = () => new ExportError('503', { retryable: true, status: 503 });
const refused = () => new ExportError('400', { retryable: false, status: 400 });
const failed = (error?: Error): ExportResultLike => ({ code: EXPORT_FAILED, ...(error && { error }) });
const SUCCESS: ExportResultLike = { code: EXPORT_SUCCESS };

/** An exporter that answers each export with the next of these; the last one for ever. */
class Scripted implements SpanExporterLike {
  readonly batches: string[][] = [];
  readonly #answers: ((spans: ReadableSpanLike[]) => ExportResultLike | undefined)[];
  readonly forceFlush = jest.fn(async () => {});
  readonly shutdown = jest.fn(async () => {});

  constructor(...answers: (ExportResultLike | ((spans: ReadableSpanLike[]) => ExportResultLike | undefined))[]) {
    this.#answers = answers.map((answer) => (typeof answer === 'function' ? answer : () => answer));
  }

  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    const answer = this.#answers[Math.min(this.batches.length, this.#answers.length - 1)];
    this.batches.push(spans.map(({ name }) => name));
    const result = answer?.(spans);
    if (result !== undefined) resultCallback(result);
  }
}

const spansNamed = (...names: string[]) => names.map((name) => buildSpan({ name }));
const exportAll = (exporter: SpanExporterLike, spans: ReadableSpanLike[]): Promise<ExportResultLike> =>
  new Promise((resolve) => exporter.export(spans, resolve));
const named = (losses: readonly SpanLoss[] = []) =>
  losses.map(({ reason, count, spans }) => [reason, count, spans?.map(({ name }) => name)]);

const retrying = (exporter: SpanExporterLike, options: Partial<RetryingSpanExporterOptions> = {}) =>
  new RetryingSpanExporter({ exporter, ...QUICK, ...options });

afterEach(() => {
  diag.disable();
  context.disable();
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('a batch', () => {
  test('that succeeds at once is passed on once', async () => {
    const inner = new Scripted(SUCCESS);
    const exporter = retrying(inner);
    expect(await exportAll(exporter, spansNamed('a'))).toEqual(SUCCESS);
    expect(inner.batches).toEqual([['a']]);
    expect(exporter.stats()).toEqual({
      retried: 0,
      recoveredSpans: 0,
      lostSpans: 0,
      waitingBatches: 0,
      failures: {},
    });
  });

  test('that fails for a reason that passes is sent again until it arrives', async () => {
    const inner = new Scripted(failed(unavailable()), failed(), failed(new Error('?')), SUCCESS);
    const retries: ExportRetry[] = [];
    const exporter = retrying(inner, { onRetry: (retry) => retries.push(retry) });
    expect(await exportAll(exporter, spansNamed('a', 'b'))).toEqual(SUCCESS);
    expect(inner.batches).toEqual(Array(4).fill(['a', 'b']));
    expect(retries.map(({ attempt, spanCount }) => [attempt, spanCount])).toEqual([
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
    expect(retries[0]?.error).toMatchObject({ status: 503 });
    expect(exporter.stats()).toMatchObject({ retried: 3, recoveredSpans: 2, lostSpans: 0 });
    expect(exporter.deliveryCounts()).toEqual({ retried: 3, bytes: 0 });
  });

  test.each([
    ['says that there is no use', refused(), 1],
    ['is of a status of the SDK’s that is final', new OTLPExporterError('Bad Request', 400), 1],
    ['is of an exporter that was shut down', new ExportError('', { retryable: true, code: 'ESHUTDOWN' }), 1],
    ['may pass', unavailable(), 3],
  ])('whose error %s', async (_, error, attempts) => {
    const inner = new Scripted(failed(error));
    const exporter = retrying(inner, { maxAttempts: 3 });
    const result = await exportAll(exporter, spansNamed('a', 'b'));
    expect(result).toMatchObject({ code: EXPORT_FAILED, error });
    expect(named(result.losses)).toEqual([['export_failed', 2, ['a', 'b']]]);
    expect(inner.batches).toHaveLength(attempts);
    expect(exporter.stats()).toMatchObject({ lostSpans: 2, retried: attempts - 1, recoveredSpans: 0 });
  });

  test('of which a part failed: only what may arrive later is sent again, and each span has one fate', async () => {
    const spans = spansNamed('a', 'b', 'c', 'd', 'e', 'f');
    const pick = (...indices: number[]) => indices.map((i) => spans[i]).filter((span) => span !== undefined);
    const inner = new Scripted(
      {
        code: EXPORT_FAILED,
        error: refused(),
        losses: [
          { reason: 'export_failed', count: 1, spans: pick(0), error: refused() },
          { reason: 'export_failed', count: 2, spans: pick(1, 2), error: unavailable() },
          { reason: 'timeout', count: 1, spans: pick(3), error: new ExportError('', { retryable: true }) },
          { reason: 'rejected', count: 1 },
        ],
      },
      {
        code: EXPORT_FAILED,
        error: unavailable(),
        losses: [{ reason: 'export_failed', count: 1, spans: pick(3), error: unavailable() }],
      },
      { code: EXPORT_SUCCESS, losses: [{ reason: 'rejected', count: 1, spans: pick(3) }] },
    );
    const exporter = retrying(inner);
    const result = await exportAll(exporter, spans);
    expect(inner.batches).toEqual([['a', 'b', 'c', 'd', 'e', 'f'], ['b', 'c', 'd'], ['d']]);
    expect(result).toMatchObject({ code: EXPORT_FAILED, error: { status: 400 } });
    expect(named(result.losses)).toEqual([
      ['export_failed', 1, ['a']],
      ['rejected', 1, undefined],
      ['rejected', 1, ['d']],
    ]);
    expect(exporter.stats()).toMatchObject({ retried: 2, recoveredSpans: 2, lostSpans: 3 });
  });

  test.each(['rejected', 'rate_limit', 'filtered', 'encoding', 'evicted', 'queue_full', 'shutdown'] as const)(
    'whose spans were lost as %s is not sent again',
    async (reason) => {
      const losses = [{ reason, count: 1 }];
      const inner = new Scripted({ code: EXPORT_FAILED, error: unavailable(), losses });
      expect((await exportAll(retrying(inner), spansNamed('a'))).losses).toEqual(losses);
      expect(inner.batches).toHaveLength(1);
    },
  );

  test('that succeeds in part says so, and stays a success', async () => {
    const result: ExportResultLike = { code: EXPORT_SUCCESS, losses: [{ reason: 'rejected', count: 1 }] };
    expect(await exportAll(retrying(new Scripted(result)), spansNamed('a', 'b'))).toEqual(result);
  });
});

describe('waits', () => {
  /** The waits of a batch that never succeeds, as they are announced. */
  async function waitsOf(options: Partial<RetryingSpanExporterOptions>, error = unavailable()): Promise<number[]> {
    jest.useFakeTimers();
    const waits: number[] = [];
    const onRetry = ({ delayMillis }: ExportRetry) => waits.push(delayMillis);
    const exporter = new RetryingSpanExporter({ exporter: new Scripted(failed(error)), onRetry, ...options });
    const done = exportAll(exporter, spansNamed('a'));
    await jest.advanceTimersByTimeAsync(600_000);
    await done;
    return waits;
  }

  test('grow by their bounds, whatever part of them chance takes', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.999_999);
    expect(await waitsOf({ maxElapsedMillis: 600_000 })).toEqual([
      199, 399, 799, 1599, 3199, 4999, 4999, 4999, 4999, 4999, 4999,
    ]);
    jest.spyOn(Math, 'random').mockReturnValue(0);
    expect(await waitsOf({ maxAttempts: 4 })).toEqual([0, 0, 0]);
    jest.spyOn(Math, 'random').mockReturnValue(0.5);
    expect(
      await waitsOf({ maxAttempts: 4, initialBackoffMillis: 100, backoffMultiplier: 3, maxBackoffMillis: 400 }),
    ).toEqual([50, 150, 200]);
  });

  test('are never shorter than the receiver asks', async () => {
    const asking = new ExportError('', { retryable: true, status: 503, retryAfterMillis: 7000 });
    expect(await waitsOf({ maxAttempts: 3 }, asking)).toEqual([7000, 7000]);
  });

  test('end with the budget: no attempt begins after it', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(0.999_999);
    // 199 + 399 + 799 + 1599 + 3199 + 4999 = 11,194; the next would be at 16,193.
    expect(await waitsOf({ maxElapsedMillis: 15_000 })).toHaveLength(6);
  });

  test('do not begin when the receiver asks for longer than there is: the loss is told at once', async () => {
    const asking = new ExportError('', { retryable: true, status: 429, retryAfterMillis: 25_000 });
    const inner = new Scripted(failed(asking));
    const result = await exportAll(retrying(inner), spansNamed('a'));
    expect(named(result.losses)).toEqual([['export_failed', 1, ['a']]]);
    expect(result.error).toBe(asking);
    expect(inner.batches).toHaveLength(1);
  });
});

describe('an exporter that misbehaves', () => {
  test('by throwing is tried again', async () => {
    const inner = new Scripted(() => {
      throw new Error('thrown');
    }, SUCCESS);
    const exporter = retrying(inner);
    expect(await exportAll(exporter, spansNamed('a'))).toEqual(SUCCESS);
    expect(exporter.stats()).toMatchObject({ failures: { export: 1 }, recoveredSpans: 1 });
  });

  test('by calling back twice ends the batch once', async () => {
    const inner: SpanExporterLike = {
      export: (_, callback) => {
        callback(SUCCESS);
        callback(failed(unavailable()));
      },
      shutdown: async () => {},
    };
    const callback = jest.fn();
    const exporter = retrying(inner);
    exporter.export(spansNamed('a'), callback);
    await exporter.forceFlush();
    expect(callback.mock.calls).toEqual([[SUCCESS]]);
  });

  test('by never calling back ends the batch with the budget', async () => {
    const inner = new Scripted(() => undefined);
    const result = await exportAll(retrying(inner, { maxElapsedMillis: 20 }), spansNamed('a'));
    expect(result).toMatchObject({ code: EXPORT_FAILED, error: { code: 'ETIMEDOUT' } });
    expect(named(result.losses)).toEqual([['timeout', 1, ['a']]]);
    expect(inner.batches).toHaveLength(1);
  });

  test('together with hooks and a callback that throw harms nobody', async () => {
    const lines = recordWarnings();
    const exporter = retrying(new Scripted(failed(unavailable()), failed(refused())), {
      isRetryable: () => {
        throw new Error('mine');
      },
      onRetry: () => Promise.reject(new Error('mine')) as unknown as void,
    });
    exporter.export(spansNamed('a'), () => {
      throw new Error('mine');
    });
    await exporter.forceFlush();
    await waitUntil(
      () => exporter.stats().failures['onRetry'] === 1,
      1000,
      () => 'the rejection',
    );
    expect(exporter.stats().failures).toEqual({ isRetryable: 2, onRetry: 1, resultCallback: 1 });
    expect(lines.join()).not.toContain('mine');
  });
});

test('isRetryable decides instead of the default', async () => {
  const inner = new Scripted(failed(refused()), failed(unavailable()));
  const exporter = retrying(inner, { isRetryable: (error) => error instanceof ExportError && error.status === 400 });
  expect(await exportAll(exporter, spansNamed('a'))).toMatchObject({ error: { status: 503 } });
  expect(inner.batches).toHaveLength(2);
});

test('attempts are not traced, the later ones neither', async () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const suppressed: boolean[] = [];
  const see = (result: ExportResultLike) => () => {
    suppressed.push(isTracingSuppressed(context.active()));
    return result;
  };
  await exportAll(retrying(new Scripted(see(failed(unavailable())), see(SUCCESS))), spansNamed('a'));
  expect(suppressed).toEqual([true, true]);
});

describe('forceFlush()', () => {
  const SLOW = { initialBackoffMillis: 20_000, maxBackoffMillis: 20_000 };
  const untilWaiting = (exporter: RetryingSpanExporter) =>
    waitUntil(
      () => exporter.stats().waitingBatches === 1,
      1000,
      () => 'a waiting batch',
    );
  beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.9));

  test('makes a waiting attempt at once, and flushes the exporter behind it after that', async () => {
    const inner = new Scripted(failed(unavailable()), SUCCESS);
    const exporter = retrying(inner, SLOW);
    const done = exportAll(exporter, spansNamed('a'));
    await untilWaiting(exporter);
    await exporter.forceFlush();
    expect(await done).toEqual(SUCCESS);
    expect(inner.forceFlush).toHaveBeenCalledTimes(2);
  });

  test('does not make one that the receiver asked to wait for', async () => {
    const asking = new ExportError('', { retryable: true, status: 503, retryAfterMillis: 150 });
    const inner = new Scripted(failed(asking), SUCCESS);
    const exporter = retrying(inner);
    const begun = performance.now();
    const done = exportAll(exporter, spansNamed('a'));
    await untilWaiting(exporter);
    await exporter.forceFlush();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(149);
    expect(await done).toEqual(SUCCESS);
  });

  test('rejects when that of the exporter does, after the batches have ended', async () => {
    const inner = new Scripted(failed(unavailable()), SUCCESS);
    inner.forceFlush.mockRejectedValueOnce(new Error('not flushed'));
    const exporter = retrying(inner, SLOW);
    const done = exportAll(exporter, spansNamed('a'));
    await untilWaiting(exporter);
    await expect(exporter.forceFlush()).rejects.toThrow('not flushed');
    expect(await done).toEqual(SUCCESS);
  });
});

describe('shutdown()', () => {
  beforeEach(() => jest.spyOn(Math, 'random').mockReturnValue(0.9));

  test('gives what waits one last attempt, even if the receiver asked to wait, and no more', async () => {
    const asking = new ExportError('', { retryable: true, status: 503, retryAfterMillis: 20_000 });
    const inner = new Scripted(failed(asking), failed(unavailable()), SUCCESS);
    const exporter = retrying(inner);
    const done = exportAll(exporter, spansNamed('a'));
    await waitUntil(
      () => exporter.stats().waitingBatches === 1,
      1000,
      () => 'a waiting batch',
    );
    await exporter.shutdown();
    expect(named((await done).losses)).toEqual([['export_failed', 1, ['a']]]);
    expect(inner.batches).toHaveLength(2);
    expect(inner.shutdown).toHaveBeenCalledTimes(1);
  });

  test('gives up an attempt that does not end, in bounded time', async () => {
    jest.useFakeTimers();
    const inner = new Scripted(() => undefined);
    const exporter = retrying(inner);
    const done = exportAll(exporter, spansNamed('a'));
    const ended = exporter.shutdown();
    await jest.advanceTimersByTimeAsync(5000);
    await ended;
    expect(named((await done).losses)).toEqual([['shutdown', 1, ['a']]]);
  });

  test('lets every export after it fail, with the reason', async () => {
    const inner = new Scripted(SUCCESS);
    const exporter = retrying(inner);
    await exporter.shutdown();
    await exporter.shutdown();
    const result = await exportAll(exporter, spansNamed('a', 'b'));
    expect(named(result.losses)).toEqual([['shutdown', 2, ['a', 'b']]]);
    expect(inner.batches).toEqual([]);
    expect(inner.shutdown).toHaveBeenCalledTimes(1);
    expect(exporter.stats().lostSpans).toBe(2);
  });
});

describe('at exit', () => {
  test('what waits is stored by the exporter, and no attempt follows', async () => {
    const stored: string[] = [];
    const scripted = new Scripted(failed(unavailable()), SUCCESS);
    const flushSync = jest.fn();
    const exporter = retrying(
      Object.assign(scripted, {
        flushSync,
        exportSync: (spans: readonly ReadableSpanLike[]) => {
          stored.push(...spans.map(({ name }) => name));
          return SUCCESS;
        },
      }),
      { initialBackoffMillis: 20_000, maxBackoffMillis: 20_000 },
    );
    const done = exportAll(exporter, spansNamed('a'));
    await waitUntil(
      () => exporter.stats().waitingBatches === 1,
      1000,
      () => 'a waiting batch',
    );
    exporter.flushSync?.();
    expect(stored).toEqual(['a']);
    expect(flushSync).toHaveBeenCalledTimes(1);
    expect(await done).toEqual(SUCCESS);
    expect(scripted.batches).toHaveLength(1);
    expect(exporter.exportSync?.(spansNamed('b'))).toEqual(SUCCESS);
    expect(stored).toEqual(['a', 'b']);
  });

  test('it cannot do what the exporter cannot', () => {
    const exporter = retrying(new Scripted(SUCCESS));
    expect(exporter.exportSync).toBeUndefined();
    expect(exporter.flushSync).toBeUndefined();
    expect(isOtlpSender(exporter)).toBe(false);
  });
});

describe('over real HTTP', () => {
  let receiver: OtlpReceiver;
  let fault: (index: number) => OtlpFault | undefined;
  beforeEach(async () => {
    fault = () => undefined;
    receiver = await startOtlpReceiver({ fault: (_, index) => fault(index) });
  });
  afterEach(() => receiver.close());

  test('encoded payloads are tried again like batches', async () => {
    fault = (index) => (index < 2 ? { status: 503 } : index === 3 ? { status: 400 } : undefined);
    const exporter = retrying(new OtlpHttpSpanExporter({ url: `${receiver.url}/v1/traces` }));
    if (!isOtlpSender(exporter)) throw new Error('Expected it to take payloads');
    expect(exporter.encoding).toBe('protobuf');
    const { payloads } = encodeSpans(spansNamed('a', 'b'), { encoding: 'protobuf', maxRequestBytes: Infinity });
    const [payload] = payloads;
    if (payload === undefined) throw new Error('Expected a payload');
    expect(await exporter.sendOtlp(payload)).toEqual({ rejectedSpans: 0 });
    await expect(exporter.sendOtlp(payload)).rejects.toMatchObject({ status: 400 });
    expect(receiver.requests).toHaveLength(4);
    expect(retryStats(exporter)).toMatchObject({ retried: 2, recoveredSpans: 2, lostSpans: 2 });
    await exporter.shutdown();
    await expect(exporter.sendOtlp(payload)).rejects.toMatchObject({ code: 'ESHUTDOWN' });
  });

  test('of a batch in several requests only the failed ones are sent again: each span arrives once', async () => {
    fault = (index) => (index % 3 === 0 ? { status: 503 } : undefined);
    const inner = new OtlpHttpSpanExporter({ url: `${receiver.url}/v1/traces`, maxRequestBytes: 1000 });
    const exporter = retrying(inner);
    const names = Array.from({ length: 200 }, (_, i) => `span ${i}`);
    expect(await exportAll(exporter, spansNamed(...names))).toEqual(SUCCESS);
    expect(receiver.spans.map(({ name }) => name).sort()).toEqual(names.sort());
    expect(exporter.deliveryCounts().retried).toBeGreaterThan(0);
    expect(exporter.deliveryCounts().bytes).toBe(inner.deliveryCounts().bytes);
  });

  test('a receiver that is down for a while loses nothing and gets nothing twice', async () => {
    const down = performance.now() + 300;
    fault = (index) => (performance.now() < down ? (index % 2 === 0 ? 'reset' : { status: 503 }) : undefined);
    const exporter = new RetryingSpanExporter({
      exporter: new OtlpHttpSpanExporter({ url: `${receiver.url}/v1/traces` }),
      initialBackoffMillis: 50,
      maxAttempts: 50,
    });
    const batches = Array.from({ length: 20 }, (_, i) => [`${i} a`, `${i} b`]);
    const results = await Promise.all(batches.map((names) => exportAll(exporter, spansNamed(...names))));
    expect(results).toEqual(Array(20).fill(SUCCESS));
    expect(receiver.spans.map(({ name }) => name).sort()).toEqual(batches.flat().sort());
    await exporter.shutdown();
  });
});

const retryStats = (exporter: SpanExporterLike) => (exporter instanceof RetryingSpanExporter ? exporter.stats() : {});

test.each<[string, object, string]>([
  ['no exporter', { exporter: undefined }, 'exporter'],
  ['an exporter that is none', { exporter: {} }, 'exporter'],
  ['no attempt', { maxAttempts: 0 }, 'maxAttempts'],
  ['half an attempt', { maxAttempts: 1.5 }, 'maxAttempts'],
  ['a negative wait', { initialBackoffMillis: -1 }, 'initialBackoffMillis'],
  ['a longest wait below the first', { initialBackoffMillis: 100, maxBackoffMillis: 99 }, 'maxBackoffMillis'],
  ['waits that shrink', { backoffMultiplier: 0.5 }, 'backoffMultiplier'],
  ['no time', { maxElapsedMillis: 0 }, 'maxElapsedMillis'],
  ['more time than a timer can have', { maxElapsedMillis: 2 ** 31 }, 'maxElapsedMillis'],
  ['a rule that is none', { isRetryable: true }, 'isRetryable'],
  ['a hook that is none', { onRetry: 'log' }, 'onRetry'],
  ['a misspelt option', { attempts: 3 }, 'options'],
])('refuses %s', (_, options, option) => {
  const create = () => new RetryingSpanExporter({ exporter: new Scripted(SUCCESS), ...options });
  expect(create).toThrow(OptionError);
  expect(create).toThrow(expect.objectContaining({ option }) as Error);
});
