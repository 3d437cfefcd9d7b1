import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diag } from '@opentelemetry/api';
import { recordWarnings, spansOf, startOtlpReceiver } from '@genspan/test-utils';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import { ExportError } from '../src/export-error.js';
import { FilteringSpanExporter } from '../src/filtering-span-exporter.js';
import { OtlpHttpSpanExporter } from '../src/otlp/otlp-http-span-exporter.js';
import { isOtlpSender } from '../src/otlp/otlp-payload.js';
import type { OtlpPayload, OtlpReceipt } from '../src/otlp/otlp-payload.js';
import { PayloadDumpSpanExporter } from '../src/payload-dump-span-exporter.js';
import type { PayloadDumpSpanExporterOptions } from '../src/payload-dump-options.js';
import { realSpans } from './real-spans.js';
import { OK, ScriptedExporter, exportOf, failure, lossesIn, spansNamed } from './scripted-exporter.js';

let folder: string;
let failedDirectory: string;
let allDirectory: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dump-'));
  failedDirectory = join(folder, 'failed');
  allDirectory = join(folder, 'all');
});
afterEach(() => {
  diag.disable();
  rmSync(folder, { recursive: true });
});

const dumping = (exporter: SpanExporterLike, options: Partial<PayloadDumpSpanExporterOptions> = {}) =>
  new PayloadDumpSpanExporter({ exporter, failedDirectory, ...options });

/** What is in a directory: reason and names of the spans of each file, in the order of the files' names. */
const filesIn = (path: string): string[] =>
  readdirSync(path)
    .sort()
    .map((name) => {
      const reason = /-([a-z_]+)\.json$/.exec(name)?.[1] ?? name;
      const spans = spansOf(JSON.parse(readFileSync(join(path, name), 'utf8')));
      return `${reason}: ${spans.map((span) => span.name).join(' ')}`;
    });

test('keeps what failed, as a request in a file of mode 0600 in a directory of mode 0700', async () => {
  const exporter = dumping(new ScriptedExporter(OK, failure('down')));
  const failing = failure('down');
  expect(await exportOf(exporter, spansNamed('a b')).result).toEqual(OK);
  expect(await exportOf(exporter, spansNamed('c d')).result).toEqual(failing);
  await exporter.forceFlush();
  expect(filesIn(failedDirectory)).toEqual(['export_failed: c d']);
  const [name = ''] = readdirSync(failedDirectory);
  expect(name).toMatch(
    new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}Z-${process.pid}-\\d{6}-export_failed\\.json$`),
  );
  expect(statSync(join(failedDirectory, name)).mode & 0o777).toBe(0o600);
  expect(statSync(failedDirectory).mode & 0o777).toBe(0o700);
  expect(exporter.stats()).toEqual({
    writtenFiles: 1,
    writtenBytes: statSync(join(failedDirectory, name)).size,
    deletedFiles: 0,
    skippedFiles: 0,
    failures: {},
  });
});

test('of a batch that arrived in part keeps what did not, a file for each reason, and not what was filtered', async () => {
  const spans = spansNamed('a b c d e');
  const [a, , c, d, e] = spans;
  if (!a || !c || !d || !e) throw new Error('no spans');
  const inner = new ScriptedExporter(
    failure('in part', [
      { reason: 'rejected', count: 1, spans: [a] },
      { reason: 'filtered', count: 1, spans: [e] },
      { reason: 'timeout', count: 1, spans: [d] },
      { reason: 'rejected', count: 1, spans: [c] },
    ]),
  );
  const exporter = dumping(inner, { allDirectory });
  await exportOf(exporter, spans).result;
  await exporter.forceFlush();
  expect(filesIn(failedDirectory)).toEqual(['rejected: a c', 'timeout: d']);
  expect(filesIn(allDirectory)).toEqual(['rejected: a b c d e']);
});

test('keeps the whole batch when only the number of lost spans is known', async () => {
  const exporter = dumping(new ScriptedExporter({ code: 0, losses: [{ reason: 'rejected', count: 1 }] }));
  await exportOf(exporter, spansNamed('a b')).result;
  await exporter.forceFlush();
  expect(filesIn(failedDirectory)).toEqual(['rejected: a b']);
});

test('keeps everything, if asked to', async () => {
  const exporter = new PayloadDumpSpanExporter({
    exporter: new FilteringSpanExporter({ exporter: new ScriptedExporter(OK, failure('down')), filter: () => true }),
    allDirectory,
  });
  await exportOf(exporter, spansNamed('a')).result;
  await exportOf(exporter, spansNamed('b')).result;
  await exporter.shutdown();
  expect(filesIn(allDirectory)).toEqual(['ok: a', 'export_failed: b']);
});

test('keeps what a processor dropped, and no span twice', async () => {
  const exporter = dumping(new ScriptedExporter(failure('down')));
  const [dropped, failed] = [spansNamed('dropped'), spansNamed('failed')];
  const result = await exportOf(exporter, failed).result;
  exporter.dumpDropped({ reason: 'queue_full', count: 1, spans: dropped });
  exporter.dumpDropped({ reason: 'export_failed', count: 1, spans: failed });
  exporter.dumpDropped({ reason: 'filtered', count: 1, spans: spansNamed('left-out') });
  exporter.dumpDropped({ reason: '../../escape', count: 1, spans: spansNamed('odd') });
  exporter.dumpDropped({ reason: 'rejected', count: 7 });
  expect(result).toMatchObject({ code: 1, error: { message: 'down' } });
  await exporter.forceFlush();
  expect(filesIn(failedDirectory).sort()).toEqual(['export_failed: failed', 'lost: odd', 'queue_full: dropped']);
});

test('writes protobuf, if asked to, that a receiver takes as it is', async () => {
  const receiver = await startOtlpReceiver();
  const exporter = dumping(new ScriptedExporter(failure('down')), { encoding: 'protobuf' });
  await exportOf(exporter, realSpans({ name: 'a' }, { name: 'b' })).result;
  await exporter.forceFlush();
  const [name = ''] = readdirSync(failedDirectory);
  expect(name).toMatch(/-export_failed\.pb$/);
  const headers = { 'content-type': 'application/x-protobuf' };
  const body = new Uint8Array(readFileSync(join(failedDirectory, name)));
  const response = await fetch(`${receiver.url}/v1/traces`, { method: 'POST', headers, body });
  await receiver.close();
  expect(response.status).toBe(200);
  expect(receiver.spans.map((span) => span.name)).toEqual(['a', 'b']);
});

test('what it writes of a failed export over real HTTP is what the receiver refused', async () => {
  recordWarnings();
  const receiver = await startOtlpReceiver({ fault: () => ({ status: 400 }) });
  const inner = new OtlpHttpSpanExporter({ url: `${receiver.url}/v1/traces`, encoding: 'json' });
  const exporter = dumping(inner);
  const result = await exportOf(exporter, realSpans({ name: 'a', attributes: { text: 'ü\n' } })).result;
  await exporter.shutdown();
  await receiver.close();
  expect(result.code).toBe(1);
  const [name = ''] = readdirSync(failedDirectory);
  expect(readFileSync(join(failedDirectory, name))).toEqual(receiver.requests[0]?.bytes);
});

test('writes encoded spans as they came, and passes the answer on', async () => {
  const answers: (() => Promise<OtlpReceipt>)[] = [
    () => Promise.resolve({ rejectedSpans: 0 }),
    () => Promise.resolve({ rejectedSpans: 1 }),
    () => Promise.reject(new ExportError('refused', { retryable: true, status: 503 })),
  ];
  const inner = Object.assign(new ScriptedExporter(), {
    encoding: 'protobuf' as const,
    sendOtlp: () => answers.shift()?.() ?? Promise.resolve({ rejectedSpans: 0 }),
  });
  const exporter = dumping(inner, { allDirectory });
  if (!isOtlpSender(exporter)) throw new Error('Expected a sender');
  const payload = (text: string): OtlpPayload => ({ encoding: 'protobuf', bytes: Buffer.from(text), spanCount: 1 });
  expect(await exporter.sendOtlp(payload('1'))).toEqual({ rejectedSpans: 0 });
  expect(await exporter.sendOtlp(payload('2'))).toEqual({ rejectedSpans: 1 });
  await expect(exporter.sendOtlp(payload('3'))).rejects.toMatchObject({ message: 'refused', retryable: true });
  await exporter.forceFlush();
  const contents = (path: string) =>
    readdirSync(path)
      .sort()
      .map((name) => `${/-([a-z_]+\.pb)$/.exec(name)?.[1]} ${readFileSync(join(path, name), 'utf8')}`);
  expect(contents(failedDirectory)).toEqual(['rejected.pb 2', 'export_failed.pb 3']);
  expect(contents(allDirectory)).toEqual(['ok.pb 1', 'rejected.pb 2', 'export_failed.pb 3']);
  expect(isOtlpSender(dumping(new ScriptedExporter()))).toBe(false);
});

test('a failing disk is counted and said once, and the export ends as it does', async () => {
  const warnings = recordWarnings();
  const exporter = dumping(new ScriptedExporter(failure('down'), failure('down')));
  rmSync(failedDirectory, { recursive: true });
  writeFileSync(failedDirectory, 'in the way');
  for (const name of ['secret-1', 'secret-2']) {
    expect(await exportOf(exporter, spansNamed(name)).result).toMatchObject({ code: 1, error: { message: 'down' } });
  }
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ writtenFiles: 0, skippedFiles: 2, failures: { 'write ENOTDIR': 2 } });
  expect(warnings).toHaveLength(1);
  expect(warnings.join()).not.toContain('secret');
});

test('makes the directory again when somebody removed it', async () => {
  const exporter = dumping(new ScriptedExporter(failure('down')));
  rmSync(failedDirectory, { recursive: true });
  await exportOf(exporter, spansNamed('a')).result;
  await exporter.forceFlush();
  expect(filesIn(failedDirectory)).toEqual(['export_failed: a']);
});

test('writes what can be encoded, and counts what cannot', async () => {
  recordWarnings();
  const exporter = dumping(new ScriptedExporter(failure('down')));
  const spans = spansNamed('good bad');
  Object.defineProperty(spans[1], 'attributes', {
    get: () => {
      throw new Error('no');
    },
  });
  await exportOf(exporter, spans).result;
  await exporter.forceFlush();
  expect(filesIn(failedDirectory)).toEqual(['export_failed: good']);
  expect(exporter.stats().failures).toEqual({ encode: 1 });
});

test('at exit writes before it returns', async () => {
  const failing = failure('exit');
  const inner = Object.assign(new ScriptedExporter(failure('down')), {
    exportSync: () => failing,
    flushSync: jest.fn(),
  });
  const exporter = dumping(inner, { allDirectory });
  exporter.export(spansNamed('a'), () => {});
  expect(exporter.exportSync?.(spansNamed('b'))).toEqual(failing);
  exporter.flushSync();
  expect(inner.flushSync).toHaveBeenCalledTimes(1);
  expect(filesIn(failedDirectory).sort()).toEqual(['export_failed: a', 'export_failed: b']);
  expect(filesIn(allDirectory)).toHaveLength(2);
  await exporter.forceFlush();
  expect(filesIn(failedDirectory)).toHaveLength(2);
  expect(exporter.stats()).toMatchObject({ writtenFiles: 4, skippedFiles: 0 });
});

test('flush and shutdown wait for the files, and reject with the exporter’s own', async () => {
  const inner = new ScriptedExporter((done) => setImmediate(() => done(failure('down'))));
  inner.forceFlush = () => Promise.reject(new Error('flush'));
  const exporter = dumping(inner);
  exporter.export(spansNamed('a'), () => {});
  await expect(exporter.forceFlush()).rejects.toThrow('flush');
  expect(filesIn(failedDirectory)).toEqual(['export_failed: a']);
  await exporter.shutdown();
  const late = await exportOf(exporter, spansNamed('late')).result;
  expect(lossesIn(late)).toEqual(['shutdown: late']);
  await exporter.forceFlush().catch(() => {});
  expect(filesIn(failedDirectory)).toEqual(['export_failed: a', 'shutdown: late']);
});

describe('refuses', () => {
  const construct = (options: object) => () =>
    void Reflect.construct(PayloadDumpSpanExporter, [{ exporter: new ScriptedExporter(), ...options }]);

  test('a directory that cannot be made, and names the option', () => {
    writeFileSync(join(folder, 'file'), '');
    const file = join(folder, 'file');
    expect(construct({ failedDirectory: file })).toThrow('Expected `failedDirectory` to be a directory that can be');
    expect(construct({ failedDirectory: file })).toThrow('(ENOTDIR)');
    expect(construct({ allDirectory: join(file, 'below') })).toThrow('Expected `allDirectory` to be a directory');
    expect(construct({ allDirectory: join(file, 'below') })).toThrow('(ENOTDIR)');
  });

  test('one that is there and cannot be written to', () => {
    expect(construct({ failedDirectory: '/proc/self' })).toThrow(/Expected `failedDirectory` .* \(E[A-Z]+\)/);
  });

  test('the same directory for both, and none at all', () => {
    mkdirSync(failedDirectory);
    expect(construct({ failedDirectory, allDirectory: `${failedDirectory}/` })).toThrow('Expected `allDirectory`');
    expect(construct({})).toThrow('Expected `failedDirectory` or `allDirectory` to be a directory');
    expect(readdirSync(failedDirectory)).toEqual([]);
  });

  test.each([
    [{ failedDirectory: '' }, '`failedDirectory`'],
    [{ maxBytes: 0 }, '`maxBytes`'],
    [{ maxFiles: -1 }, '`maxFiles`'],
    [{ maxQueueBytes: NaN }, '`maxQueueBytes`'],
    [{ encoding: 'xml' }, '`encoding` to be one of `json`, `protobuf`'],
    [{ exporter: {} }, '`exporter`'],
    [{ directory: 'x' }, 'got `"directory"`'],
  ])('the options %j', (options, message) => {
    expect(construct({ failedDirectory, ...options })).toThrow(message);
  });
});
