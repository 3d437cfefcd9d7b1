// What an enrichment stage adds to a span from its start to its end, beside a BatchSpanProcessor with an exporter that does
// nothing.
// node benchmarks/enrichment-span-processor.mjs [--rounds 25] [--clock cpu|wall]

import { ROOT_CONTEXT } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { requireCopies } from './package-copies.mjs';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung } from './garbage.mjs';
import { createUniquePayloads, endModelCall, startModelCall } from './genai-spans.mjs';
import { interleave, judge, ratioOf, summarize, summarizeDifference } from './measure.mjs';
import { createBatchSink } from './span-sinks.mjs';
import { formatTable, withError } from './table.mjs';

/** Microseconds that context, attributes of the application's own and cost may add. */
const LIMIT = 2;
const SPANS = 4_000;
const WARM_UP_ROUNDS = 6;

const { rounds, clock } = readArguments({ rounds: 25, variants: [] });
const now = CLOCKS[clock];

const require = requireCopies('enrichment', ['@genspan/enrichment-span-processor', '@genspan/genai-context']);
const { EnrichmentSpanProcessor } = require('@genspan/enrichment-span-processor');
const { setGenAIContext } = require('@genspan/genai-context');

const OFF = { context: false, cost: false, tokens: false, payload: false, traceTotals: false };
const STATIC = { team: 'ai', region: 'eu-west-1', release: '4.2.0' };
const VARIANTS = [
  ['bsp', 'BatchSpanProcessor alone', undefined],
  ['nothing', 'the stage, with all that can be off off', OFF],
  ['limit', 'context, three attributes, cost', { ...OFF, context: true, attributes: STATIC, cost: true }],
  ['default', 'as it comes: and totals, limits, where usage is from', { attributes: STATIC }],
];

const CONTEXT = setGenAIContext(ROOT_CONTEXT, {
  sessionId: 'session-1842',
  userId: 'user-77',
  tags: ['beta'],
  promptName: 'triage',
});

const nextPayload = createUniquePayloads();
const subjects = VARIANTS.map(([id, name, options]) => {
  const { processor, spans } = createBatchSink(SPANS * 2);
  const head = options === undefined ? processor : new EnrichmentSpanProcessor({ delegate: processor, ...options });
  const tracer = new BasicTracerProvider({ spanProcessors: [head] }).getTracer('benchmark');
  return { id, name, tracer, processor, spans };
});

/** A span of a model call, or one of an HTTP server. */
const KINDS = {
  'model call': (tracer, { prompt, completion }) => endModelCall(startModelCall(tracer, CONTEXT, prompt), completion),
  'HTTP span': (tracer) => {
    const attributes = {
      'http.request.method': 'GET',
      'url.path': '/orders/1842',
      'server.address': 'shop.example',
      'server.port': 443,
    };
    const span = tracer.startSpan('GET /orders/:id', { attributes }, CONTEXT);
    span.setAttribute('http.response.status_code', 200);
    span.end();
  },
};

/** Microseconds per span, the flush to the exporter included. */
async function sample({ tracer, processor }, run) {
  const payloads = Array.from({ length: SPANS }, nextPayload);
  collectYoung();
  const start = now();
  for (const payload of payloads) run(tracer, payload);
  await processor.forceFlush();
  return (now() - start) / SPANS;
}

console.log(`enrichment of spans, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
for (const [kind, run] of Object.entries(KINDS)) {
  await interleave(subjects, WARM_UP_ROUNDS, (subject) => sample(subject, run));
  const samples = await interleave(subjects, rounds, (subject) => sample(subject, run));
  const values = new Map([...samples].map(([{ id }, taken]) => [id, taken]));
  const alone = summarize(values.get('bsp'));
  const rows = subjects.map(({ id, name }) => {
    const added = summarizeDifference(values.get(id), values.get('bsp'));
    return [
      name,
      id === 'bsp' ? '' : withError(added, 2),
      withError(ratioOf(summarize(values.get(id)), alone), 2),
      id === 'limit' && kind === 'model call' ? judge(added, LIMIT) : '',
    ];
  });
  console.log(`\nA ${kind}; the BatchSpanProcessor alone takes ${withError(alone, 2)} µs`);
  console.log(formatTable(['', 'added µs/span', '× alone', `within ${LIMIT} µs`], rows));
}
for (const { id, spans } of subjects) if (spans() === 0) console.log(`${id} exported nothing`);
