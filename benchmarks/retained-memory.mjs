// What stays in memory per call when everything that can be collected is collected: finished calls, streams the
// application left early, streams it never read.
// node benchmarks/retained-memory.mjs [--rounds 5] [--variants genspan,contrib]

import { readArguments } from './arguments.mjs';
import { collectOnce, settledHeap } from './garbage.mjs';
import { loadVariants, VARIANTS } from './load-variants.mjs';
import { interleave, summarizeDifference } from './measure.mjs';
import { breakStream, complete, ignoreStream } from './operations.mjs';
import { CASES } from './payloads.mjs';
import { formatTable, withError } from './table.mjs';

/** Calls in one sample, and after how many of them the collector and the finalizers get their turn. */
const CALLS_PER_SAMPLE = 4000;
const CALLS_PER_PAUSE = 500;
const WARM_UP_ROUNDS = 1;

const SCENARIOS = [
  ['finished call', complete, CASES.chat],
  ['stream left at its third chunk', breakStream, CASES['short stream']],
  ['stream never read', ignoreStream, CASES['short stream']],
];

const { rounds, variants: chosen } = readArguments({ rounds: 5, variants: VARIANTS });
const ids = ['bare', ...chosen.filter((id) => id !== 'bare')];
const variants = await loadVariants(ids);
const built = variants.filter((variant) => !variant.missing);

/** Bytes of heap that one call leaves behind. */
async function sample(variant, operation, answered) {
  variant.answer(answered);
  const before = await settled(variant);
  for (let done = 0; done < CALLS_PER_SAMPLE; done += CALLS_PER_PAUSE) {
    for (let i = 0; i < CALLS_PER_PAUSE; i++) await operation(variant, answered.params);
    await collectOnce();
    await variant.flush();
  }
  return ((await settled(variant)) - before) / CALLS_PER_SAMPLE;
}

/** Spans that finalizers end are flushed too, and metric points handed over: what waits for an exporter is not retained. */
async function settled(variant) {
  await settledHeap();
  await variant.flush();
  await variant.collectMetrics();
  return settledHeap();
}

const columns = [];
for (const [scenario, operation, answered] of SCENARIOS) {
  console.error(`measuring: ${scenario} …`);
  const take = (variant) => sample(variant, operation, answered);
  await interleave(built, WARM_UP_ROUNDS, take);
  columns.push(await interleave(built, rounds, take));
}

console.log(`retained heap, Node ${process.version}, ${rounds} rounds of ${CALLS_PER_SAMPLE} calls\n`);
const [bare] = built;
const rows = variants.map((variant) => {
  if (variant.missing) return [variant.name, 'not built', '', ''];
  const cells = columns.map((samples) => {
    const base = variant === bare ? samples.get(bare).map(() => 0) : samples.get(bare);
    return withError(summarizeDifference(samples.get(variant), base));
  });
  return [variant.name, ...cells];
});
console.log(formatTable(['bytes per call beyond the bare client', ...SCENARIOS.map(([name]) => name)], rows));
process.exit(0); // some peers keep timers
