// An application under load: ends spans at an even pace, and tells on stdout, in lines of JSON, what became of them.
// `startLoad()` runs it. It knows telemetry by the API alone when it is preloaded, and else builds its own.

import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { setTimeout as delay } from 'node:timers/promises';
import { SpanKind, trace } from '@opentelemetry/api';
import { IdFile } from './id-file.mjs';

const TICK_MILLIS = 5;
/** An application that was held up catches up with this much at once, at most. */
const MAX_CATCH_UP_SECONDS = 0.05;

/** What `startLoad()` was told; see there. */
const load = JSON.parse(process.argv[2]);
const ended = new IdFile(join(load.folder, 'ended.ids'));
const tell = (line) => writeSync(1, `${JSON.stringify({ ...line, atMillis: Date.now() })}\n`);

const telemetry =
  load.stack === undefined ? await preloaded() : (await import('./composed-telemetry.mjs')).compose(load);

async function preloaded() {
  const { start } = await import('@genspan/node');
  // It runs already, and is handed out once more.
  const { delivery } = start();
  return {
    stats: () => ({ ...Object.values(delivery.stats())[0], pending: delivery.pendingCount() }),
    flushSync: () => {},
    healthHandler: () => delivery.healthHandler(),
    shutdown: async () => {},
  };
}

function state(type) {
  const memory = process.memoryUsage();
  return {
    type,
    ended: ended.count,
    ...telemetry.stats(),
    rss: memory.rss,
    heapUsed: memory.heapUsed,
    external: memory.external,
    resources: process.getActiveResourcesInfo().length,
    kinds: countBy(process.getActiveResourcesInfo()),
  };
}

function countBy(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** An application does other things, too, and must not notice. */
async function serve() {
  const health = telemetry.healthHandler();
  const server = createServer((request, response) => {
    if (request.url === '/health') health(request, response);
    else response.end('hello');
  });
  server.keepAliveTimeout = 1;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  tell({ type: 'serving', port: server.address().port });
  return server;
}

const tracer = trace.getTracer('load');
const prompt = load.secret + 'p'.repeat(Math.max(0, load.payloadBytes - load.secret.length));

function endSpan(sequence) {
  const span = tracer.startSpan('chat gpt-4o-mini', {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.request.temperature': 0.2,
      'gen_ai.request.max_tokens': 800,
      'server.address': 'api.openai.com',
      'gen_ai.input.messages': prompt,
      'load.sequence': sequence,
    },
  });
  span.setAttributes({
    'gen_ai.response.id': 'chatcmpl-LoadLoadLoadLoadLoad',
    'gen_ai.response.model': 'gpt-4o-mini-2024-07-18',
    'gen_ai.usage.input_tokens': 412,
    'gen_ai.usage.output_tokens': 236,
  });
  span.end();
  return span.spanContext().spanId;
}

/** The first spans take twenty times as long as later ones: what is measured afterwards is an application that has run for a while. */
async function warmUp() {
  const spans = Math.min(2000, load.rate);
  for (let i = 0; i < spans; i += 100) {
    ended.append(Array.from({ length: Math.min(100, spans - i) }, (_, at) => endSpan(i + at)));
    await delay(1);
  }
}

/** Ends spans at the pace until the time is over. */
async function endSpans() {
  const before = ended.count;
  const started = performance.now();
  let behind = 0;
  for (;;) {
    const seconds = Math.min((performance.now() - started) / 1000, load.seconds);
    const due = Math.floor(seconds * load.rate) - behind - (ended.count - before);
    const spans = Math.min(due, Math.ceil(load.rate * MAX_CATCH_UP_SECONDS));
    behind += due - spans;
    const ids = [];
    for (let i = 0; i < spans; i++) ids.push(endSpan(ended.count + i));
    ended.append(ids);
    if (seconds >= load.seconds) return;
    await delay(TICK_MILLIS);
  }
}

const gc = globalThis.gc;
const reporter = setInterval(() => {
  gc?.();
  tell(state('state'));
}, load.reportMillis);
reporter.unref();
process.on('exit', () => {
  telemetry.flushSync();
  tell(state('exit'));
});

await warmUp();
const server = load.serves ? await serve() : undefined;
tell(state('started'));
await endSpans();
tell(state('done'));

if (load.end === 'process.exit(4)') process.exit(4);
if (load.end === 'uncaught exception') throw new Error('meant to end the process');
if (load.end === 'waits') setInterval(() => {}, 60_000);
else {
  const end = performance.now() + load.lingerMillis;
  while (telemetry.stats().pending > 0 && performance.now() < end) await delay(20);
  if (load.end === 'shuts down') await telemetry.shutdown();
  server?.close();
  // A timer that nobody should wait for, too.
  clearInterval(reporter);
  tell(state('ending'));
}
