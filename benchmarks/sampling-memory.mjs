// What stays in memory for a span that waits for the decision about its trace.
// node benchmarks/sampling-memory.mjs [--rounds 3] [--variants map,rate-0.1] [--traces 10000]

import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { readArguments } from './arguments.mjs';
import { ConcurrentTraces } from './concurrent-traces.mjs';
import { settledHeap } from './garbage.mjs';
import { createUniquePayloads } from './genai-spans.mjs';
import { interleave, judge, ratioOf, summarizeDifference } from './measure.mjs';
import { GENSPAN_STAGES, loadStage } from './sampling-stages.mjs';
import { createBareSink } from './span-sinks.mjs';
import { formatTable, withError } from './table.mjs';

const SPANS_PER_TRACE = 20;
/** Bytes that a stage may retain, in bytes of the spans themselves. */
const LIMIT = 1.15;

const { rounds, variants, traces } = readArguments({
  rounds: 3,
  variants: ['map', 'copies', ...GENSPAN_STAGES],
  numbers: { traces: 10_000 },
});
/** The roots stay open: they are the same in every row, and are taken off with the first. */
const ended = traces * (SPANS_PER_TRACE - 1);
const nextPayload = createUniquePayloads();

function connect({ id, name, missing, create }) {
  if (missing) return { id, name, missing };
  const sink = createBareSink();
  const provider = new BasicTracerProvider({ spanProcessors: [create(sink.processor)] });
  return { id, name, sink, provider, tracer: provider.getTracer('benchmark') };
}

/** Bytes of heap for each span that has ended, while its root is still open, and the share that went on at once. */
async function sample({ tracer, provider, sink }) {
  const before = await settledHeap();
  const [spansBefore, batch] = [sink.spans(), new ConcurrentTraces(tracer, SPANS_PER_TRACE, nextPayload)];
  await batch.startRoots(traces);
  await batch.runChildren();
  const bytes = ((await settledHeap()) - before) / ended;
  const passed = (sink.spans() - spansBefore) / ended;
  await batch.endRoots();
  await provider.forceFlush();
  return { bytes, passed };
}

// The first lets every span go, the second holds the spans and nothing else.
const subjects = ['none', 'array', ...variants].map(loadStage).map(connect);
const built = subjects.filter(({ missing }) => !missing);
const load = `${traces} open traces × ${SPANS_PER_TRACE} spans with 3 KB of content of their own`;
console.log(`sampling-memory, Node ${process.version}, ${load}, ${rounds} rounds\n`);
await interleave(built, 1, ({ tracer, provider }) => warmUp(tracer, provider));
const samples = await interleave(built, rounds, sample);

async function warmUp(tracer, provider) {
  const batch = new ConcurrentTraces(tracer, SPANS_PER_TRACE, nextPayload);
  await batch.startRoots(200);
  await batch.runChildren();
  await batch.endRoots();
  await provider.forceFlush();
}

const bytes = new Map([...samples].map(([{ id }, taken]) => [id, taken.map((values) => values.bytes)]));
const retained = (id) => summarizeDifference(bytes.get(id), bytes.get('none'));
const spansThemselves = retained('array');
const rows = subjects.slice(1).map((subject) => {
  const { id, name, missing } = subject;
  if (missing) return [name, 'not built', '', '', ''];
  const held = retained(id);
  const ratio = ratioOf(held, spansThemselves);
  const passed = `${(100 * samples.get(subject).at(-1).passed).toFixed(1)} %`;
  if (id === 'array') return ['the spans themselves (in an array)', withError(held, 0), '1.00', passed, ''];
  return [
    name,
    withError(held, 0),
    withError(ratio, 3),
    passed,
    id in { map: 1, copies: 1 } ? '' : judge(ratio, LIMIT),
  ];
});
console.log(
  formatTable(
    ['before the decision', 'bytes per ended span', '× the spans', 'handed on already', `≤ ${LIMIT.toFixed(2)} ×`],
    rows,
  ),
);
process.exit(0);
