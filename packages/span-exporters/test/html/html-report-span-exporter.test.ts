import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { BatchSpanProcessor, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ExportResultLike } from '@genspan/span-processor-base';
import { buildSpan, waitUntil } from '@genspan/test-utils';
import { HtmlReportSpanExporter } from '../../src/html/html-report-span-exporter.js';
import type { HtmlReportSpanExporterOptions } from '../../src/html/html-report-exporter-options.js';
import { exported, realSpans } from '../real-spans.js';
import { parsePage, textsOf } from './open-page.js';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'html-report-'))));
afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const throwing = (): never => {
  throw new Error('no');
};
const pages = (directory = folder) => readdirSync(directory).sort();
const namesIn = (file: string) =>
  textsOf(parsePage(readFileSync(file, 'utf8')), '.name').map((name) => name.replace(/^.*?: /, ''));
const onlyPage = () => {
  expect(pages()).toHaveLength(1);
  return join(folder, pages()[0] ?? '');
};
/** Child and root apart, as they end at different times. */
const family = (name = 'root') => {
  const spans = realSpans({ name, children: [{ name: `${name} child` }] });
  const [child, root] = [spans.filter((span) => span.name !== name), spans.filter((span) => span.name === name)];
  return { child, root, all: spans };
};
const result = (exporter: HtmlReportSpanExporter, spans: ReadableSpan[]) => exported<ExportResultLike>(exporter, spans);

test('a real TracerProvider and BatchSpanProcessor make a page for each trace', async () => {
  const exporter = new HtmlReportSpanExporter({ directory: join(folder, 'new/pages') });
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
  for (const name of ['first', 'second']) {
    const root = provider.getTracer('app').startSpan(name);
    provider.getTracer('app').startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, root)).end();
    root.end();
  }
  await provider.shutdown();
  const directory = join(folder, 'new/pages');
  expect(pages(directory)).toHaveLength(2);
  for (const name of pages(directory)) {
    expect(name).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{32}\.html$/);
    expect((statSync(join(directory, name)).mode & 0o777).toString(8)).toBe('600');
    expect(namesIn(join(directory, name))).toHaveLength(2);
  }
  expect(exporter.stats()).toEqual({
    writtenSpans: 4,
    waitingSpans: 0,
    lostSpans: 0,
    writtenPages: 2,
    leftOutTraces: 0,
    failures: {},
  });
});

test('a trace waits for its local root, and a span that ends later is added to its page', async () => {
  const exporter = new HtmlReportSpanExporter({ directory: folder });
  const { child, root } = family();
  expect(await result(exporter, root)).toEqual({ code: 0 });
  expect(namesIn(onlyPage())).toEqual(['root']);
  expect(await result(exporter, child)).toEqual({ code: 0 });
  expect(namesIn(onlyPage())).toEqual(['root', 'root child']);
  const early = family('other');
  await result(exporter, early.child);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 2, waitingSpans: 1 });
  expect(pages()).toHaveLength(1);
  await exporter.forceFlush();
  expect(pages()).toHaveLength(2);
  await result(exporter, early.root);
  expect(pages()).toHaveLength(2);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 4, waitingSpans: 0, lostSpans: 0 });
});

test('when a trace is no longer held, what comes late has a page of its own: none is overwritten', async () => {
  const exporter = new HtmlReportSpanExporter({ directory: folder, maxTraces: 1 });
  const { child, root } = family();
  await result(exporter, root);
  await result(exporter, realSpans({ name: 'other' }));
  await result(exporter, child);
  expect(pages()).toHaveLength(3);
  expect(
    pages()
      .flatMap((name) => namesIn(join(folder, name)))
      .sort(),
  ).toEqual(['other', 'root', 'root child']);
});

test('a trace that has been quiet for long is written without its root; waiting does not keep the process alive', async () => {
  const { child } = family();
  const timers = jest.spyOn(globalThis, 'setTimeout');
  const exporter = new HtmlReportSpanExporter({ directory: folder, waitMillis: 20 });
  await result(exporter, child);
  const made = timers.mock.results.map(({ value }) => value as NodeJS.Timeout);
  timers.mockRestore();
  expect(made.map((timer) => timer.hasRef())).toEqual([false]);
  await waitUntil(
    () => exporter.stats().writtenSpans === 1,
    5_000,
    () => 'a page',
  );
  expect(namesIn(onlyPage())).toEqual(['root child']);
});

test('memory that waits is bounded in bytes', async () => {
  const exporter = new HtmlReportSpanExporter({ directory: folder, maxBytes: 5_000 });
  for (let number = 0; number < 20; number++) await result(exporter, family(`root ${number}`).child);
  expect(exporter.stats().waitingSpans).toBeLessThan(10);
  await exporter.shutdown();
  expect(exporter.stats()).toMatchObject({ writtenSpans: 20, lostSpans: 0 });
});

test('the page of a run has all traces, is written anew on flush and at intervals, and keeps the newest', async () => {
  const path = join(folder, 'run.html');
  const exporter = new HtmlReportSpanExporter({ path, maxTraces: 2, writeIntervalMillis: 20, title: 'My run' });
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  for (const name of ['one', 'two']) provider.getTracer('app').startSpan(name).end();
  await provider.forceFlush();
  expect(namesIn(path)).toEqual(['two', 'one']);
  provider.getTracer('app').startSpan('three').end();
  await waitUntil(
    () => exporter.stats().waitingSpans === 0,
    5_000,
    () => 'a page',
  );
  expect(namesIn(path)).toEqual(['three', 'two']);
  const page = parsePage(readFileSync(path, 'utf8'));
  expect(page.title).toBe('My run');
  expect(textsOf(page, 'body > header .note')).toEqual(['2 traces, 2 spans; 1 earlier trace left out']);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 3, lostSpans: 0, leftOutTraces: 1 });
  expect(pages()).toEqual(['run.html']);
  await provider.shutdown();
});

test('pages of runs in one folder do not replace each other', async () => {
  const exporters = [1, 2].map(() => new HtmlReportSpanExporter({ directory: folder, per: 'run' }));
  for (const exporter of exporters) {
    await result(exporter, family().all);
    await exporter.shutdown();
  }
  expect(pages()).toHaveLength(2);
  for (const name of pages()) expect(name).toMatch(new RegExp(`^\\d{8}T\\d{9}Z-run${process.pid}(-2)?\\.html$`));
});

test.each<[string, () => HtmlReportSpanExporterOptions]>([
  ['each trace', () => ({ directory: folder })],
  ['a run', () => ({ path: join(folder, 'run.html') })],
])('at the exit of the process everything is written before it returns: a page of %s', async (_, options) => {
  const exporter = new HtmlReportSpanExporter(options());
  const { child, root } = family();
  await result(exporter, child);
  // Under way, and overtaken.
  const underWay = result(exporter, realSpans({ name: 'under way' }));
  expect(exporter.exportSync(root)).toEqual({ code: 0 });
  expect(
    pages()
      .flatMap((name) => namesIn(join(folder, name)))
      .sort(),
  ).toEqual(['root', 'root child', 'under way']);
  exporter.flushSync();
  expect(await underWay).toEqual({ code: 0 });
  expect(exporter.stats()).toMatchObject({ writtenSpans: 3, waitingSpans: 0, lostSpans: 0 });
  expect(pages().filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('spans whose page cannot be written are told, once, and counted', async () => {
  const exporter = new HtmlReportSpanExporter({ directory: folder });
  const { child, root } = family();
  await result(exporter, child);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'a file where the folder was');
  const failed = await result(exporter, root);
  expect(failed).toMatchObject({ code: 1, losses: [{ reason: 'export_failed', count: 1, spans: root }] });
  expect(failed.error?.message).toMatch(/^The page could not be written \(E[A-Z]+\)$/);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 0, waitingSpans: 0, lostSpans: 2 });
  expect(exporter.exportSync(realSpans({ name: 'sync' }))).toMatchObject({ code: 1, losses: [{ count: 1 }] });
  rmSync(folder);
  expect(await result(exporter, realSpans({ name: 'again' }))).toEqual({ code: 0 });
  expect(exporter.stats()).toMatchObject({ writtenSpans: 1, lostSpans: 3 });
});

test('the page of a run that could not be written is written the next time', async () => {
  const path = join(folder, 'pages/run.html');
  const exporter = new HtmlReportSpanExporter({ path });
  rmSync(join(folder, 'pages'), { recursive: true });
  writeFileSync(join(folder, 'pages'), '');
  await result(exporter, family().all);
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ writtenSpans: 0, waitingSpans: 2, lostSpans: 0 });
  rmSync(join(folder, 'pages'));
  await exporter.forceFlush();
  expect(namesIn(path)).toEqual(['root', 'root child']);
  rmSync(join(folder, 'pages'), { recursive: true });
  writeFileSync(join(folder, 'pages'), '');
  await result(exporter, realSpans({ name: 'last' }));
  await exporter.shutdown();
  expect(exporter.stats()).toMatchObject({ writtenSpans: 2, waitingSpans: 0, lostSpans: 1 });
});

test('a span that cannot be read costs the others nothing', async () => {
  const exporter = new HtmlReportSpanExporter({ directory: folder });
  const bad = Object.defineProperty(buildSpan({ name: 'bad', spanId: 'c'.repeat(16) }), 'attributes', {
    get: throwing,
  });
  const good = buildSpan({ name: 'good' });
  const told = await new Promise<ExportResultLike>((resolve) => exporter.export([bad, good], resolve));
  expect(told).toMatchObject({ code: 1, losses: [{ reason: 'encoding', count: 1 }] });
  expect(told.losses?.[0]?.spans?.[0]).toBe(bad);
  expect(namesIn(onlyPage())).toEqual(['good']);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 1, lostSpans: 1, failures: { read: 1 } });
});

test('a trace larger than the limit has the page say what is missing', async () => {
  const path = join(folder, 'run.html');
  const exporter = new HtmlReportSpanExporter({ path, maxSpans: 2 });
  const spans = realSpans({ name: 'root', children: [{ name: 'a' }, { name: 'b' }] });
  expect(await result(exporter, spans)).toMatchObject({ code: 1, losses: [{ reason: 'queue_full', count: 1 }] });
  await exporter.shutdown();
  expect(textsOf(parsePage(readFileSync(path, 'utf8')), '.warn')).toEqual([
    '1 more spans of this trace are not shown.',
  ]);
  expect(exporter.stats()).toMatchObject({ writtenSpans: 2, waitingSpans: 0, lostSpans: 1 });
});

test('after shutdown every export fails, and a callback that throws is counted', async () => {
  const exporter = new HtmlReportSpanExporter({ directory: folder });
  exporter.export(realSpans({ name: 'x' }), () => {
    throw new Error('no');
  });
  await Promise.all([exporter.shutdown(), exporter.shutdown()]);
  await waitUntil(
    () => exporter.stats().failures['resultCallback'] === 1,
    5_000,
    () => 'a count',
  );
  const spans = realSpans({ name: 'late' });
  expect(await result(exporter, spans)).toMatchObject({ code: 1, losses: [{ reason: 'shutdown', count: 1 }] });
  expect(exporter.exportSync(spans)).toMatchObject({ code: 1 });
  expect(exporter.stats()).toMatchObject({ writtenSpans: 1, lostSpans: 2 });
});

test.each([
  [{}, 'Expected `directory` to be a non-empty string, got `undefined`'],
  [{ path: 'a.html', directory: 'b' }, 'Expected `path` not to be given together with `directory`'],
  [{ path: 'a.html', per: 'trace' }, 'Expected `per` to be one of `run`, got `"trace"`'],
  [{ directory: 'a', per: 'span' }, 'Expected `per` to be one of `trace`, `run`, got `"span"`'],
  [{ directory: 'a', maxBytes: -1 }, 'Expected `maxBytes` to be an integer of at least 1, got `-1`'],
  [{ directory: 'a', maxPages: 1 }, 'got `"maxPages"`'],
  [{ directory: '/proc/no/such' }, 'Expected `directory` to be a place that can be written to (ENOENT)'],
  [{ path: '/proc/no/such.html' }, 'Expected `path` to be a place that can be written to (ENOENT)'],
  [{ path: tmpdir() }, 'Expected `path` to be a place that can be written to (EISDIR)'],
])('refuses the options %j', (options, message) => {
  expect(() => void Reflect.construct(HtmlReportSpanExporter, [options])).toThrow(message);
});

test('refuses a folder that is not writable', () => {
  chmodSync(folder, 0o500);
  const make = () => new HtmlReportSpanExporter({ directory: folder });
  // Nothing is forbidden to root.
  if (process.getuid?.() === 0) expect(make).not.toThrow();
  else expect(make).toThrow('(EACCES)');
  chmodSync(folder, 0o700);
});
