// What a span costs from its start to an exporter that does nothing, behind the SDK's BatchSpanProcessor and behind the
// BufferedSpanProcessor; and which of them lose spans at a steady load.
// node benchmarks/buffered-span-processor.mjs [--rounds 25] [--variants sdk,genspan] [--clock cpu|wall] [--seconds 4]

import { ROOT_CONTEXT } from '@opentelemetry/api';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung } from './garbage.mjs';
import { createUniquePayloads, endModelCall, sharedPayload, startModelCall } from './genai-spans.mjs';
import { interleave, judge, summarize, summarizeDifference } from './measure.mjs';
import { requireCopies } from './package-copies.mjs';
import { formatTable, withError } from './table.mjs';

/** Times the BatchSpanProcessor. */
const LIMIT = 1.1;
const SPANS = 4_096;
const WARM_UP_ROUNDS = 6;
/** Milliseconds until the exporter of the steady load answers, and spans per second. */
const ANSWER_MILLIS = 5;
const RATES = [5_000, 10_000, 25_000, 40_000];

const buffered = (options) => (exporter) => {
  const { BufferedSpanProcessor } = requireCopies(JSON.stringify(options).replaceAll(/\W/g, '-'), [
    '@genspan/buffered-span-processor',
  ])('@genspan/buffered-span-processor');
  return (extra) => new BufferedSpanProcessor({ exporter: exporter(), ...options, ...extra });
};

/** By id. The queue holds a whole sample where `roomy`, and is that of the defaults where not. */
const ROWS = {
  sdk: {
    name: 'BatchSpanProcessor',
    prepare: (exporter) => (extra) => new BatchSpanProcessor(exporter(), extra),
    roomy: { maxQueueSize: 2 * SPANS },
  },
  genspan: { name: 'BufferedSpanProcessor', prepare: buffered({}), roomy: {} },
  least: { name: 'the same, leastImportant', prepare: buffered({ dropPolicy: 'leastImportant' }), roomy: {} },
};

const { rounds, variants, clock, seconds } = readArguments({
  rounds: 25,
  variants: Object.keys(ROWS),
  numbers: { seconds: 4 },
});
const now = CLOCKS[clock];

class DiscardingSpanExporter {
  spans = 0;

  export(spans, resultCallback) {
    this.spans += spans.length;
    resultCallback({ code: 0 });
  }

  async shutdown() {}
}

/** Answers later, as an exporter does that sends. */
class SlowDiscardingSpanExporter extends DiscardingSpanExporter {
  export(spans, resultCallback) {
    this.spans += spans.length;
    setTimeout(resultCallback, ANSWER_MILLIS, { code: 0 });
  }
}

const subjects = variants.map((id) => {
  const exporter = new DiscardingSpanExporter();
  const { name, prepare, roomy } = ROWS[id];
  const processor = prepare(() => exporter)(roomy);
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('benchmark');
  return { id, name, tracer, processor, spans: () => exporter.spans };
});

const nextPayload = createUniquePayloads();
const turn = () => new Promise(setImmediate);

/** Microseconds per span, the flush to the exporter included; the event loop gets its turn every `perTurn` spans. */
async function sample({ tracer, processor }, perTurn) {
  const payloads = Array.from({ length: SPANS }, nextPayload);
  collectYoung();
  const start = now();
  for (let i = 0; i < SPANS; i++) {
    const { prompt, completion } = payloads[i];
    endModelCall(startModelCall(tracer, ROOT_CONTEXT, prompt), completion);
    if ((i + 1) % perTurn === 0) await turn();
  }
  await processor.forceFlush();
  return (now() - start) / SPANS;
}

console.log(`spans to an exporter that does nothing, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
for (const [shape, perTurn] of [
  [`${SPANS} spans at once`, SPANS],
  ['a turn of the event loop every 256 spans', 256],
]) {
  await interleave(subjects, WARM_UP_ROUNDS, (subject) => sample(subject, perTurn));
  const samples = await interleave(subjects, rounds, (subject) => sample(subject, perTurn));
  const values = new Map([...samples].map(([{ id }, taken]) => [id, taken]));
  const base = values.get('sdk') ?? [...values.values()][0];
  const rows = subjects.map(({ id, name }) => {
    // Round by round, in which both suffer the same.
    const ratio = summarize(values.get(id).map((value, round) => value / base[round]));
    const added = summarizeDifference(values.get(id), base);
    return [
      name,
      withError(summarize(values.get(id)), 2),
      id === 'sdk' ? '' : withError(added, 2),
      id === 'sdk' ? '' : withError(ratio, 3),
      id === 'genspan' ? judge(ratio, LIMIT) : '',
    ];
  });
  console.log(`\n${shape}`);
  console.log(formatTable(['', 'µs/span', 'added', '× the SDK', `within ${LIMIT}`], rows));
}
for (const { name, spans, processor } of subjects) {
  const expected = 2 * SPANS * (WARM_UP_ROUNDS + rounds);
  if (spans() !== expected) console.log(`${name} exported ${spans()} of ${expected}`);
  await processor.shutdown();
}

/** Spans that arrive of those that end at `rate` per second, in portions of what falls due each millisecond. */
async function paced(id, rate) {
  const exporter = new SlowDiscardingSpanExporter();
  const processor = ROWS[id].prepare(() => exporter)({});
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('benchmark');
  const start = performance.now();
  const total = rate * seconds;
  let ended = 0;
  while (ended < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * rate));
    for (; ended < due; ended++) {
      const { prompt, completion } = sharedPayload();
      endModelCall(startModelCall(tracer, ROOT_CONTEXT, prompt), completion);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const reached = total / ((performance.now() - start) / 1000);
  await processor.forceFlush();
  await processor.shutdown();
  return { reached, lost: total - exporter.spans, total };
}

console.log(
  `\nsteady load for ${seconds} s, defaults, an exporter that answers after ${ANSWER_MILLIS} ms: spans lost (and spans per second that were reached)`,
);
const lossRows = [];
for (const id of variants) {
  const cells = [];
  for (const rate of RATES) {
    const { reached, lost, total } = await paced(id, rate);
    cells.push(`${lost} of ${total} (${Math.round(reached)}/s)`);
  }
  lossRows.push([ROWS[id].name, ...cells]);
}
console.log(formatTable(['', ...RATES.map((rate) => `${rate}/s`)], lossRows));
