// What a sampling stage adds to a span when many traces are open at once.
// node benchmarks/sampling-span-processor.mjs [--rounds 7] [--variants map,rate-0.1] [--traces 10000] [--clock cpu|wall]

import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { ConcurrentTraces } from './concurrent-traces.mjs';
import { collectOnce, collectYoung } from './garbage.mjs';
import { sharedPayload } from './genai-spans.mjs';
import { interleave, judge, ratioOf, summarize, summarizeDifference } from './measure.mjs';
import { GENSPAN_STAGES, loadStage } from './sampling-stages.mjs';
import { createBareSink, createBatchSink } from './span-sinks.mjs';
import { formatTable, withError } from './table.mjs';

const SPANS_PER_TRACE = 20;
const WARM_UP_ROUNDS = 2;
/** Nanoseconds that a stage may add to a span in front of the batch processor. */
const LIMIT = 1500;

const { rounds, variants, clock, traces } = readArguments({
  rounds: 7,
  variants: ['map', 'copies', ...GENSPAN_STAGES],
  numbers: { traces: 10_000 },
});
const now = CLOCKS[clock];
const spans = traces * SPANS_PER_TRACE;
// Differences are taken against the first, ratios against the second.
const stages = ['none', 'map', ...variants.filter((id) => id !== 'map')].map(loadStage);

/** A stage in front of its own sink, with a tracer provider of its own. */
function connect({ id, name, create }, createSink) {
  const sink = createSink(2 * spans);
  const provider = new BasicTracerProvider({ spanProcessors: [create(sink.processor)] });
  return { id, name, sink, provider, tracer: provider.getTracer('benchmark') };
}

async function runAll({ tracer, provider }, count) {
  const batch = new ConcurrentTraces(tracer, SPANS_PER_TRACE, sharedPayload);
  await batch.startRoots(count);
  await batch.runChildren();
  await batch.endRoots();
  await provider.forceFlush();
}

/** One sample, in nanoseconds per span: from the start of the first root until the queue of the sink is empty. */
async function sample(subject) {
  // A full collection, so that no sample pays for the spans of the one before. A trace stays open meanwhile: the optimised
  // code of a class that has no instance would be thrown away, which does not happen where traces are open all the time.
  const open = new ConcurrentTraces(subject.tracer, SPANS_PER_TRACE, sharedPayload);
  await open.startRoots(1);
  await open.runChildren();
  await collectOnce();
  await open.endRoots();
  await runAll(subject, Math.ceil(traces / 50));
  collectYoung();
  const before = subject.sink.spans();
  const start = now();
  await runAll(subject, traces);
  return { nanos: ((now() - start) * 1000) / spans, kept: (subject.sink.spans() - before) / spans };
}

/** A stage that loses spans would be a fine row. */
function check({ id, name }, samples) {
  const all = ['none', 'map', 'copies', 'rate-1'].includes(id);
  for (const { kept } of samples) {
    if (all ? kept !== 1 : kept >= 1) throw new Error(`${name} handed on ${kept * spans} of ${spans} spans`);
  }
}

async function measureAndPrint({ title, createSink, heading, limit }) {
  console.error(`\nmeasuring: ${title} …`);
  const subjects = stages.filter(({ missing }) => !missing).map((stage) => connect(stage, createSink));
  await interleave(subjects, WARM_UP_ROUNDS, sample);
  const samples = await interleave(subjects, rounds, sample);
  for (const [subject, values] of samples) check(subject, values);
  const values = new Map([...samples].map(([{ id }, taken]) => [id, taken.map(({ nanos }) => nanos)]));
  const kept = new Map([...samples].map(([{ id }, taken]) => [id, summarize(taken.map((taken) => taken.kept)).median]));
  const added = (id) => summarizeDifference(values.get(id), values.get('none'));
  const alone = summarize(values.get('none'));
  const rows = stages.slice(1).map(({ id, name, missing }) => {
    if (missing) return [name, 'not built', '', '', '', ...(limit === undefined ? [] : [''])];
    const cost = added(id);
    const share = withError(ratioOf(cost, alone), 2);
    const ratio = id === 'map' ? '1.00' : withError(ratioOf(cost, added('map')), 2);
    const verdict = limit === undefined ? [] : [GENSPAN_STAGES.includes(id) ? judge(cost, limit) : ''];
    return [name, withError(cost, 0), share, ratio, `${(100 * kept.get(id)).toFixed(1)} %`, ...verdict];
  });
  console.log(`\n${title}, which takes ${withError(alone, 0)} ns/span alone`);
  const columns = ['', heading, '× alone', '× Map', 'spans kept', ...(limit === undefined ? [] : [`≤ ${limit} ns`])];
  console.log(formatTable(columns, rows));
  await Promise.all(subjects.map(({ provider }) => provider.shutdown()));
}

const load = `${traces} open traces × ${SPANS_PER_TRACE} spans`;
console.log(`sampling, Node ${process.version}, ${load}, ${rounds} rounds, ${clock} clock`);
await measureAndPrint({
  title: 'In front of the batch processor (no-op exporter, no span lost, forced flush included)',
  createSink: createBatchSink,
  heading: 'added ns/span',
  limit: LIMIT,
});
await measureAndPrint({
  title: 'In front of a processor that does nothing',
  createSink: createBareSink,
  heading: 'own ns/span',
});
