import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diag } from '@opentelemetry/api';
import { recordWarnings, startOtlpReceiver, waitUntil } from '@genspan/test-utils';
import { EXPORT_FAILED, EXPORT_SUCCESS, OptionError } from '@genspan/span-processor-base';
import { ExportError } from '../../src/export-error.js';
import { SpoolingSpanExporter } from '../../src/spool/spooling-span-exporter.js';
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

afterEach(async () => {
  await cleanUp();
  diag.disable();
});

jest.setTimeout(60_000);

const unavailable = (): never => {
  throw new ExportError('unavailable', { retryable: true, status: 503 });
};

/** A file system of 1 MiB of its own; `undefined` where this process may not mount one. */
function mountSmallDisk(): string | undefined {
  const directory = temporaryDirectory();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=700', 'tmpfs', directory], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  atEnd(() => unmount(directory));
  return directory;
}

function unmount(directory: string): void {
  execFileSync('umount', ['-l', directory], { stdio: 'ignore' });
}

const batch = (): ReturnType<typeof uniqueSpans> => uniqueSpans(10, { attributes: { text: 'x'.repeat(2_000) } });

describe('a full disk', () => {
  const disk = mountSmallDisk();
  const itOnSmallDisk = disk === undefined ? it.skip : it;
  if (disk === undefined) process.stderr.write('Skipped: a really full disk, because tmpfs cannot be mounted here.\n');

  itOnSmallDisk('keeps in memory what does not fit, warns once, delivers all, and uses the disk again', async () => {
    const warnings = recordWarnings();
    const directory = mountSmallDisk();
    if (directory === undefined) throw new Error('Could be mounted before');
    const sender = new ScriptedSender(unavailable);
    const exporter = createSpool({ exporter: sender, directory });
    const batches = Array.from({ length: 80 }, batch);
    const results = batches.map((spans) => exported(exporter, spans));
    await waitUntil(
      () => exporter.stats().spooledSpans + exporter.stats().memorySpans === 800,
      10_000,
      () => 'everything to be accepted',
    );
    const { spooledSpans, memorySpans, failures } = exporter.stats();
    expect(spooledSpans).toBeGreaterThan(200);
    expect(memorySpans).toBeGreaterThan(200);
    expect(failures['write ENOSPC']).toBeGreaterThan(0);
    expect(warnings.filter((line) => line.includes('write'))).toEqual([expect.stringContaining('write ENOSPC failed')]);
    expect(namesIn(dirname(spoolFiles(directory)[0]?.path ?? '')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    sender.answer = () => ({ rejectedSpans: 0 });
    expect(await Promise.all(results)).toEqual(batches.map(() => ({ code: EXPORT_SUCCESS })));
    await exporter.forceFlush();
    expect(sender.delivered.sort()).toEqual(batches.flatMap(idsOf).sort());
    expect(balance(exporter)).toEqual({ in: 800, out: 800 });
    sender.answer = unavailable;
    await waitUntil(
      () => {
        exporter.export(batch(), () => {});
        return exporter.stats().spooledSpans > spooledSpans;
      },
      10_000,
      () => 'the disk to be used again',
    );
  });

  itOnSmallDisk('reports what was only in memory when there is no time left', async () => {
    const directory = mountSmallDisk();
    if (directory === undefined) throw new Error('Could be mounted before');
    const exporter = createSpool({
      exporter: new ScriptedSender(unavailable),
      directory,
      flushTimeoutMillis: 100,
      scanIntervalMillis: 10_000,
    });
    const batches = Array.from({ length: 80 }, batch);
    const results = batches.map((spans) => exported(exporter, spans));
    await waitUntil(
      () => exporter.stats().spooledSpans + exporter.stats().memorySpans === 800,
      10_000,
      () => 'everything to be accepted',
    );
    await exporter.shutdown();
    const ends = await Promise.all(results);
    const lost = ends.filter(({ code }) => code === EXPORT_FAILED);
    expect(lost.length).toBe(exporter.stats().memorySpans / 10);
    expect(lost[0]).toMatchObject({ losses: [{ reason: 'shutdown', count: 10 }] });
    expect(idsOf(lost[0]?.losses?.[0]?.spans ?? [])).toHaveLength(10);
    expect(exporter.stats()).toMatchObject({ failedSpans: lost.length * 10 });
    expect(spoolFiles(directory).reduce((sum, { spanCount }) => sum + spanCount, 0)).toBe(800 - lost.length * 10);
  });

  itOnSmallDisk('stays within its own limit on a disk that is large enough for that', async () => {
    const directory = mountSmallDisk();
    if (directory === undefined) throw new Error('Could be mounted before');
    const exporter = createSpool({
      exporter: new ScriptedSender(unavailable),
      directory,
      maxRequestBytes: 50_000,
      maxBytes: 400_000,
    });
    for (let i = 0; i < 60; i++) expect(await exported(exporter, batch())).toEqual({ code: EXPORT_SUCCESS });
    expect(exporter.stats()).toMatchObject({ memorySpans: 0, spooledSpans: 600 });
    expect(exporter.stats().evictedSpans).toBeGreaterThan(300);
  });
});

it('makes the directory anew when somebody removes it, and loses nothing that is still in memory', async () => {
  const receiver = await startOtlpReceiver();
  atEnd(() => receiver.close());
  const directory = temporaryDirectory();
  const sender = new ScriptedSender(unavailable);
  const exporter = createSpool({ exporter: sender, directory });
  const before = uniqueSpans(10);
  await exported(exporter, before);
  await waitUntil(
    () => sender.sent.length > 0,
    5_000,
    () => 'an attempt',
  );
  rmSync(directory, { recursive: true });
  const after = uniqueSpans(10);
  expect(await exported(exporter, after)).toEqual({ code: EXPORT_SUCCESS });
  expect(spoolFiles(directory).map(({ spanCount, mode }) => [spanCount, mode])).toEqual([[10, 0o600]]);
  sender.answer = () => ({ rejectedSpans: 0 });
  await waitUntil(
    () => exporter.stats().pendingSpans === 0,
    5_000,
    () => 'the end',
  );
  expect(sender.delivered).toEqual(expect.arrayContaining(idsOf(after)));
  const { deliveredSpans, failedSpans } = exporter.stats();
  expect(deliveredSpans + failedSpans).toBe(20);
});

it('keeps spans in memory while there is no directory and none can be made, and uses it when it is back', async () => {
  const receiver = await startOtlpReceiver();
  atEnd(() => receiver.close());
  const warnings = recordWarnings();
  const directory = join(temporaryDirectory(), 'spool');
  const exporter = createSpool({ exporter: httpExporter(receiver), directory });
  rmSync(directory, { recursive: true });
  writeFileSync(directory, 'a file in its place');
  const spans = uniqueSpans(10);
  expect(await exported(exporter, spans)).toEqual({ code: EXPORT_SUCCESS });
  expect(receiver.spans.map(({ spanId }) => spanId)).toEqual(idsOf(spans));
  expect(exporter.stats()).toMatchObject({ memorySpans: 10, spooledSpans: 0, deliveredSpans: 10, pendingSpans: 0 });
  expect(warnings.filter((line) => line.includes('write '))).toHaveLength(1);
  rmSync(directory);
  await waitUntil(
    () => {
      exporter.export(uniqueSpans(1), () => {});
      return exporter.stats().spooledSpans > 0;
    },
    10_000,
    () => 'the disk to be used again',
  );
});

it('moves to the disk what had to stay in memory, once it works again and the receiver is still down', async () => {
  const directory = join(temporaryDirectory(), 'spool');
  const exporter = createSpool({ exporter: new ScriptedSender(unavailable), directory });
  rmSync(directory, { recursive: true });
  writeFileSync(directory, 'a file in its place');
  const result = exported(exporter, uniqueSpans(10));
  await waitUntil(
    () => exporter.stats().memorySpans === 10,
    5_000,
    () => 'the spans in memory',
  );
  rmSync(directory);
  expect(await result).toEqual({ code: EXPORT_SUCCESS });
  expect(spoolFiles(directory).map(({ spanCount }) => spanCount)).toEqual([10]);
  expect(balance(exporter)).toEqual({ in: 10, out: 10 });
  expect(exporter.stats()).toMatchObject({ memorySpans: 10, spooledSpans: 0, pendingSpans: 10 });
});

it('stores with flushSync() what is only in memory and on its way', async () => {
  const directory = join(temporaryDirectory(), 'spool');
  let answer = (): void => {};
  const sender = new ScriptedSender(() => new Promise((resolve) => (answer = () => resolve({ rejectedSpans: 0 }))));
  const exporter = createSpool({ exporter: sender, directory });
  rmSync(directory, { recursive: true });
  writeFileSync(directory, 'a file in its place');
  const result = exported(exporter, uniqueSpans(10));
  await waitUntil(
    () => sender.inFlight === 1,
    5_000,
    () => 'a request',
  );
  rmSync(directory);
  exporter.flushSync();
  expect(spoolFiles(directory).map(({ spanCount }) => spanCount)).toEqual([10]);
  answer();
  expect(await result).toEqual({ code: EXPORT_SUCCESS });
  await exporter.forceFlush();
  expect(spoolFiles(directory)).toEqual([]);
  expect(sender.sent).toHaveLength(1);
});

describe('a directory that cannot be used', () => {
  const cases: [string, (parent: string) => string][] = [
    [
      'is a file',
      (parent) => {
        writeFileSync(join(parent, 'file'), '');
        return join(parent, 'file');
      },
    ],
    [
      'is below a file',
      (parent) => {
        writeFileSync(join(parent, 'file'), '');
        return join(parent, 'file', 'spool');
      },
    ],
    ['is on a file system that takes none', () => '/proc/genspan-spool'],
    ['has a name that is too long', (parent) => join(parent, 'x'.repeat(300))],
  ];
  it.each(cases)('is an error that names the option when it %s', (_what, make) => {
    const directory = make(temporaryDirectory());
    const create = (): unknown => new SpoolingSpanExporter({ exporter: new ScriptedSender(), directory });
    expect(create).toThrow(OptionError);
    expect(create).toThrow(/Expected `directory` to be a directory that can be written to \(E[A-Z]+\)/);
  });

  it('is an error when this user may not write there', () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'spool'));
    chmodSync(join(directory, 'spool'), 0o500);
    chmodSync(directory, 0o755);
    // The superuser may write everywhere: for this the test becomes somebody else.
    const nobody = 65_534;
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(nobody);
    try {
      const create = (): unknown =>
        new SpoolingSpanExporter({ exporter: new ScriptedSender(), directory: join(directory, 'spool') });
      expect(create).toThrow(/`directory`.*\(EACCES\)/);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });
});

it('leaves the mode of a directory that was there as it is', () => {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o750);
  createSpool({ exporter: new ScriptedSender(), directory });
  expect(statSync(directory).mode & 0o777).toBe(0o750);
  expect(readdirSync(directory)).toHaveLength(1);
});
