// What an instrumentation adds to a call of the openai client, and to a chunk of a stream.
// node benchmarks/openai-client.mjs [--rounds 150] [--variants genspan,contrib] [--clock cpu|wall]

import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung, settledHeap } from './garbage.mjs';
import { loadVariants, VARIANTS } from './load-variants.mjs';
import { interleave, summarizeDifference } from './measure.mjs';
import { complete, readStream } from './operations.mjs';
import { CASES } from './payloads.mjs';
import { formatTable, withError } from './table.mjs';

/** Calls in one timed sample, about 5 ms: the closer two samples are in time, the more of the machine's mood they share. */
const CALLS = { chat: 50, 'chat with tools': 50, 'short stream': 15, 'long stream': 3 };
const WARM_UP_ROUNDS = 50;
/** Differences are taken against the first, ratios against the second. */
const REFERENCES = ['bare', 'hand-written'];
const [bare, handWritten] = REFERENCES;

const { rounds, variants: chosen, clock } = readArguments({ rounds: 150, variants: VARIANTS });
const now = CLOCKS[clock];
const ids = [...REFERENCES, ...chosen.filter((id) => !REFERENCES.includes(id))];
const variants = await loadVariants(ids);
const built = variants.filter((variant) => !variant.missing);

/**
 * One sample of one case, in microseconds per call: `call` is what the application pays until it has its answer and the
 * span queue is empty; `later` is what a metric reader pays when it collects.
 */
async function sample(variant, caseName) {
  const { params, json } = CASES[caseName];
  const operation = json === undefined ? readStream : complete;
  const calls = CALLS[caseName];
  variant.answer(CASES[caseName]);
  // Before the warm-up, not after: what a collection leaves behind, garbage and the first point of each series after it,
  // comes once a minute in an application and would come every few calls here.
  await variant.collectMetrics();
  collectYoung();
  for (let i = 0; i < calls / 8; i++) await operation(variant, params);
  await variant.flush();
  const start = now();
  for (let i = 0; i < calls; i++) await operation(variant, params);
  await variant.flush();
  const end = now();
  await variant.collectMetrics();
  return { call: (end - start) / calls, later: (now() - end) / calls };
}

/**
 * A row that recorded nothing would be a fine row: each variant must record every call. And the ratio says something
 * only while the hand-written span has the attributes of genspan's.
 */
async function check(variant, caseName) {
  const { params, json } = CASES[caseName];
  variant.answer(CASES[caseName]);
  const before = variant.recorded();
  await (json === undefined ? readStream : complete)(variant, params);
  await variant.flush();
  if (variant.recorded() === before) throw new Error(`${variant.name} recorded nothing for "${caseName}"`);
  return Object.keys(variant.telemetry.exporter.last?.attributes ?? {});
}

async function checkAll(caseName) {
  const attributes = new Map();
  for (const variant of built) {
    if (variant.id !== bare) attributes.set(variant.id, new Set(await check(variant, caseName)));
  }
  const [ours, theirs] = [attributes.get('genspan'), attributes.get(handWritten)];
  const different = ours === undefined ? [] : [...ours, ...theirs].filter((key) => ours.has(key) !== theirs.has(key));
  if (different.length > 0) console.log(`Not the same attributes in "${caseName}": ${different.join(', ')}`);
}

/** Samples by variant, after a warm-up; each a `{ call, later }`. */
async function measure(takeSample) {
  await settledHeap();
  await interleave(built, WARM_UP_ROUNDS, takeSample);
  const samples = await interleave(built, rounds, takeSample);
  return new Map([...samples].map(([variant, values]) => [variant.id, values]));
}

/** The cost of one chunk is the slope between a short and a long stream, so that the cost of the call drops out. */
async function sampleChunk(variant) {
  const chunks = CASES['long stream'].chunks - CASES['short stream'].chunks;
  const short = await sample(variant, 'short stream');
  const long = await sample(variant, 'long stream');
  return { call: (long.call - short.call) / chunks, later: (long.later - short.later) / chunks };
}

/** Summary of `part` of a variant's samples, over those of `base` in the same rounds. */
const over = (base, samples, id, part = 'call') => {
  const values = (of) => samples.get(of).map((value) => value[part]);
  return summarizeDifference(values(id), base === undefined ? values(id).map(() => 0) : values(base));
};

function callCells(id, samples) {
  const added = over(bare, samples, id);
  const ratio = added.median / over(bare, samples, handWritten).median;
  return [withError(added), ratio.toFixed(2), withError(over(bare, samples, id, 'later'))];
}

function chunkCells(id, samples) {
  return [
    withError(over(bare, samples, id), 2),
    id === handWritten ? '' : withError(over(handWritten, samples, id), 2),
    withError(over(bare, samples, id, 'later'), 2),
  ];
}

async function measureAndPrint({ title, unit, takeSample, columns, cells }) {
  console.error(`\nmeasuring: ${title} …`);
  const samples = await measure(takeSample);
  console.log(`\n${title}; the bare client takes ${withError(over(undefined, samples, bare), 2)} µs per ${unit}`);
  const rows = variants
    .filter(({ id }) => id !== bare)
    .map(({ id, name, missing }) => (missing ? [name, 'not built', '', ''] : [name, ...cells(id, samples)]));
  console.log(formatTable(['', ...columns], rows));
}

for (const caseName of Object.keys(CASES)) await checkAll(caseName);
console.log(`openai client, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
const callTable = (title, caseName) => ({
  title,
  unit: 'call',
  takeSample: (variant) => sample(variant, caseName),
  columns: ['added µs/call', '× hand-written', 'later, µs/call'],
  cells: callCells,
});
await measureAndPrint(callTable('A call: 2 KB prompt, 1 KB completion', 'chat'));
await measureAndPrint(callTable('A call with three tools, a tool result and two tool calls', 'chat with tools'));
await measureAndPrint({
  title: 'A chunk of a stream',
  unit: 'chunk',
  takeSample: sampleChunk,
  columns: ['added µs/chunk', 'over hand-written', 'later, µs/chunk'],
  cells: chunkCells,
});
console.log('\nLimits for genspan: 1.40 × hand-written per call, 0.50 µs per chunk over hand-written.');
process.exit(0); // some peers keep timers
