import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diag, DiagLogLevel } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { BatchSpanProcessor, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { JsonlSpanExporter } from '../src/jsonl-span-exporter.js';
import { exported, realSpans } from './real-spans.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jsonl-'));
  path = join(folder, 'spans.jsonl');
});
afterEach(() => {
  diag.disable();
  rmSync(folder, { recursive: true });
});

interface OtlpSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: unknown }[];
}
interface OtlpRequest {
  resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[];
}

const requests = (): OtlpRequest[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as OtlpRequest);
const spansInFile = (): OtlpSpan[] =>
  requests().flatMap(({ resourceSpans }) =>
    resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
  );

test('a real TracerProvider and BatchSpanProcessor leave every span in the file, by the time shutdown() resolves', async () => {
  const exporter = new JsonlSpanExporter({ path });
  const provider = new TracerProvider({
    spanProcessors: [new BatchSpanProcessor({ exporter, maxExportBatchSize: 100 })],
  });
  const tracer = provider.getTracer('app');
  for (let i = 0; i < 250; i++) tracer.startSpan(`span ${i}`, { attributes: { i } }).end();
  await provider.shutdown();

  expect(requests()).toHaveLength(3);
  expect(spansInFile().map(({ name }) => name)).toEqual(Array.from({ length: 250 }, (_, i) => `span ${i}`));
  expect(spansInFile()[7]?.attributes).toEqual([{ key: 'i', value: { intValue: '7' } }]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 250, failedSpans: 0, writtenBytes: statSync(path).size });
});

test('forceFlush() of the provider resolves when the file holds the spans', async () => {
  const provider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter: new JsonlSpanExporter({ path }) })],
  });
  provider.getTracer('app').startSpan('a').end();
  await provider.forceFlush();
  expect(spansInFile().map(({ name }) => name)).toEqual(['a']);
});

test('a line is the same request that the SDK’s exporter would send', async () => {
  const spans = realSpans({ name: 'root', attributes: { text: 'a\nb' }, children: [{ name: 'child' }] });
  expect(await exported(new JsonlSpanExporter({ path }), spans)).toEqual({ code: 0 });
  const request = Buffer.from(JsonTraceSerializer.serializeRequest(spans) ?? []).toString();
  expect(requests()).toEqual([JSON.parse(request)]);
});

test('reports a failure through the callback, counts it with its code, and says it once without content', async () => {
  const warn = jest.fn();
  const silent = () => {};
  diag.setLogger(
    { warn, error: silent, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  writeFileSync(join(folder, 'file'), '');
  const exporter = new JsonlSpanExporter({ path: join(folder, 'file', 'spans.jsonl') });
  const spans = realSpans({ name: 'secret name' });

  expect(await exported(exporter, spans)).toMatchObject({ code: 1, error: { code: 'ENOTDIR' } });
  expect(await exported(exporter, spans)).toMatchObject({ code: 1 });
  expect(exporter.stats()).toMatchObject({ writtenSpans: 0, failedSpans: 2, failures: { 'append ENOTDIR': 2 } });
  expect(warn).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(warn.mock.calls)).not.toContain('secret');
  await exporter.forceFlush();
  await exporter.shutdown();
});

test('writes the spans that can be encoded and counts the one that cannot', async () => {
  const exporter = new JsonlSpanExporter({ path });
  const spans = realSpans({ name: 'good' }, { name: 'bad' }, { name: 'fine' });
  Object.defineProperty(spans[1], 'attributes', {
    get: () => {
      throw new Error('no');
    },
  });
  expect(await exported(exporter, spans)).toMatchObject({ code: 1 });
  expect(spansInFile().map(({ name }) => name)).toEqual(['good', 'fine']);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 2, failedSpans: 1, failures: { encode: 1 } });
});

test('refuses spans beyond what may wait for the disk, and counts them', async () => {
  const exporter = new JsonlSpanExporter({ path, maxQueueBytes: 1_000 });
  const [big, small] = realSpans({ name: 'big', attributes: { text: 'x'.repeat(2_000) } }, { name: 'small' });
  if (!big || !small) throw new Error('no spans');
  const results = await Promise.all([exported(exporter, [big]), exported(exporter, [small])]);
  expect(results.map((result) => (result as { code: number }).code)).toEqual([1, 0]);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 1, failedSpans: 1, failures: { queue: 1 } });
});

test('after shutdown every export fails and nothing is written', async () => {
  const exporter = new JsonlSpanExporter({ path });
  const spans = realSpans({ name: 'a' });
  await exported(exporter, spans);
  await exporter.shutdown();
  expect(await exported(exporter, spans)).toMatchObject({ code: 1, error: { message: 'The exporter is shut down' } });
  expect(spansInFile()).toHaveLength(1);
});

test('shutdown() waits for what was accepted before it', async () => {
  const exporter = new JsonlSpanExporter({ path });
  const pending = exported(exporter, realSpans({ name: 'a' }));
  await exporter.shutdown();
  expect(spansInFile()).toHaveLength(1);
  expect(await pending).toEqual({ code: 0 });
});

test('survives a callback that throws', async () => {
  const exporter = new JsonlSpanExporter({ path });
  exporter.export(realSpans({ name: 'a' }), () => {
    throw new Error('callback');
  });
  await exporter.forceFlush();
  await new Promise((resolve) => setImmediate(resolve));
  expect(exporter.stats().failures).toEqual({ resultCallback: 1 });
});

test('rotates', async () => {
  const exporter = new JsonlSpanExporter({ path, maxFileBytes: 1_000, maxFiles: 2 });
  for (let i = 0; i < 6; i++) await exported(exporter, realSpans({ name: `span ${i}` }));
  expect(statSync(path).size).toBeLessThanOrEqual(1_000);
  expect(statSync(`${path}.1`).size).toBeLessThanOrEqual(1_000);
  expect(exporter.stats().rotations).toBeGreaterThan(0);
});

test('keeps every span when it cannot rotate, and counts that', async () => {
  mkdirSync(`${path}.1`);
  writeFileSync(join(`${path}.1`, 'in the way'), '');
  const exporter = new JsonlSpanExporter({ path, maxFileBytes: 500, maxFiles: 2 });
  for (let i = 0; i < 3; i++) expect(await exported(exporter, realSpans({ name: `span ${i}` }))).toEqual({ code: 0 });
  expect(spansInFile()).toHaveLength(3);
  expect(exporter.stats()).toMatchObject({ failedSpans: 0, failures: { 'rotate EISDIR': 2 } });
});

test.each([
  [{}, 'Expected `path` to be a non-empty string, got `undefined`'],
  [{ path: 'x', maxFiles: 0 }, 'Expected `maxFiles` to be an integer of at least 1, got `0`'],
  [{ path: 'x', maxFileBytes: '1MB' }, 'Expected `maxFileBytes` to be an integer of at least 1, got `"1MB"`'],
  [{ path: 'x', maxSize: 1 }, 'got `"maxSize"`'],
])('refuses the options %j', (options, message) => {
  expect(() => void Reflect.construct(JsonlSpanExporter, [options])).toThrow(message);
});

test('stores spans at once for a process that exits, behind those that wait', async () => {
  const exporter = new JsonlSpanExporter({ path });
  const [first, ...others] = realSpans({ name: 'a' }, { name: 'b' }, { name: 'c' });
  if (first === undefined) throw new Error('There are no spans');
  const waiting = exported(exporter, others);
  expect(exporter.exportSync([first])).toEqual({ code: 0 });
  exporter.flushSync();
  await waiting;
  expect(spansInFile()).toHaveLength(others.length + 1);
  expect(exporter.stats().writtenSpans).toBe(others.length + 1);
});

test('says in the result that it could not store spans at exit', async () => {
  mkdirSync(path);
  const exporter = new JsonlSpanExporter({ path });
  const spans = realSpans({ name: 'a' }, { name: 'b' }, { name: 'c' });
  expect(exporter.exportSync(spans)).toMatchObject({ code: 1 });
  expect(exporter.stats().failedSpans).toBe(spans.length);
  expect(() => exporter.flushSync()).not.toThrow();
});
