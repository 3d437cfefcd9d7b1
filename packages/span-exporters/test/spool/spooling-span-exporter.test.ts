import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { startOtlpReceiver, waitUntil } from '@genspan/test-utils';
import type { OtlpFault } from '@genspan/test-utils';
import { EXPORT_FAILED, EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { ExportResultLike, ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import { ExportError } from '../../src/export-error.js';
import { decodeTraceRequest } from '../../src/otlp/decode-trace-request.js';
import { ownFolderName } from '../../src/spool/spool-owner.js';
import {
  ScriptedSender,
  atEnd,
  balance,
  cleanUp,
  createSpool,
  exported,
  httpExporter,
  idsOf,
  namesIn,
  spoolFiles,
  temporaryDirectory,
  uniqueSpans,
} from './spool-harness.js';

afterEach(cleanUp);

jest.setTimeout(60_000);

const unavailable = (): never => {
  throw new ExportError('unavailable', { retryable: true, status: 503 });
};

/** A time that is in no limit's way, as in a file's name. */
const inTime = (): string => String(Date.now() - 1_000).padStart(15, '0');

async function startReceiver(fault?: (index: number) => OtlpFault | undefined) {
  const receiver = await startOtlpReceiver({ fault: (_signal, index) => fault?.(index) });
  atEnd(() => receiver.close());
  return receiver;
}

/** A directory with the files of an exporter that could not deliver, and has given them up. */
async function leftSpool(batches: ReadableSpanLike[][], encoding: 'protobuf' | 'json' = 'protobuf'): Promise<string> {
  const directory = temporaryDirectory();
  const exporter = createSpool({ exporter: new ScriptedSender(unavailable, encoding), directory });
  for (const batch of batches) await exported(exporter, batch);
  await exporter.shutdown();
  return directory;
}

describe('the way of a batch', () => {
  it('succeeds when the file is there, and the file goes when the receiver has taken it', async () => {
    const directory = temporaryDirectory();
    let take = (): void => {};
    const sender = new ScriptedSender(() => new Promise((resolve) => (take = () => resolve({ rejectedSpans: 0 }))));
    const exporter = createSpool({ exporter: sender, directory });
    const spans = uniqueSpans(3);
    expect(await exported(exporter, spans)).toEqual({ code: EXPORT_SUCCESS });
    const [file, ...others] = spoolFiles(directory);
    expect(others).toEqual([]);
    expect(idsOf(decodeTraceRequest(readFileSync(file?.path ?? ''), 'protobuf'))).toEqual(idsOf(spans));
    await waitUntil(
      () => sender.inFlight === 1,
      2_000,
      () => 'a request',
    );
    expect(exporter.stats()).toMatchObject({ spooledSpans: 3, deliveredSpans: 0, pendingSpans: 3, pendingFiles: 1 });
    take();
    await exporter.forceFlush();
    expect(spoolFiles(directory)).toEqual([]);
    expect(exporter.stats()).toMatchObject({ deliveredSpans: 3, pendingSpans: 0, pendingFiles: 0, pendingBytes: 0 });
  });

  it.each(['protobuf', 'json'] as const)('delivers every span once over HTTP in %s', async (encoding) => {
    const receiver = await startReceiver();
    const directory = temporaryDirectory();
    const exporter = createSpool({ exporter: httpExporter(receiver), directory, encoding });
    const batches = Array.from({ length: 20 }, () => uniqueSpans(10));
    await Promise.all(batches.map((batch) => exported(exporter, batch)));
    await exporter.forceFlush();
    expect(receiver.spans.map(({ spanId }) => spanId).sort()).toEqual(batches.flatMap(idsOf).sort());
    expect(receiver.requests[0]?.headers['content-type']).toMatch(encoding === 'json' ? /json/ : /x-protobuf/);
    expect(spoolFiles(directory)).toEqual([]);
  });

  it('keeps files and folders to the owner', async () => {
    const directory = join(temporaryDirectory(), 'a', 'b');
    const exporter = createSpool({ exporter: new ScriptedSender(unavailable), directory });
    await exported(exporter, uniqueSpans(1));
    const [file] = spoolFiles(directory);
    expect(file?.mode).toBe(0o600);
    expect([statSync(dirname(file?.path ?? '')).mode & 0o777, statSync(directory).mode & 0o777]).toEqual([
      0o700, 0o700,
    ]);
  });

  it('joins small payloads that wait for the disk in one file, and each export still ends for itself', async () => {
    const directory = temporaryDirectory();
    const sender = new ScriptedSender(unavailable);
    const exporter = createSpool({ exporter: sender, directory });
    const batches = Array.from({ length: 100 }, () => uniqueSpans(1));
    const results = await Promise.all(batches.map((batch) => exported(exporter, batch)));
    expect(results).toEqual(batches.map(() => ({ code: EXPORT_SUCCESS })));
    expect(exporter.stats()).toMatchObject({ spooledSpans: 100, pendingSpans: 100 });
    expect(spoolFiles(directory).length).toBeLessThan(20);
    sender.answer = () => ({ rejectedSpans: 0 });
    await exporter.forceFlush();
    expect(sender.delivered.sort()).toEqual(batches.flatMap(idsOf).sort());
  });

  it('says which spans could not be encoded, and stores the others', async () => {
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory: temporaryDirectory() });
    const [good, bad] = uniqueSpans(2);
    if (good === undefined || bad === undefined) throw new Error('no spans');
    Object.defineProperty(bad, 'attributes', {
      get: () => {
        throw new Error('unreadable');
      },
    });
    const result = await exported(exporter, [good, bad]);
    const [loss, ...others] = result.losses ?? [];
    expect([result.code, loss?.reason, loss?.count, others]).toEqual([EXPORT_FAILED, 'encoding', 1, []]);
    expect(loss?.spans?.[0] === bad).toBe(true);
    await exporter.forceFlush();
    expect(sender.delivered).toEqual(idsOf([good]));
  });

  it('sends the oldest first', async () => {
    const batches = Array.from({ length: 30 }, () => uniqueSpans(1));
    const directory = await leftSpool(batches);
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory, maxConcurrentSends: 1 });
    await exporter.forceFlush();
    expect(sender.delivered).toEqual(batches.flatMap(idsOf));
    expect(exporter.stats()).toMatchObject({ recoveredSpans: 30, recoveredFiles: 30, deliveredSpans: 30 });
  });
});

describe('a receiver that does not take everything', () => {
  it('tries again what it may take later until it does, and counts that', async () => {
    const receiver = await startReceiver((index) => (index < 4 ? { status: 503 } : undefined));
    const exporter = createSpool({ exporter: httpExporter(receiver), directory: temporaryDirectory() });
    const spans = uniqueSpans(7);
    await exported(exporter, spans);
    await receiver.waitForSpans(7);
    expect(receiver.spans.map(({ spanId }) => spanId)).toEqual(idsOf(spans));
    await exporter.forceFlush();
    expect(exporter.stats()).toMatchObject({ retried: 4, deliveredSpans: 7, failures: { 'send 503': 4 } });
    expect(exporter.deliveryCounts().retried).toBe(4);
  });

  it('asks one at a time while the receiver is down, and goes at full speed when it is back', async () => {
    const sender = new ScriptedSender(unavailable);
    const exporter = createSpool({ exporter: sender, directory: temporaryDirectory(), maxConcurrentSends: 4 });
    for (let i = 0; i < 20; i++) await exported(exporter, uniqueSpans(1));
    await waitUntil(
      () => sender.sent.length > 8,
      5_000,
      () => 'some attempts',
    );
    sender.maxInFlight = 0;
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const from = sender.sent.length;
    sender.answer = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return unavailable();
    };
    await waitUntil(
      () => sender.sent.length > from + 3,
      5_000,
      () => 'more attempts',
    );
    expect(sender.maxInFlight).toBe(1);
    sender.answer = async (_payload, index) => {
      if (index > from + 8) await released;
      return { rejectedSpans: 0 };
    };
    await waitUntil(
      () => sender.inFlight === 4,
      5_000,
      () => 'four requests at once',
    );
    release();
    await exporter.forceFlush();
    expect(exporter.stats()).toMatchObject({ deliveredSpans: 20, pendingSpans: 0 });
  });

  it('waits as long as Retry-After says', async () => {
    const times: number[] = [];
    const sender = new ScriptedSender((_payload, index) => {
      times.push(performance.now());
      if (index > 0) return { rejectedSpans: 0 };
      throw new ExportError('busy', { retryable: true, status: 429, retryAfterMillis: 300 });
    });
    const exporter = createSpool({ exporter: sender, directory: temporaryDirectory() });
    await exported(exporter, uniqueSpans(1));
    await waitUntil(
      () => exporter.stats().deliveredSpans === 1,
      5_000,
      () => 'the delivery',
    );
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(299);
  });

  it('does not let one payload that is never taken hold the others', async () => {
    const poison = uniqueSpans(1);
    const sender = new ScriptedSender((payload) => {
      return idsOf(decodeTraceRequest(payload.bytes, 'protobuf')).includes(idsOf(poison)[0] ?? '')
        ? unavailable()
        : { rejectedSpans: 0 };
    });
    const exporter = createSpool({ exporter: sender, directory: temporaryDirectory() });
    await exported(exporter, poison);
    const others = Array.from({ length: 10 }, () => uniqueSpans(2));
    for (const batch of others) await exported(exporter, batch);
    await waitUntil(
      () => exporter.stats().deliveredSpans === 20,
      5_000,
      () => 'the others',
    );
    expect(exporter.stats()).toMatchObject({ pendingSpans: 1, failedSpans: 0 });
  });

  it.each([400, 401, 404, 422])('moves what is refused for good with %d to failed/ and tells of it', async (status) => {
    const receiver = await startReceiver(() => ({ status }));
    const directory = temporaryDirectory();
    const lost: SpanLoss[] = [];
    const exporter = createSpool({ exporter: httpExporter(receiver), directory, onDrop: (loss) => lost.push(loss) });
    await exported(exporter, uniqueSpans(4));
    await exporter.forceFlush();
    expect(lost).toMatchObject([{ reason: 'export_failed', count: 4, error: { status } }]);
    expect(exporter.stats()).toMatchObject({ failedSpans: 4, pendingSpans: 0, failures: { [`send ${status}`]: 1 } });
    const [name = ''] = namesIn(directory, 'failed');
    expect(decodeTraceRequest(readFileSync(join(directory, 'failed', name)), 'protobuf')).toHaveLength(4);
    expect(receiver.requests).toHaveLength(1);
  });

  it('counts what a receiver refuses of a request that it takes', async () => {
    const lost: SpanLoss[] = [];
    const exporter = createSpool({
      exporter: new ScriptedSender(() => ({ rejectedSpans: 3 })),
      directory: temporaryDirectory(),
      onDrop: (loss) => lost.push(loss),
    });
    await exported(exporter, uniqueSpans(10));
    await exporter.forceFlush();
    expect(exporter.stats()).toMatchObject({ deliveredSpans: 7, rejectedSpans: 3, pendingSpans: 0 });
    expect(lost).toMatchObject([{ reason: 'rejected', count: 3 }]);
  });

  it('splits what is too large until it is taken, and cuts a single span down to its envelope', async () => {
    const limit = 3_000;
    const sender = new ScriptedSender(({ bytes }) => {
      if (bytes.length > limit) throw new ExportError('too large', { retryable: false, status: 413 });
      return { rejectedSpans: 0 };
    });
    const exporter = createSpool({ exporter: sender, directory: temporaryDirectory() });
    const small = uniqueSpans(40, { attributes: { text: 'x'.repeat(200) } });
    const large = uniqueSpans(1, { attributes: { text: 'x'.repeat(50_000) } });
    await exported(exporter, [...small, ...large]);
    await exporter.forceFlush();
    expect(sender.delivered.sort()).toEqual(idsOf([...small, ...large]).sort());
    expect(exporter.stats()).toMatchObject({ deliveredSpans: 41, failedSpans: 0, cutSpans: 1, pendingSpans: 0 });
    expect(balance(exporter)).toEqual({ in: 41, out: 41 });
  });

  it('gives up on a span of which not even the envelope is taken', async () => {
    const directory = temporaryDirectory();
    const sender = new ScriptedSender(() => {
      throw new ExportError('too large', { retryable: false, status: 413 });
    });
    const exporter = createSpool({ exporter: sender, directory });
    await exported(exporter, uniqueSpans(3, { attributes: { text: 'x'.repeat(5_000) } }));
    await exporter.forceFlush();
    expect(exporter.stats()).toMatchObject({ failedSpans: 3, pendingSpans: 0 });
    expect(namesIn(directory, 'failed')).toHaveLength(3);
  });

  it('tries again only the spans that an exporter names as lost', async () => {
    const seen: string[][] = [];
    const exporter = createSpool({
      exporter: {
        export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void) {
          seen.push(idsOf(spans));
          const error = new ExportError('unavailable', { retryable: true, status: 503 });
          if (seen.length > 1) return resultCallback({ code: EXPORT_SUCCESS });
          const [first, second, ...rest] = spans;
          if (first === undefined || second === undefined) throw new Error('no spans');
          const refused = new ExportError('bad', { retryable: false, status: 400 });
          resultCallback({
            code: EXPORT_FAILED,
            losses: [
              { reason: 'export_failed', count: 1, spans: [first], error },
              { reason: 'export_failed', count: 1, spans: [second], error: refused },
            ],
          });
          expect(rest).toHaveLength(3);
        },
        shutdown: () => Promise.resolve(),
      },
      directory: temporaryDirectory(),
    });
    const spans = uniqueSpans(5);
    await exported(exporter, spans);
    await waitUntil(
      () => exporter.stats().deliveredSpans === 4,
      5_000,
      () => 'the rest',
    );
    expect(seen).toEqual([idsOf(spans), idsOf(spans.slice(0, 1))]);
    expect(exporter.stats()).toMatchObject({ failedSpans: 1, pendingSpans: 0 });
  });

  it.each<[string, (spans: ReadableSpanLike[], callback: (result: ExportResultLike) => void) => void]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['never calls back', () => {}],
    ['calls back with nonsense', (_spans, callback) => callback({ code: 7 } as unknown as ExportResultLike)],
  ])('keeps the spans of an exporter that %s', async (_what, exportSpans) => {
    const directory = temporaryDirectory();
    const exporter = createSpool({
      exporter: { export: exportSpans, shutdown: () => Promise.resolve() },
      directory,
      sendTimeoutMillis: 30,
    });
    expect(await exported(exporter, uniqueSpans(2))).toEqual({ code: EXPORT_SUCCESS });
    await exporter.forceFlush();
    expect(exporter.stats()).toMatchObject({ pendingSpans: 2, failedSpans: 0 });
    expect(spoolFiles(directory)).toHaveLength(1);
  });
});

describe('flush and end', () => {
  it('has delivered everything after forceFlush() when the receiver is up', async () => {
    const receiver = await startReceiver();
    const exporter = createSpool({ exporter: httpExporter(receiver), directory: temporaryDirectory() });
    for (let i = 0; i < 10; i++) exporter.export(uniqueSpans(50), () => {});
    await exporter.forceFlush();
    expect(receiver.spans).toHaveLength(500);
  });

  it('ends forceFlush() soon when nobody listens, with everything on the disk', async () => {
    const receiver = await startReceiver();
    await receiver.close();
    const directory = temporaryDirectory();
    const exporter = createSpool({ exporter: httpExporter(receiver), directory, flushTimeoutMillis: 20_000 });
    exporter.export(uniqueSpans(5), () => {});
    const started = performance.now();
    await exporter.forceFlush();
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(spoolFiles(directory).map(({ spanCount }) => spanCount)).toEqual([5]);
  });

  it('ends forceFlush() after its time when the receiver hangs', async () => {
    const receiver = await startReceiver(() => 'hang');
    const directory = temporaryDirectory();
    const exporter = createSpool({ exporter: httpExporter(receiver), directory, flushTimeoutMillis: 100 });
    exporter.export(uniqueSpans(5), () => {});
    const started = performance.now();
    await exporter.forceFlush();
    expect(performance.now() - started).toBeLessThan(900);
    expect(spoolFiles(directory)).toHaveLength(1);
  });

  it('leaves what is not delivered to the next one, which may take it at once', async () => {
    const spans = uniqueSpans(5);
    const directory = await leftSpool([spans]);
    expect(namesIn(directory)).toEqual([expect.stringMatching(/^left-/)]);
    const sender = new ScriptedSender();
    const next = createSpool({ exporter: sender, directory });
    await next.forceFlush();
    expect(sender.delivered).toEqual(idsOf(spans));
    await next.shutdown();
    expect(namesIn(directory)).toEqual([]);
  });

  it('takes nothing after shutdown, shuts the exporter behind down, and does both once', async () => {
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory: temporaryDirectory() });
    const end = exporter.shutdown();
    expect(exporter.shutdown()).toBe(end);
    await end;
    expect(sender.isShutDown).toBe(true);
    const spans = uniqueSpans(2);
    const lost = { code: EXPORT_FAILED, losses: [{ reason: 'shutdown', count: 2, spans }] };
    expect(await exported(exporter, spans)).toMatchObject(lost);
    expect(exporter.exportSync(spans)).toMatchObject(lost);
  });

  it('has stored what exportSync() was given when it returns', async () => {
    const directory = temporaryDirectory();
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory });
    const spans = uniqueSpans(3);
    expect(exporter.exportSync(spans)).toEqual({ code: EXPORT_SUCCESS });
    expect(spoolFiles(directory).map(({ spanCount }) => spanCount)).toEqual([3]);
    await exporter.forceFlush();
    expect(sender.delivered).toEqual(idsOf(spans));
  });

  it('has stored what was exported before when flushSync() returns, and sends it once if the process goes on', async () => {
    const directory = temporaryDirectory();
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory });
    const batches = Array.from({ length: 10 }, () => uniqueSpans(100, { attributes: { text: 'x'.repeat(500) } }));
    const results = batches.map((batch) => exported(exporter, batch));
    exporter.flushSync();
    const stored = spoolFiles(directory).flatMap(({ path }) => decodeTraceRequest(readFileSync(path), 'protobuf'));
    expect(idsOf(stored).sort()).toEqual(batches.flatMap(idsOf).sort());
    expect(await Promise.all(results)).toEqual(batches.map(() => ({ code: EXPORT_SUCCESS })));
    await exporter.forceFlush();
    expect(sender.delivered.sort()).toEqual(batches.flatMap(idsOf).sort());
    expect(balance(exporter)).toEqual({ in: 1_000, out: 1_000 });
    expect(namesIn(directory, namesIn(directory)[0] ?? '')).toEqual([]);
  });
});

describe('limits', () => {
  it('evicts the oldest when the bytes are reached, and tells of each', async () => {
    const lost: SpanLoss[] = [];
    const directory = temporaryDirectory();
    const sender = new ScriptedSender(unavailable);
    const exporter = createSpool({
      exporter: sender,
      directory,
      maxRequestBytes: 2_000,
      maxBytes: 20_000,
      onDrop: (loss) => lost.push(loss),
    });
    const batches = Array.from({ length: 60 }, () => uniqueSpans(5, { attributes: { text: 'x'.repeat(100) } }));
    for (const batch of batches) {
      await exported(exporter, batch);
      expect(exporter.stats().pendingBytes).toBeLessThanOrEqual(20_000);
    }
    const { evictedSpans, pendingSpans } = exporter.stats();
    expect(evictedSpans).toBeGreaterThan(100);
    expect(evictedSpans + pendingSpans).toBe(300);
    expect(lost.every(({ reason }) => reason === 'evicted')).toBe(true);
    expect(lost.reduce((sum, { count }) => sum + count, 0)).toBe(evictedSpans);
    sender.answer = () => ({ rejectedSpans: 0 });
    await exporter.forceFlush();
    expect(sender.delivered.sort()).toEqual(batches.flatMap(idsOf).slice(evictedSpans).sort());
  });

  it('evicts what has waited too long, also what another process left', async () => {
    const directory = await leftSpool([uniqueSpans(4)]);
    const lost: SpanLoss[] = [];
    const sender = new ScriptedSender(unavailable);
    await waitUntil(
      () => Date.now() > Number(spoolFiles(directory)[0]?.name.slice(0, 15)) + 5,
      1_000,
      () => 'time',
    );
    const exporter = createSpool({ exporter: sender, directory, maxAgeMillis: 1, onDrop: (loss) => lost.push(loss) });
    await waitUntil(
      () => exporter.stats().evictedSpans === 4,
      2_000,
      () => 'the eviction',
    );
    expect(lost).toMatchObject([{ reason: 'evicted', count: 4 }]);
    expect(exporter.stats()).toMatchObject({ pendingSpans: 0 });
    expect(spoolFiles(directory)).toEqual([]);
  });

  it('counts what other exporters have in the same directory', async () => {
    const directory = temporaryDirectory();
    const limits = { directory, maxRequestBytes: 2_000, maxBytes: 20_000 };
    const first = createSpool({ exporter: new ScriptedSender(unavailable), ...limits });
    const batch = () => uniqueSpans(5, { attributes: { text: 'x'.repeat(100) } });
    for (let i = 0; i < 40; i++) await exported(first, batch());
    const before = first.stats().pendingBytes;
    const second = createSpool({ exporter: new ScriptedSender(unavailable), ...limits });
    for (let i = 0; i < 40; i++) await exported(second, batch());
    await waitUntil(
      () => first.stats().pendingBytes + second.stats().pendingBytes <= 20_000,
      5_000,
      () => 'both to be within the limit',
    );
    expect(first.stats().pendingBytes).toBeLessThan(before);
    // Each keeps its share.
    expect(first.stats().pendingBytes).toBeGreaterThan(8_000);
    expect(second.stats().pendingBytes).toBeGreaterThan(8_000);
  });

  it('bounds what it keeps of refused files', async () => {
    const directory = temporaryDirectory();
    const exporter = createSpool({
      exporter: new ScriptedSender(() => {
        throw new ExportError('bad', { retryable: false, status: 400 });
      }),
      directory,
      maxRequestBytes: 2_000,
      maxBytes: 80_000,
    });
    for (let i = 0; i < 60; i++) await exported(exporter, uniqueSpans(5, { attributes: { text: 'x'.repeat(100) } }));
    await exporter.forceFlush();
    const sizes = namesIn(directory, 'failed').map((name) => statSync(join(directory, 'failed', name)).size);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(5_000);
    expect(total).toBeLessThanOrEqual(10_000 + 10_000 / 16 + 2_000);
    expect(exporter.stats().failedSpans).toBe(300);
  });

  it('refuses what does not fit in memory while the disk is slower than the application', async () => {
    const exporter = createSpool({
      exporter: new ScriptedSender(),
      directory: temporaryDirectory(),
      maxRequestBytes: 10_000,
      maxMemoryBytes: 10_000,
    });
    const batches = Array.from({ length: 4 }, () => uniqueSpans(10, { attributes: { text: 'x'.repeat(400) } }));
    const results = await Promise.all(batches.map((batch) => exported(exporter, batch)));
    const refused = results.filter(({ code }) => code === EXPORT_FAILED);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ losses: [{ reason: 'queue_full', count: 10 }] });
    expect(refused[0]?.losses?.[0]?.spans).toHaveLength(10);
    await exporter.forceFlush();
    expect(exporter.stats().deliveredSpans).toBe(40 - 10 * refused.length);
  });

  it('starts quickly with 25,000 files, and sends the oldest first', async () => {
    const directory = await leftSpool([uniqueSpans(1)]);
    const [original] = spoolFiles(directory);
    if (original === undefined) throw new Error('no file');
    const bytes = readFileSync(original.path);
    const sequence = (i: number): string => i.toString(36).padStart(8, '0');
    const nameOf = (i: number): string => original.name.replace(/-[0-9a-z]{8}-/, `-${sequence(i)}-`);
    for (let i = 1; i < 25_000; i++) writeFileSync(join(dirname(original.path), nameOf(i)), bytes);
    const started = performance.now();
    const sender = new ScriptedSender((_payload, index) => {
      return index < 50 ? { rejectedSpans: 0 } : new Promise<never>(() => {});
    });
    const exporter = createSpool({ exporter: sender, directory, maxConcurrentSends: 1, flushTimeoutMillis: 50 });
    expect(performance.now() - started).toBeLessThan(200);
    await waitUntil(
      () => sender.sent.length > 50,
      10_000,
      () => 'fifty requests',
    );
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(exporter.stats()).toMatchObject({ recoveredFiles: 25_000, deliveredSpans: 50, pendingFiles: 24_950 });
    expect(spoolFiles(directory)[0]?.name).toBe(nameOf(50));
  }, 60_000);
});

describe('files that are not as they should be', () => {
  const cases: [string, (path: string) => void][] = [
    ['empty', (path) => writeFileSync(path, '')],
    ['cut short', (path) => writeFileSync(path, readFileSync(path).subarray(0, 40))],
    ['too long', (path) => writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(9)]))],
    [
      'changed in one byte',
      (path) => {
        const bytes = readFileSync(path);
        bytes[10] = (bytes[10] ?? 0) ^ 1;
        writeFileSync(path, bytes);
      },
    ],
  ];
  it.each(cases)('sets a file aside that is %s, counts its spans, and sends the others', async (_what, harm) => {
    const batches = [uniqueSpans(2), uniqueSpans(3), uniqueSpans(4)];
    const directory = await leftSpool(batches);
    harm(spoolFiles(directory)[1]?.path ?? '');
    const lost: SpanLoss[] = [];
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory, onDrop: (loss) => lost.push(loss) });
    await exporter.forceFlush();
    expect(sender.delivered.sort()).toEqual(idsOf([...(batches[0] ?? []), ...(batches[2] ?? [])]).sort());
    expect(exporter.stats()).toMatchObject({ corruptFiles: 1, failedSpans: 3, deliveredSpans: 6, pendingSpans: 0 });
    expect(lost).toMatchObject([{ reason: 'export_failed', count: 3 }]);
    expect(namesIn(directory, 'corrupt')).toHaveLength(1);
  });

  it('sets aside what bears the name of a file and is none', async () => {
    const batches = [uniqueSpans(2), uniqueSpans(3)];
    const directory = await leftSpool(batches);
    const folder = join(directory, namesIn(directory)[0] ?? '');
    mkdirSync(join(folder, `${inTime()}-00000000-5-100-00000000.pb`));
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory });
    await exporter.forceFlush();
    expect(sender.delivered.sort()).toEqual(batches.flatMap(idsOf).sort());
    expect(exporter.stats()).toMatchObject({ corruptFiles: 1, failedSpans: 5, pendingSpans: 0 });
  });

  it('sets strangers in a folder of its own aside, deletes what a dead process had not finished, and leaves the rest of the directory alone', async () => {
    const spans = uniqueSpans(2);
    const directory = await leftSpool([spans]);
    const folder = join(directory, namesIn(directory)[0] ?? '');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, '17500-bad-name.pb'), 'x');
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, '001795331201212-00000000-100-7242-ea17a196.pb.tmp'), 'half');
    writeFileSync(join(directory, 'README'), 'hands off');
    mkdirSync(join(directory, 'owner-of-something-else'));
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory });
    await exporter.forceFlush();
    expect(sender.delivered).toEqual(idsOf(spans));
    expect(exporter.stats()).toMatchObject({ corruptFiles: 3, unfinishedFiles: 1, failedSpans: 0 });
    expect(namesIn(directory, 'corrupt')).toEqual(['17500-bad-name.pb', 'folder', 'notes.txt']);
    await exporter.shutdown();
    expect(namesIn(directory)).toEqual(['README', 'corrupt', 'owner-of-something-else']);
  });

  it('sets aside what an exporter of spans cannot be given', async () => {
    const directory = await leftSpool([uniqueSpans(1)]);
    const [file] = spoolFiles(directory);
    const bytes = Buffer.from('this is no protobuf at all');
    const checksum = crc32(bytes).toString(16).padStart(8, '0');
    const name = `${inTime()}-00000000-6-${bytes.length}-${checksum}.pb`;
    writeFileSync(join(dirname(file?.path ?? ''), name), bytes);
    const seen: string[] = [];
    const exporter = createSpool({
      exporter: {
        export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void) {
          seen.push(...idsOf(spans));
          resultCallback({ code: EXPORT_SUCCESS });
        },
        shutdown: () => Promise.resolve(),
      },
      directory,
    });
    await exporter.forceFlush();
    expect(seen).toHaveLength(1);
    expect(exporter.stats()).toMatchObject({ corruptFiles: 1, failedSpans: 6, deliveredSpans: 1 });
    expect(namesIn(directory, 'corrupt')).toEqual([name]);
  });

  it('counts files that somebody deleted', async () => {
    const directory = await leftSpool([uniqueSpans(2), uniqueSpans(3)]);
    const sender = new ScriptedSender(unavailable);
    const exporter = createSpool({ exporter: sender, directory });
    await waitUntil(
      () => exporter.stats().pendingFiles === 2,
      2_000,
      () => 'both files',
    );
    for (const { path } of spoolFiles(directory)) unlinkSync(path);
    sender.answer = () => ({ rejectedSpans: 0 });
    await waitUntil(
      () => exporter.stats().pendingSpans === 0,
      5_000,
      () => 'the end',
    );
    expect(balance(exporter)).toEqual({ in: 5, out: 5 });
    expect(existsSync(join(directory, 'corrupt'))).toBe(false);
  });
});

describe('owners', () => {
  it('does not touch what a living exporter of the same process has', async () => {
    const directory = temporaryDirectory();
    const first = createSpool({ exporter: new ScriptedSender(unavailable), directory });
    await exported(first, uniqueSpans(2));
    const sender = new ScriptedSender();
    const second = createSpool({ exporter: sender, directory });
    await second.forceFlush();
    expect(sender.sent).toEqual([]);
    expect(second.stats()).toMatchObject({ recoveredSpans: 0, pendingSpans: 0 });
    expect(first.stats()).toMatchObject({ pendingSpans: 2 });
  });

  it('takes over what a process left whose id belongs to another one now', async () => {
    const spans = uniqueSpans(2);
    const directory = await leftSpool([spans]);
    const reused = ownFolderName().replace(/-(\d+)-(\d+)-/, `-${process.pid}-1-`);
    renameSync(join(directory, namesIn(directory)[0] ?? ''), join(directory, reused));
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory });
    await exporter.forceFlush();
    expect(sender.delivered).toEqual(process.platform === 'linux' ? idsOf(spans) : []);
  });

  it('takes over from another machine what has not been touched for long, but not what was touched just now', async () => {
    const spans = uniqueSpans(2);
    const directory = await leftSpool([spans]);
    const foreign = join(directory, 'owner-0123456789ab-1-77-0123456789abcdef');
    renameSync(join(directory, namesIn(directory)[0] ?? ''), foreign);
    const now = new Date();
    utimesSync(foreign, now, now);
    const sender = new ScriptedSender();
    const exporter = createSpool({ exporter: sender, directory });
    await exporter.forceFlush();
    expect(sender.sent).toEqual([]);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(foreign, longAgo, longAgo);
    await waitUntil(
      () => exporter.stats().deliveredSpans === 2,
      5_000,
      () => 'the delivery',
    );
    expect(sender.delivered).toEqual(idsOf(spans));
  });

  it('lets one of several take over what was left', async () => {
    const directory = await leftSpool([uniqueSpans(1)]);
    const sender = new ScriptedSender();
    const exporters = [1, 2, 3].map(() => createSpool({ exporter: sender, directory }));
    await Promise.all(exporters.map((exporter) => exporter.forceFlush()));
    expect(sender.delivered).toHaveLength(1);
    expect(exporters.map((exporter) => exporter.stats().recoveredSpans).sort()).toEqual([0, 0, 1]);
  });
});
