// Files that JsonlSpanExporter writes are read back by the Collector with every span and every field.
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { JsonlSpanExporter } from '@genspan/span-exporters';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { canonicalSpan } from '../canonical-span.mjs';
import { differences } from '../differences.mjs';
import { exported, manySpans, readBack } from '../read-back.mjs';
import { FIELD_SPANS, STRUCTURED_SPANS, UNICODE_SPANS } from '../odd-spans.mjs';

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* jsonlChecks({ binary, folder }) {
  for (const [title, write] of Object.entries({
    'JSONL: spans of an SDK, rotated, read afterwards': writeWithSdk,
    'JSONL: unicode': (path) => writeAtOnce(path, UNICODE_SPANS),
    'JSONL: every type of value, structured ones included': (path) => writeAtOnce(path, STRUCTURED_SPANS),
    'JSONL: every field of a span': (path) => writeAtOnce(path, FIELD_SPANS),
  })) {
    const here = madeFolder(folder, title);
    const sent = await write(join(here, 'spans.jsonl'));
    const arrived = await readBack(binary, here);
    yield row(title, here, sent, arrived);
  }
  const title = 'JSONL: rotated by two writers while it is read';
  const here = madeFolder(folder, title);
  let sent = [];
  const arrived = await readBack(binary, here, {}, async () => {
    sent = await writeTogether(join(here, 'spans.jsonl'));
  });
  yield row(title, here, sent, arrived);
}

function row(title, here, sent, arrived) {
  const files = readdirSync(here).filter((name) => name.startsWith('spans.jsonl')).length;
  const figures = `${arrived.length} of ${sent.length} spans, ${files} ${files === 1 ? 'file' : 'files'}`;
  return { title, problems: differences(sent.map(canonicalSpan), arrived), figures };
}

function madeFolder(folder, title) {
  const here = join(folder, title.replaceAll(/\W+/g, '-'));
  mkdirSync(here, { recursive: true });
  return here;
}

async function writeAtOnce(path, spans) {
  await exported(new JsonlSpanExporter({ path }), spans);
  return spans;
}

/** 1,000 spans in traces of ten, of very different size, through the SDK's batches: about twenty rotations. */
async function writeWithSdk(path) {
  const memory = new InMemorySpanExporter();
  const exporter = new JsonlSpanExporter({ path, maxFileBytes: 100_000, maxFiles: 100 });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'agent', 'service.description': 'd'.repeat(2_000) }),
    spanProcessors: [
      new SimpleSpanProcessor({ exporter: memory }),
      new BatchSpanProcessor({ exporter, maxExportBatchSize: 50, maxQueueSize: 10_000 }),
    ],
  });
  const tracer = provider.getTracer('app', '1.2.3');
  for (let index = 0; index < 100; index++) {
    const root = tracer.startSpan(`invoke_agent ${index}`);
    for (let child = 0; child < 9; child++) {
      const span = tracer.startSpan(
        'chat gpt-4o-mini',
        { kind: SpanKind.CLIENT, attributes: { child, 'gen_ai.input.messages': '🙂'.repeat(child * 100) } },
        trace.setSpan(ROOT_CONTEXT, root),
      );
      span.addEvent('chunk', { index });
      if (child === 5) span.setStatus({ code: SpanStatusCode.ERROR, message: 'failed' });
      span.end();
    }
    root.end();
  }
  const sent = memory.getFinishedSpans().slice();
  await provider.shutdown();
  return sent;
}

/** Two writers of one path, as two processes would be; a rotation takes place in nearly every look of the Collector. */
async function writeTogether(path) {
  const spans = manySpans(1_000, (index) => ({ attributes: { index, text: 'ü'.repeat(index % 1_500) } }));
  const writers = [0, 1].map(() => new JsonlSpanExporter({ path, maxFileBytes: 50_000, maxFiles: 100 }));
  for (let start = 0; start < spans.length; start += 20) {
    await Promise.all([
      exported(writers[0], spans.slice(start, start + 10)),
      exported(writers[1], spans.slice(start + 10, start + 20)),
    ]);
    // The pace of the writing, not a wait for anything: the Collector looks every 200 ms.
    await delay(30);
  }
  return spans;
}
