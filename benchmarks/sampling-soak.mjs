// Millions of spans at 1 %: whether the heap stays flat, and how long the collector stops the application.
// node benchmarks/sampling-soak.mjs [--spans 5000000] [--variants none,rate-0.01]

import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { settledHeap } from './garbage.mjs';
import { watchPauses } from './gc-pauses.mjs';
import { fitLine } from './line-fit.mjs';
import { quantile } from './measure.mjs';
import { SpanMapProcessor } from './plain-tail-buffers.mjs';
import { loadSamplingSpanProcessor } from './sampling-stages.mjs';
import { createBatchSink } from './span-sinks.mjs';
import { formatTable } from './table.mjs';
import { TraceRing } from './trace-ring.mjs';

const OPEN_TRACES = 1000;
const SPANS_PER_TRACE = 20;
/** After so many spans the event loop gets its turn, in which the batch processor exports. */
const SPANS_PER_TURN = 1024;
const HEAP_SAMPLES = 20;
/** Decisions are remembered, by default of this many traces: the heap grows until there are so many. */
const REMEMBERED_TRACES = 20_000;
/** Milliseconds. */
const LONGEST_PAUSE = 50;
const MB = 2 ** 20;

const ROWS = {
  none: { name: 'batch processor alone', create: (delegate) => delegate },
  map: { name: 'Map of spans, all kept', create: (delegate) => new SpanMapProcessor(delegate) },
  'rate-0.01': { name: 'genspan, errors and rate 0.01', create: createGenspan },
};

/** All options but the rate are the defaults. */
function createGenspan(delegate) {
  const SamplingSpanProcessor = loadSamplingSpanProcessor('soak');
  return SamplingSpanProcessor && new SamplingSpanProcessor({ rate: 0.01, delegate });
}

// There is one round: `--rounds` is taken because `npm run bench` passes it to all benchmarks.
const { variants, spans } = readArguments({
  rounds: 1,
  variants: Object.keys(ROWS),
  numbers: { spans: 5_000_000 },
});

async function soak({ name, create }) {
  const sink = createBatchSink(100_000);
  const processor = create(sink.processor);
  if (processor === undefined) return { name };
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  const ring = new TraceRing(provider.getTracer('benchmark'), {
    openTraces: OPEN_TRACES,
    spansPerTrace: SPANS_PER_TRACE,
  });
  const heap = [];
  let micros = 0;
  const watch = watchPauses();
  for (let done = 0; done < spans;) {
    const end = Math.min(spans, done + Math.ceil(spans / HEAP_SAMPLES));
    const start = CLOCKS.cpu();
    for (; done < end; done++) {
      ring.step();
      if (done % SPANS_PER_TURN === 0) await new Promise(setImmediate);
    }
    micros += CLOCKS.cpu() - start;
    heap.push([done, await settledHeap()]);
    console.error(`${name}: ${done} spans, ${(heap.at(-1)[1] / MB).toFixed(1)} MB`);
  }
  const pauses = judgePauses(await watch.stop());
  ring.end();
  await provider.shutdown();
  return { name, micros, pauses, sent: sink.spans(), ...judgeHeap(heap) };
}

/** From the point on at which as many decisions are remembered as there will be, where there are points enough. */
function judgeHeap(heap) {
  const filled = heap.filter(([at]) => at > 1.5 * REMEMBERED_TRACES * SPANS_PER_TRACE);
  const isLongEnough = filled.length > 4;
  const points = isLongEnough ? filled : heap;
  const [[from, first], [to, last]] = [points[0], points.at(-1)];
  const slope = fitLine(points);
  // A slope within its error is none, and neither is one that comes to less than a hundredth of the heap.
  const flat = slope.slope < 2 * slope.error || slope.slope * (to - from) < 0.01 * first;
  return {
    first,
    last,
    slope,
    heapIs: isLongEnough ? (flat ? 'is flat' : 'grows') : 'was watched too shortly to tell',
  };
}

function judgePauses({ minor, major }) {
  const all = [...minor, ...major];
  return {
    total: all.reduce((sum, duration) => sum + duration, 0),
    minor99: minor.length > 0 ? quantile(minor, 0.99) : 0,
    minor: minor.at(-1) ?? 0,
    major: major.at(-1) ?? 0,
    over: all.filter((duration) => duration > LONGEST_PAUSE).length,
  };
}

function cells({ name, micros, sent, first, last, slope, pauses }) {
  if (micros === undefined) return [name, 'not built', '', '', '', '', '', '', '', ''];
  return [
    name,
    (micros / 1e6).toFixed(1),
    (micros / spans).toFixed(2),
    sent,
    `${(first / MB).toFixed(1)} → ${(last / MB).toFixed(1)}`,
    `${slope.slope.toFixed(2)} ±${slope.error.toFixed(2)}`,
    ((pauses.total * 1000) / spans).toFixed(2),
    pauses.minor99.toFixed(1),
    pauses.minor.toFixed(1),
    pauses.major.toFixed(1),
    pauses.over,
  ];
}

function verdict({ name, micros, heapIs, pauses }) {
  if (micros === undefined) return `${name}: not built`;
  const longest = Math.max(pauses.minor, pauses.major);
  const held = longest <= LONGEST_PAUSE ? 'holds' : 'does not hold';
  return `${name}: the heap ${heapIs}; no pause above ${LONGEST_PAUSE} ms: ${held} (${longest.toFixed(1)} ms)`;
}

const results = [];
for (const id of variants) results.push(await soak(ROWS[id]));
const load = `${OPEN_TRACES} open traces × ${SPANS_PER_TRACE} spans with 3 KB of content of their own`;
console.log(`sampling-soak, Node ${process.version}, ${spans} spans, ${load}\n`);
const columns = [
  '',
  'processor time, s',
  'µs/span',
  'spans sent',
  'heap, MB',
  'slope, bytes/span',
  'paused, µs/span',
  '99 % of minor, ms',
  'longest minor, ms',
  'longest major, ms',
  `over ${LONGEST_PAUSE} ms`,
];
console.log(formatTable(columns, results.map(cells)));
console.log(`\n${results.map(verdict).join('\n')}`);
