// What an instrumentation adds to a call of the openai client, and to a chunk of a stream.
// node benchmarks/openai-client.mjs [--rounds 150] [--variants genspan,contrib] [--clock cpu|wall]

import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung, settledHeap } from './garbage.mjs';
import { loadVariants } from './load-variants.mjs';
import { interleave, summarizeDifference } from './measure.mjs';
import { complete, readStream } from './operations.mjs';
import { CASES } from './payloads.mjs';
import { formatTable, withError } from './table.mjs';

/** Calls in one timed sample, about 5 ms: the closer two samples are in time, the more of the machine's mood they share. */
const CALLS = { chat: 50, 'chat with tools': 50, 'short stream': 15, 'long stream': 3 };
const WARM_UP_ROUNDS = 50;
/** Differences are taken against the first, ratios against the second. */
const REFERENCES = ['bare', 'hand-written'];

const { rounds, variants: chosen, clock } = readArguments(150);
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
  collectYoung();
  for (let i = 0; i < calls / 8; i++) await operation(variant, params);
  await variant.flush();
  await variant.collectMetrics();
  const start = now();
  for (let i = 0; i < calls; i++) await operation(variant, params);
  await variant.flush();
  const end = now();
  await variant.collectMetrics();
  return { call: (end - start) / calls, later: (now() - end) / calls };
}

/** A row that recorded nothing would be a fine row: each variant must record every call. */
async function check(variant) {
  if (variant.id === 'bare') return;
  for (const [name, { params, json }] of Object.entries(CASES)) {
    variant.answer(CASES[name]);
    const before = variant.recorded();
    await (json === undefined ? readStream : complete)(variant, params);
    await variant.flush();
    if (variant.recorded() === before) throw new Error(`${variant.name} recorded nothing for "${name}"`);
  }
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

const [bare, handWritten] = REFERENCES;

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

function printTable(title, unit, samples, columns, cells) {
  console.log(`\n${title}; the bare client takes ${withError(over(undefined, samples, bare), 2)} µs per ${unit}`);
  const rows = variants
    .filter(({ id }) => id !== bare)
    .map(({ id, name, missing }) => (missing ? [name, 'not built', '', ''] : [name, ...cells(id, samples)]));
  console.log(formatTable(['', ...columns], rows));
}

for (const variant of built) await check(variant);
console.log(`openai client, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
const callColumns = ['added µs/call', '× hand-written', 'later, µs/call'];
for (const [title, caseName] of [
  ['A call: 2 KB prompt, 1 KB completion', 'chat'],
  ['A call with three tools, a tool result and two tool calls', 'chat with tools'],
]) {
  printTable(title, 'call', await measure((variant) => sample(variant, caseName)), callColumns, callCells);
}
const chunkColumns = ['added µs/chunk', 'over hand-written', 'later, µs/chunk'];
printTable('A chunk of a stream', 'chunk', await measure(sampleChunk), chunkColumns, chunkCells);
console.log('\nLimits for genspan: 1.40 × hand-written per call, 0.50 µs per chunk over hand-written.');
process.exit(0); // some peers keep timers
