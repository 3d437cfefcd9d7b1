// What the translation of spans between dialects adds to a span, beside the batch processor, JSON.parse of its content, and
// the peer that converts to OpenInference.
// node benchmarks/mapping.mjs [--rounds 25] [--variants openinference,peer] [--clock cpu|wall]

import { ROOT_CONTEXT } from '@opentelemetry/api';
import { convertGenAISpanAttributesToOpenInferenceSpanAttributes } from '@arizeai/openinference-genai';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung } from './garbage.mjs';
import { createUniquePayloads, endHttpSpan, endModelCall, startModelCall } from './genai-spans.mjs';
import { interleave, judge, ratioOf, summarize, summarizeDifference } from './measure.mjs';
import { requireCopies } from './package-copies.mjs';
import { createBatchSink } from './span-sinks.mjs';
import { formatTable, withError } from './table.mjs';

/** Microseconds that a stage may add to a span, where the machine is that of the limits. */
const LIMITS = { genai: 10, http: 0.3 };
/** Microseconds that JSON.parse of prompt and completion takes there. */
const PARSE_MICROS = 4;
const SPANS = 64;
const PASSES = { genai: 16, http: 200 };
const WARM_UP_ROUNDS = 12;
const QUEUE = 1_000_000;

const NAME = '@genspan/genai-mapping-span-processor';
const ROWS = {
  openinference: { name: 'genspan → openinference', options: { to: 'openinference' } },
  replace: { name: 'genspan → openinference, replace', options: { to: 'openinference', mode: 'replace' } },
  langfuse: { name: 'genspan → langfuse', options: { to: 'langfuse' } },
  braintrust: { name: 'genspan → braintrust', options: { to: 'braintrust' } },
  openllmetry: { name: 'genspan → openllmetry', options: { to: 'openllmetry' } },
  'genai-1.36': { name: 'genspan → genai-1.36', options: { to: 'genai-1.36' } },
  two: { name: 'genspan → openinference, langfuse', options: { to: ['openinference', 'langfuse'] } },
  peer: {
    name: '`@arizeai/openinference-genai` 0.3.10',
    convert: convertGenAISpanAttributesToOpenInferenceSpanAttributes,
  },
  parse: { name: 'JSON.parse of prompt and completion', read: parseContent },
  batch: { name: 'BatchSpanProcessor + exporter that does nothing', isBatch: true },
};

const { rounds, variants, clock } = readArguments({ rounds: 25, variants: Object.keys(ROWS) });
const now = CLOCKS[clock];

let reads = 0;
const sink = {
  onStart() {},
  async forceFlush() {},
  async shutdown() {},
  onEnd({ attributes }) {
    for (const key in attributes) if (attributes[key] !== undefined) reads++;
  },
};

function parseContent({ attributes }) {
  const { 'gen_ai.input.messages': input, 'gen_ai.output.messages': output } = attributes;
  if (input !== undefined) reads += JSON.parse(input).length + JSON.parse(output).length;
}

const ended = [];
const provider = new BasicTracerProvider({ spanProcessors: [{ ...sink, onEnd: (span) => ended.push(span) }] });
const tracer = provider.getTracer('benchmark');
const nextPayload = createUniquePayloads();

const MAKE = {
  genai() {
    const { prompt, completion } = nextPayload();
    endModelCall(startModelCall(tracer, ROOT_CONTEXT, prompt), completion);
  },
  http: () => endHttpSpan(tracer),
};

function makeSpans(kind) {
  ended.length = 0;
  for (let i = 0; i < SPANS; i++) MAKE[kind]();
  return ended.slice();
}

function subjectOf(id) {
  const { name, options, convert, read, isBatch } = ROWS[id];
  if (read !== undefined) return { id, name, onEnd: (span) => (read(span), sink.onEnd(span)) };
  if (convert !== undefined) {
    return {
      id,
      name,
      onEnd: (span) => sink.onEnd({ attributes: { ...span.attributes, ...convert(span.attributes) } }),
    };
  }
  if (isBatch) {
    const { processor } = createBatchSink(QUEUE);
    return {
      id,
      name,
      onEnd: (span) => (processor.onEnd(span), sink.onEnd(span)),
      settle: () => processor.forceFlush(),
    };
  }
  const { GenAIMappingSpanProcessor } = requireCopies(`mapping-${id}`, [NAME])(NAME);
  if (GenAIMappingSpanProcessor === undefined) return undefined;
  const processor = new GenAIMappingSpanProcessor({ ...options, delegate: sink });
  return { id, name, onEnd: (span) => processor.onEnd(span) };
}

const measured = variants.map(subjectOf).filter((subject) => subject !== undefined);
const subjects = [{ id: 'none', name: 'nothing in front', onEnd: (span) => sink.onEnd(span) }, ...measured];

/** Microseconds per span, the export of what the batch processor holds included. */
async function sample({ onEnd, settle }, kind) {
  const spans = makeSpans(kind);
  collectYoung();
  const passes = PASSES[kind];
  const start = now();
  for (let pass = 0; pass < passes; pass++) for (const span of spans) onEnd(span);
  await settle?.();
  return (now() - start) / (passes * SPANS);
}

async function measureAndPrint(title, kind, limit) {
  console.error(`\nmeasuring: ${title} …`);
  const take = (subject) => sample(subject, kind);
  await interleave(subjects, WARM_UP_ROUNDS, take);
  const samples = await interleave(subjects, rounds, take);
  const values = new Map([...samples].map(([{ id }, taken]) => [id, taken]));
  const added = (id) => summarizeDifference(values.get(id), values.get('none'));
  const against = (id, other) => (values.has(other) ? withError(ratioOf(added(id), added(other)), 2) : '');
  const rows = measured.map(({ id, name }) => {
    const isLimited = id === 'openinference' || (kind === 'http' && ROWS[id].options !== undefined);
    return [
      name,
      withError(added(id), 2),
      against(id, 'batch'),
      against(id, 'parse'),
      isLimited ? judge(added(id), limit) : '',
    ];
  });
  console.log(`\n${title}; reading it takes ${withError(summarize(values.get('none')), 2)} µs; limit ${limit} µs`);
  console.log(formatTable(['', 'added µs/span', '× batch processor', '× JSON.parse', 'limit'], rows));
  if (kind === 'genai' && values.has('parse') && values.has('openinference')) {
    const scaled = ratioOf(added('openinference'), added('parse'));
    console.log(
      `where JSON.parse takes ${PARSE_MICROS} µs, that is ${withError({ median: scaled.median * PARSE_MICROS, error: scaled.error * PARSE_MICROS }, 1)} µs`,
    );
  }
}

console.log(`translation of spans, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
await measureAndPrint('A span of twelve GenAI attributes, 2 KB and 1 KB of messages', 'genai', LIMITS.genai);
await measureAndPrint('A span of twelve HTTP attributes', 'http', LIMITS.http);
if (reads === 0.5) console.log('never');
await provider.shutdown();
