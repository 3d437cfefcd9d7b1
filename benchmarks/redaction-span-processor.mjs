// What a redaction stage adds to a span, beside what its serialisation as OTLP costs, and what it allocates.
// node benchmarks/redaction-span-processor.mjs [--rounds 25] [--variants genspan,gated] [--clock cpu|wall]

import { ROOT_CONTEXT } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { bytesPerCall } from './allocated-bytes.mjs';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung } from './garbage.mjs';
import { createUniquePayloads, endModelCall, startModelCall } from './genai-spans.mjs';
import { interleave, judge, ratioOf, summarize, summarizeDifference } from './measure.mjs';
import { makeDocuments } from './redaction-documents.mjs';
import { loadRedactionStage, REDACTION_STAGES } from './redaction-stages.mjs';
import { loadRedactor } from './redactors.mjs';
import { formatTable, withError } from './table.mjs';

/** Microseconds that the stage may add to a span, where the serialisation takes as long as on the machine of the limit. */
const LIMIT = 10;
const SPANS = 64;
const PASSES = { none: 400, genspan: 12, gated: 6, sequence: 3, otlp: 6 };
const WARM_UP_ROUNDS = 12;

const { rounds, variants, clock } = readArguments({ rounds: 25, variants: REDACTION_STAGES });
const now = CLOCKS[clock];

let reads = 0;
/** What comes behind the stage: looks at what an exporter would look at. */
const sink = {
  onStart() {},
  async forceFlush() {},
  async shutdown() {},
  onEnd({ name, attributes, events, links, status }) {
    reads += name.length + events.length + links.length + (status.message?.length ?? 0);
    for (const key in attributes) if (attributes[key] !== undefined) reads++;
  },
};

const ended = [];
const provider = new BasicTracerProvider({ spanProcessors: [{ ...sink, onEnd: (span) => ended.push(span) }] });
const tracer = provider.getTracer('benchmark');
const nextPayload = createUniquePayloads();

/** Ended spans with prompts of their own. `secrets`: an address and a key in the prompt, a password in the completion. */
function makeSpans(secrets) {
  ended.length = 0;
  for (let i = 0; i < SPANS; i++) {
    const { prompt, completion } = nextPayload();
    const put = (text, at, secret) => text.slice(0, at) + secret + text.slice(at + secret.length);
    const key = ['sk', 'proj', 'aB3'.repeat(16)].join('-');
    const address = ['jo.miller', 'mail.org'].join('@');
    const [input, output] = secrets
      ? [put(put(prompt, 300, ` ${address} `), 1500, ` ${key} `), put(completion, 500, ' password=hunter22x, ')]
      : [prompt, completion];
    const flat = (text) => Buffer.from(text, 'latin1').latin1Slice();
    endModelCall(startModelCall(tracer, ROOT_CONTEXT, flat(input)), flat(output));
  }
  return ended.slice();
}

const stages = variants.map(loadRedactionStage);
for (const { name } of stages.filter(({ missing }) => missing)) console.log(`${name} is not built`);
const subjects = [
  { id: 'none', name: 'nothing in front', onEnd: (span) => sink.onEnd(span) },
  ...stages
    .filter(({ missing }) => !missing)
    .map(({ id, name, create }) => {
      const processor = create(sink);
      return { id, name, onEnd: (span) => processor.onEnd(span) };
    }),
  {
    id: 'otlp',
    name: 'OTLP JSON of the span',
    onEnd: (span) => {
      reads += JsonTraceSerializer.serializeRequest([span]).length;
    },
  },
];

/** Microseconds per span. */
function sample({ id, onEnd }, secrets) {
  const spans = makeSpans(secrets);
  collectYoung();
  const passes = PASSES[id];
  const start = now();
  for (let pass = 0; pass < passes; pass++) for (const span of spans) onEnd(span);
  return (now() - start) / (passes * SPANS);
}

async function measureAndPrint(title, secrets) {
  console.error(`\nmeasuring: ${title} …`);
  const take = (subject) => sample(subject, secrets);
  await interleave(subjects, WARM_UP_ROUNDS, take);
  const samples = await interleave(subjects, rounds, take);
  const values = new Map([...samples].map(([{ id }, taken]) => [id, taken]));
  const added = (id) => summarizeDifference(values.get(id), values.get('none'));
  const rows = subjects.slice(1).map(({ id, name }) => {
    const share = ratioOf(added(id), added('otlp'));
    const verdict = id === 'genspan' ? judge(share, 1) : '';
    return [name, withError(added(id), 1), withError(share, 2), verdict];
  });
  const alone = summarize(values.get('none'));
  console.log(`\n${title}; the sink takes ${withError(alone, 2)} µs`);
  console.log(formatTable(['', 'added µs/span', '× its OTLP JSON', 'below it'], rows));
  return added('genspan');
}

console.log(`redaction of spans, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
const clean = await measureAndPrint('A span of 3.5 KB in which nothing is found', false);
if (variants.includes('genspan')) console.log(`limit of ${LIMIT} µs: ${judge(clean, LIMIT)}`);
await measureAndPrint('The same with an address, a key and a password in it', true);

console.log('\nBytes of heap allocated by a call in which nothing is found');
const { run } = loadRedactor('genspan');
const texts = (kind) => makeDocuments(kind, 4096, SPANS, 'allocation');
const spans = makeSpans(false);
const allocations = [
  ['an empty function', texts('prose'), () => undefined],
  ['an object of one number (for comparison)', texts('prose'), (text) => ({ length: text.length })],
  ...(run === undefined
    ? []
    : ['prose', 'message JSON', 'base64', 'code', 'logs', 'Chinese'].map((kind) => [
        `redactText, ${kind}`,
        texts(kind),
        run,
      ])),
  ...subjects.filter(({ id }) => id !== 'otlp').map(({ name, onEnd }) => [`a span: ${name}`, spans, onEnd]),
];
console.log(
  formatTable(
    ['', 'B/call'],
    allocations.map(([name, ring, call]) => [name, bytesPerCall(ring, call).toFixed(1)]),
  ),
);
if (reads === 0.5) console.log('never');
await provider.shutdown();
