// Where the time of a sampling stage goes: the functions with the most time of their own, in microseconds per span.
// node benchmarks/profile-sampling.mjs <stage> [--traces 10000] [--sink batch|bare] [--top 40] [--cpu-prof out.cpuprofile]

import { parseArgs } from 'node:util';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { ConcurrentTraces } from './concurrent-traces.mjs';
import { formatProfile, profileOf, writeProfile } from './cpu-profile.mjs';
import { collectOnce } from './garbage.mjs';
import { sharedPayload } from './genai-spans.mjs';
import { loadStage, STAGES } from './sampling-stages.mjs';
import { createBareSink, createBatchSink } from './span-sinks.mjs';

const SPANS_PER_TRACE = 20;
/** The workload is run so often under the profiler. */
const REPEATS = 3;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    traces: { type: 'string', default: '10000' },
    sink: { type: 'string', default: 'batch' },
    top: { type: 'string', default: '40' },
    'cpu-prof': { type: 'string' },
  },
});
const [id] = positionals;
const createSink = { batch: createBatchSink, bare: createBareSink }[values.sink];
const traces = Number(values.traces);
if (!Object.hasOwn(STAGES, id ?? '') || createSink === undefined || !(traces >= 1)) {
  console.error(`Expected a stage (${Object.keys(STAGES).join(', ')}), a sink (batch, bare) and a number of traces`);
  process.exit(1);
}
const { name, missing, create } = loadStage(id);
if (missing) {
  console.error(`${name} is not built: run npm run build`);
  process.exit(1);
}
const spans = traces * SPANS_PER_TRACE;
const provider = new BasicTracerProvider({ spanProcessors: [create(createSink(2 * spans).processor)] });
const tracer = provider.getTracer('benchmark');

async function run(times) {
  for (let i = 0; i < times; i++) {
    const batch = new ConcurrentTraces(tracer, SPANS_PER_TRACE, sharedPayload);
    await batch.startRoots(traces);
    await batch.runChildren();
    await batch.endRoots();
    await provider.forceFlush();
  }
}

await run(1);
await collectOnce();
const profile = await profileOf(() => run(REPEATS));
console.log(
  `${name}, ${traces} open traces × ${SPANS_PER_TRACE} spans, ${values.sink} sink, Node ${process.version}\n`,
);
console.log(formatProfile(profile, { unit: 'span', count: REPEATS * spans, top: Number(values.top) }));
if (values['cpu-prof'] !== undefined) writeProfile(values['cpu-prof'], profile);
await provider.shutdown();
