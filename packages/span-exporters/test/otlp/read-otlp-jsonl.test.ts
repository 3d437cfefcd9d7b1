import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OptionError } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { JsonlSpanExporter } from '../../src/jsonl-span-exporter.js';
import { encodeTraceRequest } from '../../src/otlp/encode-trace-request.js';
import type { InvalidOtlpLine, ReadOtlpJsonlOptions } from '../../src/otlp/read-otlp-jsonl.js';
import { readOtlpJsonl } from '../../src/otlp/read-otlp-jsonl.js';
import { exported, realSpans } from '../real-spans.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-otlp-jsonl-'));
  path = join(folder, 'traces.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const line = (...names: string[]): string =>
  encodeTraceRequest(
    names.map((name) => buildSpan({ name })),
    'json',
  ).toString();

async function read(source: Parameters<typeof readOtlpJsonl>[0], options: ReadOtlpJsonlOptions = {}) {
  const invalid: InvalidOtlpLine[] = [];
  const spans = readOtlpJsonl(source, { onInvalidLine: (bad) => invalid.push(bad), ...options });
  const names: string[][] = [];
  for await (const batch of spans) names.push(batch.map(({ name }) => name));
  return { names, invalid, stats: spans.stats() };
}

test('gives back what JsonlSpanExporter wrote', async () => {
  const exporter = new JsonlSpanExporter({ path });
  const spans = realSpans({ name: 'chat', attributes: { text: 'ü"\n' }, children: [{ name: 'tool' }] });
  await exported(exporter, spans);
  await exporter.shutdown();
  const read = [];
  for await (const batch of readOtlpJsonl(path)) read.push(...batch);
  expect(encodeTraceRequest(read, 'protobuf').equals(encodeTraceRequest(spans, 'protobuf'))).toBe(true);
});

test('passes over what is no request of spans, and says where it was', async () => {
  const text = [line('a'), '', 'no JSON', `${line('b', 'c')}\r`, '{"resourceMetrics":[]}', '  ', '{}', line('d')].join(
    '\n',
  );
  await writeFile(path, text);
  expect(await read(path)).toEqual({
    names: [['a'], ['b', 'c'], ['d']],
    invalid: [
      { path, line: 3, reason: 'Expected JSON' },
      { path, line: 5, reason: 'Expected a member `resourceSpans`' },
    ],
    stats: { lines: 6, spans: 4, invalidLines: 2 },
  });
});

test('says that the last line was cut off, as a process leaves it that was killed while it wrote', async () => {
  await writeFile(path, `${line('a')}\n${line('b').slice(0, -5)}`);
  const { names, invalid } = await read(path);
  expect(names).toEqual([['a']]);
  expect(invalid).toEqual([{ path, line: 2, reason: 'Expected the end of the line, got the end of the file' }]);
});

test('reads a stream whose chunks end anywhere, within a character too', async () => {
  const bytes = Buffer.from(`${line('ä', '😀')}\n${line('b')}\n`);
  async function* chunks() {
    for (let i = 0; i < bytes.length; i += 3) yield bytes.subarray(i, i + 3);
  }
  expect((await read(chunks())).names).toEqual([['ä', '😀'], ['b']]);
});

test('passes over a line that is too long without holding it', async () => {
  async function* chunks() {
    yield `${line('a')}\n`;
    for (let i = 0; i < 1_000; i++) yield Buffer.alloc(100_000, 'x');
    yield `\n${line('b')}`;
  }
  const { names, invalid } = await read(chunks(), { maxLineBytes: 10_000 });
  expect(names).toEqual([['a'], ['b']]);
  expect(invalid).toEqual([{ line: 2, reason: 'Expected at most 10000 bytes' }]);
});

test('reads rotated files oldest first, and those of no other name', async () => {
  await writeFile(path, line('new'));
  await writeFile(`${path}.1`, line('middle'));
  await writeFile(`${path}.10`, line('old'));
  await writeFile(`${path}.bak`, line('other'));
  await writeFile(`${path}.1.gz`, line('other'));
  expect((await read(path, { rotated: true })).names).toEqual([['old'], ['middle'], ['new']]);
  expect((await read(path)).names).toEqual([['new']]);
});

test('loses nothing when the file is rotated while it is read', async () => {
  await writeFile(path, `${line('3')}\n`);
  await writeFile(`${path}.1`, `${line('2')}\n`);
  await writeFile(`${path}.2`, `${line('1')}\n`);
  const names: string[] = [];
  for await (const batch of readOtlpJsonl(path, { rotated: true })) {
    names.push(...batch.map(({ name }) => name));
    if (names.length > 1) continue;
    await rename(`${path}.1`, `${path}.2`);
    await rename(path, `${path}.1`);
    await writeFile(path, `${line('4')}\n`);
  }
  expect(names).toEqual(['1', '2', '3']);
});

test('rejects when there is no such file, or no file at all', async () => {
  await expect(read(path)).rejects.toThrow(`Expected an OTLP JSON file at \`${path}\`, got ENOENT`);
  await expect(read(path, { rotated: true })).rejects.toThrow('got ENOENT');
  await expect(read(folder)).rejects.toThrow();
});

test('refuses options that are wrong', () => {
  expect(() => readOtlpJsonl('')).toThrow(OptionError);
  expect(() => readOtlpJsonl(7 as never)).toThrow(OptionError);
  expect(() => readOtlpJsonl(path, { rotated: 'yes' as never })).toThrow(OptionError);
  expect(() => readOtlpJsonl(path, { maxLineBytes: 0 })).toThrow(OptionError);
  expect(() => readOtlpJsonl(path, { onInvalidLine: 1 as never })).toThrow(OptionError);
  expect(() => readOtlpJsonl(path, { follow: true } as never)).toThrow(OptionError);
});

test('closes its files when the reader stops early', async () => {
  await writeFile(path, `${line('a')}\n${line('b')}\n`);
  for await (const batch of readOtlpJsonl(path, { rotated: true })) {
    expect(batch).toHaveLength(1);
    break;
  }
  await rm(path);
});
