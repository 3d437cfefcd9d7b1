// Files written by JsonlSpanExporter, read by the Collector's otlp_json_file receiver.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSpan, spansOf, waitUntil } from '@genspan/test-utils';
import { canonicalSpansOf } from './canonical-span.mjs';
import { startCollector } from './collector.mjs';

const READ_MILLIS = 30_000;
const SENTINEL = 'sentinel ';

/**
 * Starts a Collector on the files `spans.jsonl*` of a folder and resolves to what it read, in the form of canonical-span.mjs.
 *
 * It has read everything, and would have read a file twice, once it has read a file that was written after all others, and then another
 * one: it reads all files before it looks for new ones.
 *
 * @param {string} binary
 * @param {string} folder
 * @param {object} [settings] of the receiver, in addition to those that the README of the exporter recommends
 * @param {() => Promise<void>} [write] runs while the Collector reads
 */
export async function readBack(binary, folder, settings = {}, write = async () => {}) {
  const collector = await startCollector(binary, join(folder, 'collector'), {
    files: {
      include: ['spans.jsonl', 'spans.jsonl.*', 'sentinel-*.jsonl'].map((name) => join(folder, name)),
      exclude: [join(folder, 'spans.jsonl.lock')],
      start_at: 'beginning',
      ...settings,
    },
  });
  try {
    await write();
    for (const number of [1, 2]) await readsSentinel(collector, folder, number);
  } finally {
    await collector.stop();
  }
  return collector
    .requests()
    .flatMap(canonicalSpansOf)
    .filter(({ name }) => !name.startsWith(SENTINEL));
}

async function readsSentinel(collector, folder, number) {
  const name = `${SENTINEL}${number}`;
  const span = { traceId: String(number).repeat(32), spanId: String(number).repeat(16), name };
  const request = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  writeFileSync(join(folder, `sentinel-${number}.jsonl`), `${JSON.stringify(request)}\n`);
  const hasRead = () => collector.requests().some((one) => spansOf(one).some((got) => got.name === name));
  await waitUntil(hasRead, READ_MILLIS, () => `that the Collector reads ${name}:\n${collector.log}`);
}

/** Spans that share nothing but what is asked for. */
export function manySpans(count, optionsOf) {
  return Array.from({ length: count }, (_, index) => {
    const spanId = (index + 1).toString(16).padStart(16, '0');
    return buildSpan({ name: `span ${index}`, traceId: `${spanId}${spanId}`, spanId, ...optionsOf(index) });
  });
}

/** Exports and resolves when the file has the spans. */
export async function exported(exporter, spans) {
  const { code, error } = await new Promise((resolve) => exporter.export(spans, resolve));
  if (code !== 0) throw error;
}
