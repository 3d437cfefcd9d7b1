// How many traces of one span a process can start, end and sample at 1 % on one core.
// node benchmarks/sampling-throughput.mjs [--rounds 31] [--variants none,genspan] [--clock cpu|wall]

import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung } from './garbage.mjs';
import { interleave, judge, summarize, summarizeDifference } from './measure.mjs';
import { requireCopies } from './package-copies.mjs';
import { createBareSink, createBatchSink } from './span-sinks.mjs';
import { formatTable, withError } from './table.mjs';

/** Traces in one sample, and after how many the event loop gets its turn. */
const TRACES = 10_000;
const TRACES_PER_TURN = 512;
/** Decisions are remembered, by default of 20,000 traces: the warm-up goes beyond that. */
const WARM_UP_ROUNDS = 5;
/** Traces per second on one core, and what that is in microseconds for each. */
const LIMIT = 100_000;
const LIMIT_MICROS = 1e6 / LIMIT;

const RULES = [
  { name: 'failed tools', toolErrors: true },
  { name: 'expensive', minTotalTokens: 50_000 },
  { name: 'probes', matchNames: ['GET /health*'], matchNamesIn: 'localRoot', rate: 0 },
];

const pipeline = (id, options) => (delegate) => {
  const { createSpanPipeline } = requireCopies(id, ['@genspan/pipeline'])('@genspan/pipeline');
  return createSpanPipeline({ order: 'efficiency', sampling: { rate: 0.01, ...options }, delegate });
};

/** By id; `create` gives the processor to register in front of the sink, or undefined for none at all. */
const ROWS = {
  sdk: { name: 'no span processor', create: () => undefined },
  noop: { name: 'a processor that does nothing', create: () => createBareSink().processor },
  none: { name: 'batch processor alone, all kept', create: (delegate) => delegate, share: 1 },
  genspan: { name: 'genspan, errors and rate 0.01', create: pipeline('genspan', {}), share: 0.01 },
  'rate-only': { name: 'genspan, rate 0.01 alone', create: pipeline('rate-only', { keepErrors: false }), share: 0.01 },
  rules: { name: 'genspan, errors, 3 rules and rate 0.01', create: pipeline('rules', { rules: RULES }), share: 0.01 },
};

const { rounds, variants, clock } = readArguments({ rounds: 31, variants: Object.keys(ROWS) });
const now = CLOCKS[clock];

function connect(id) {
  const { name, create, share } = ROWS[id];
  const sink = createBatchSink(2 * TRACES);
  const processor = create(sink.processor);
  const provider = new BasicTracerProvider({ spanProcessors: processor === undefined ? [] : [processor] });
  return { id, name, share, sink, provider, tracer: provider.getTracer('benchmark') };
}

async function runAll({ tracer, provider }, traces) {
  for (let i = 0; i < traces; i++) {
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-4o-mini',
      'gen_ai.request.max_tokens': 800,
      'server.address': 'api.openai.com',
    };
    tracer.startSpan('chat gpt-4o-mini', { kind: SpanKind.CLIENT, attributes }, ROOT_CONTEXT).end();
    if (i % TRACES_PER_TURN === 0) await new Promise(setImmediate);
  }
  await provider.forceFlush();
}

/** Microseconds per trace, until the queue of the batch processor is empty. */
async function sample(subject) {
  collectYoung();
  await runAll(subject, TRACES / 10);
  const start = now();
  await runAll(subject, TRACES);
  return (now() - start) / TRACES;
}

/** A row that keeps another share than it says measures something else. */
function check({ name, share = 0, sink }, samples) {
  const sent = sink.spans() / ((samples + WARM_UP_ROUNDS) * TRACES * 1.1);
  if (Math.abs(sent - share) > share / 5) throw new Error(`${name} sent ${(100 * sent).toFixed(2)} % of the spans`);
}

const subjects = ['sdk', ...variants.filter((id) => id !== 'sdk')].map(connect);
await interleave(subjects, WARM_UP_ROUNDS, sample);
const samples = await interleave(subjects, rounds, sample);
for (const subject of subjects) check(subject, rounds);

const base = samples.get(subjects[0]);
const rows = subjects.map((subject) => {
  const values = samples.get(subject);
  const micros = summarize(values);
  const added = subject.id === 'sdk' ? '' : withError(summarizeDifference(values, base), 2);
  const perSecond = Math.round(1e6 / micros.median / 1000) * 1000;
  const verdict = subject.share === 0.01 ? judge(micros, LIMIT_MICROS) : '';
  return [subject.name, withError(micros, 2), added, perSecond.toLocaleString('en'), verdict];
});
const load = `traces of one span started with 5 attributes`;
console.log(`sampling-throughput, Node ${process.version}, ${load}, ${rounds} rounds of ${TRACES}, ${clock} clock\n`);
const limit = `≥ ${LIMIT.toLocaleString('en')}/s`;
console.log(formatTable(['', 'µs/trace', 'over the SDK', 'traces/s and core', limit], rows));
await Promise.all(subjects.map(({ provider }) => provider.shutdown()));
