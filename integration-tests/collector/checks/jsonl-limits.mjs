// What @genspan/span-exporters takes for granted about the receiver: how long a line may be, and how it tells files apart.
// Each row that says what is lost would fail, too, if nothing were: then the exporter could do without its precaution.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonlSpanExporter } from '@genspan/span-exporters';
import { buildResource } from '@genspan/test-utils';
import { canonicalSpan } from '../canonical-span.mjs';
import { differences } from '../differences.mjs';
import { exported, manySpans, readBack } from '../read-back.mjs';

const MIB = 2 ** 20;
/** By what the files are told apart, in bytes. */
const FINGERPRINT_BYTES = 1_000;

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* jsonlLimitChecks({ binary, folder }) {
  const spec = (write, settings) => ({ write, settings });
  for (const [title, { write, settings }] of Object.entries({
    'limits: a batch of 2 MB is split into lines that are read': spec(writeBigBatch),
    'limits: a span of 1,000,000 bytes is read': spec(writeBigSpan(1_000_000)),
    'limits: a span beyond 1 MiB is lost alone': spec(writeHugeSpan(MIB, false)),
    'limits: a span beyond 1 MiB is read with max_log_size': spec(writeHugeSpan(3 * MIB, true), {
      max_log_size: '8MiB',
    }),
    'limits: a torn line costs only itself': spec(writeAfterTornLine),
    'limits: files with the same 1,000 first bytes are one': spec(writeSameBeginning),
    'limits: files with the same long resource are told apart': spec(writeSameResource),
    'limits: a file of one short span that grows is read once': spec(writeGrowing),
  })) {
    const here = join(folder, title.replaceAll(/\W+/g, '-'));
    mkdirSync(here, { recursive: true });
    const path = join(here, 'spans.jsonl');
    const sent = [];
    const arrived = await readBack(binary, here, settings, async () => void sent.push(...(await write(path))));
    const figures = `${arrived.length} ${arrived.length === 1 ? 'span' : 'spans'}`;
    yield { title, problems: differences(sent.map(canonicalSpan), arrived), figures };
  }
}

async function writeBigBatch(path) {
  const spans = manySpans(512, () => ({ attributes: { text: 'ü'.repeat(2_000) } }));
  await exported(new JsonlSpanExporter({ path }), spans);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const longest = Math.max(...lines.map((line) => Buffer.byteLength(line)));
  if (lines.length < 2 || longest >= MIB) throw new Error(`got ${lines.length} lines of up to ${longest} bytes`);
  return spans;
}

function writeBigSpan(bytes) {
  return async (path) => {
    const spans = manySpans(1, () => ({ attributes: { text: 'x'.repeat(bytes) } }));
    await exported(new JsonlSpanExporter({ path }), spans);
    return spans;
  };
}

/** One span of three, the one in the middle, makes a line of that many bytes and a few. */
function writeHugeSpan(bytes, isRead) {
  return async (path) => {
    const spans = manySpans(3, (index) => ({ attributes: { text: 'x'.repeat(index === 1 ? bytes : 10) } }));
    await exported(new JsonlSpanExporter({ path }), spans);
    return isRead ? spans : spans.filter((_, index) => index !== 1);
  };
}

/** As after a crash or on a disk that was full: half a line, then what the next process writes. */
async function writeAfterTornLine(path) {
  const [before, torn, after] = manySpans(3, () => ({}));
  await exported(new JsonlSpanExporter({ path }), [before]);
  const line = await lineOf(`${path}-elsewhere`, torn);
  writeFileSync(path, line.slice(0, line.length >> 1), { flag: 'a' });
  await exported(new JsonlSpanExporter({ path }), [after]);
  return [before, after];
}

/** Written by hand, resource first, as other exporters do. Only the file that the receiver sees first is read. */
async function writeSameBeginning(path) {
  const beginning = `{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"stringValue":"${'a'.repeat(FINGERPRINT_BYTES)}"}}]}`;
  const spans = manySpans(2, () => ({ resource: buildResource({ a: 'a'.repeat(FINGERPRINT_BYTES) }) }));
  const lines = await Promise.all(spans.map((span, index) => lineOf(`${path}-elsewhere-${index}`, span)));
  for (const [index, line] of lines.entries()) {
    const [{ scopeSpans }] = JSON.parse(line).resourceSpans;
    writeFileSync(`${path}.${index + 1}`, `${beginning},"scopeSpans":${JSON.stringify(scopeSpans)}}]}\n`);
  }
  return spans.slice(0, 1);
}

/** What the exporter writes for one span. */
async function lineOf(path, span) {
  await exported(new JsonlSpanExporter({ path }), [span]);
  return readFileSync(path, 'utf8');
}

async function writeSameResource(path) {
  const resource = buildResource({ 'process.command_args': ['x'.repeat(4 * FINGERPRINT_BYTES)] });
  const spans = manySpans(20, () => ({ resource }));
  const exporter = new JsonlSpanExporter({ path, maxFileBytes: 1, maxFiles: 50 });
  for (const span of spans) await exported(exporter, [span]);
  return spans;
}

/** The file is shorter than what identifies it, then longer, then has another name. */
async function writeGrowing(path) {
  const spans = manySpans(12, () => ({}));
  const exporter = new JsonlSpanExporter({ path, maxFileBytes: 3_000, maxFiles: 50 });
  for (const span of spans) {
    await exported(exporter, [span]);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  return spans;
}
