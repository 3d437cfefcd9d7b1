// What a span costs to encode for OTLP: genspan's own encoders beside those of the SDK's OTLP exporters, and what compression of
// the same request adds.
// node benchmarks/otlp-encoding.mjs [--rounds 25] [--variants protobuf,sdk-protobuf] [--clock cpu|wall]

import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { collectYoung } from './garbage.mjs';
import { createUniquePayloads, endHttpSpan, endModelCall, startModelCall } from './genai-spans.mjs';
import { interleave, ratioOf, summarize } from './measure.mjs';
import { randomOf } from './seeded-random.mjs';
import { formatTable, withError } from './table.mjs';

/** Spans of a request, as the SDK's batch processor hands them on. */
const SPANS = 512;
const WARM_UP_ROUNDS = 8;
/** How often a request is encoded in a round, so that a sample is some ten milliseconds. */
const PASSES = { genai: 8, http: 24 };

// By file: encodeTraceRequest is not what applications need of the package.
const { encodeTraceRequest } = createRequire(import.meta.url)(
  '../packages/span-exporters/dist/cjs/otlp/encode-trace-request.js',
);

const ROWS = {
  protobuf: { name: 'genspan, protobuf', encode: (spans) => encodeTraceRequest(spans, 'protobuf') },
  'sdk-protobuf': {
    name: '`@opentelemetry/otlp-transformer` 0.223, protobuf',
    encode: (spans) => ProtobufTraceSerializer.serializeRequest(spans),
  },
  json: { name: 'genspan, JSON', encode: (spans) => encodeTraceRequest(spans, 'json') },
  'sdk-json': {
    name: '`@opentelemetry/otlp-transformer` 0.223, JSON',
    encode: (spans) => JsonTraceSerializer.serializeRequest(spans),
  },
  'gzip-1': { name: 'gzip level 1 of the protobuf', compress: (bytes) => gzipSync(bytes, { level: 1 }) },
  'gzip-6': { name: 'gzip level 6 of the protobuf', compress: (bytes) => gzipSync(bytes, { level: 6 }) },
};

const { rounds, variants, clock } = readArguments({ rounds: 25, variants: Object.keys(ROWS) });
const now = CLOCKS[clock];

const ended = [];
const processor = { onStart() {}, onEnd: (span) => ended.push(span), async forceFlush() {}, async shutdown() {} };
const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('benchmark', '1.0.0');
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

const random = randomOf('words');
const WORDS = Array.from({ length: 8192 }, () => random.string(2 + random.below(9), 'etaoinshrdlucmfwyp'));

/** Text that compresses about as prose does. */
function prose(length) {
  let text = '';
  while (text.length < length) text += `${random.of(WORDS)} `;
  return text.slice(0, length);
}

/** What is compressed: spans whose messages are texts of their own, since a text that repeats costs nothing. */
function requestToCompress(kind) {
  if (kind !== 'genai') return encodeTraceRequest(makeSpans(kind), 'protobuf');
  ended.length = 0;
  for (let i = 0; i < SPANS; i++) endModelCall(startModelCall(tracer, ROOT_CONTEXT, prose(2048)), prose(1024));
  return encodeTraceRequest(ended, 'protobuf');
}

let bytesOut = 0;

/** Microseconds per span. */
function sample(id, kind, request) {
  const { encode, compress } = ROWS[id];
  const spans = makeSpans(kind);
  collectYoung();
  const passes = compress === undefined ? PASSES[kind] : 1;
  const start = now();
  for (let pass = 0; pass < passes; pass++)
    bytesOut += (compress === undefined ? encode(spans) : compress(request)).length;
  return (now() - start) / (passes * SPANS);
}

async function measureAndPrint(title, kind) {
  console.error(`\nmeasuring: ${title} …`);
  const request = requestToCompress(kind);
  const take = (id) => sample(id, kind, request);
  await interleave(variants, WARM_UP_ROUNDS, take);
  const samples = await interleave(variants, rounds, take);
  const micros = (id) => summarize(samples.get(id));
  const rows = variants.map((id) => {
    const { name, encode, compress } = ROWS[id];
    const bytes = (compress === undefined ? encode(makeSpans(kind)) : compress(request)).length / SPANS;
    const against = (other) => (samples.has(other) ? withError(ratioOf(micros(id), micros(other)), 2) : '');
    return [name, withError(micros(id), 2), against('sdk-protobuf'), against('protobuf'), Math.round(bytes)];
  });
  console.log(`\n${title}, ${SPANS} of them a request`);
  console.log(formatTable(['', 'µs/span', '× the SDK’s protobuf', '× ours', 'bytes/span'], rows));
}

console.log(`OTLP encoding, Node ${process.version}, ${rounds} rounds, ${clock} clock`);
await measureAndPrint('A span of twelve GenAI attributes, 2 KB and 1 KB of messages', 'genai');
await measureAndPrint('A span of twelve HTTP attributes', 'http');
if (bytesOut === 0) console.log('never');
