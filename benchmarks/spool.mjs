// What it costs to keep batches on the disk until they are delivered: spans a second at full load, with and without.
//
// node benchmarks/spool.mjs [seconds a run] [spans a batch] [batches at once]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OtlpHttpSpanExporter, SpoolingSpanExporter } from '@genspan/span-exporters';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { createUniquePayloads, endModelCall, startModelCall } from './genai-spans.mjs';

const [seconds = 3, spansPerBatch = 512, atOnce = 4] = process.argv.slice(2).map(Number);
const ROUNDS = 5;

const sink = spawn(process.execPath, [new URL('./otlp-sink.mjs', import.meta.url).pathname], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [port] = await once(sink.stdout, 'data');
const url = `http://127.0.0.1:${String(port).trim()}/v1/traces`;
const batch = realSpans(spansPerBatch);

const variants = {
  'no spool': () => ({ exporter: new OtlpHttpSpanExporter({ url }), end() {} }),
  spool: () => withSpool({}),
  'spool, fsync: false': () => withSpool({ fsync: false }),
};

function realSpans(count) {
  const memory = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(memory)] }).getTracer('bench');
  const payload = createUniquePayloads();
  for (let i = 0; i < count; i++) {
    const { prompt, completion } = payload();
    endModelCall(startModelCall(tracer, ROOT_CONTEXT, prompt), completion, false);
  }
  return memory.getFinishedSpans();
}

function withSpool(options) {
  const directory = mkdtempSync(join(tmpdir(), 'genspan-bench-spool-'));
  const exporter = new SpoolingSpanExporter({
    exporter: new OtlpHttpSpanExporter({ url }),
    directory,
    flushTimeoutMillis: 60_000,
    ...options,
  });
  return { exporter, end: () => rmSync(directory, { recursive: true }) };
}

/** Spans delivered a second: batches are exported as fast as they are taken, and the clock stops when all have arrived. */
async function run(make) {
  const { exporter, end } = make();
  const started = performance.now();
  const cpuBefore = process.cpuUsage();
  let spans = 0;
  const feed = async () => {
    while (performance.now() - started < seconds * 1000) {
      await new Promise((resolve, reject) =>
        exporter.export(batch, ({ code, error }) => (code === 0 ? resolve() : reject(error))),
      );
      spans += batch.length;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, feed));
  await exporter.forceFlush();
  const pending = exporter.stats().pendingSpans ?? 0;
  const millis = performance.now() - started;
  const { user, system } = process.cpuUsage(cpuBefore);
  await exporter.shutdown();
  end();
  return { perSecond: ((spans - pending) / millis) * 1000, micros: (user + system) / spans, pending };
}

const results = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, make] of Object.entries(variants)) results[name].push(await run(make));
}
sink.kill('SIGTERM');

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const plain = median(results['no spool'].map(({ perSecond }) => perSecond));
for (const [name, runs] of Object.entries(results)) {
  const perSecond = median(runs.map((result) => result.perSecond));
  const micros = median(runs.map((result) => result.micros));
  const left = Math.max(...runs.map(({ pending }) => pending));
  console.log(
    `${name.padEnd(22)} ${Math.round(perSecond).toLocaleString('en')} spans/s (${((perSecond / plain) * 100).toFixed(0)} %), ` +
      `${micros.toFixed(1)} µs of CPU a span${left > 0 ? `, ${left} left` : ''}`,
  );
}
