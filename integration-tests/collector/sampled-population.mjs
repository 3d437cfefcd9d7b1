// Many traces of known kinds, through a real TracerProvider and SamplingSpanProcessor.
import { createHash } from 'node:crypto';
import { ROOT_CONTEXT, SpanStatusCode, TraceFlags, createTraceState, trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { SamplingSpanProcessor } from '@genspan/sampling-span-processor';
import { passes, randomnessOf } from './trace-state.mjs';

export const SEED = 'genspan';
const TRACES = 40_000;
export const SPANS_PER_TRACE = 3;

/** Every so many traces one has a parent in another process, which kept half of its traces by a randomness of its own. */
const WITH_PARENT = 7;
const UPSTREAM_TH = '8';
const FOREIGN = ['vendor=before', 'other=after'];

/** Of 100 traces so many are of a kind, and this is the `th` that our stage has to write on those that it keeps. */
export const KINDS = {
  failed: { of100: 2, th: '0' },
  raised: { of100: 2, th: '0' },
  expensive: { of100: 10, th: '0' },
  cutOff: { of100: 30, th: 'cccccccccccccc' },
  rest: { of100: 56, th: 'fd70a3d70a3d71' },
};

/** No single call has as many tokens as the rule of `expensive` asks for; no condition holds for `rest`. */
const SAMPLING = {
  rules: [
    { name: 'expensive', rate: 1, minTotalTokens: 8_000 },
    { name: 'cut off', rate: 0.2, finishReasons: ['length'] },
  ],
  rate: 0.01,
};

/**
 * Records the traces and samples them.
 *
 * `traces` are all that there were, by their id, those that the other process dropped included; `kept` are the spans that left our
 * stage.
 *
 * @typedef {{ kind: string, randomness: bigint, upstream?: string, rv?: string, foreign?: string[] }} KnownTrace
 * @returns {Promise<{ traces: Map<string, KnownTrace>, kept: object[] }>}
 */
export async function samplePopulation() {
  const exporter = new InMemorySpanExporter();
  const stage = new SamplingSpanProcessor({ ...SAMPLING, delegate: new SimpleSpanProcessor(exporter) });
  const ids = { next: undefined };
  const idGenerator = { generateTraceId: () => ids.next.traceId, generateSpanId: () => ids.next.spanId() };
  const provider = new BasicTracerProvider({ spanProcessors: [stage], idGenerator });
  const tracer = provider.getTracer('population');

  const traces = new Map();
  for (let index = 0; index < TRACES; index++) {
    ids.next = idsOf(index);
    const { traceId, rv } = ids.next;
    const isWithParent = index % WITH_PARENT === 0;
    const one = { kind: kindOf(index), randomness: randomnessOf(traceId, isWithParent ? rv : undefined) };
    if (isWithParent) Object.assign(one, { upstream: UPSTREAM_TH, rv, foreign: FOREIGN });
    traces.set(traceId, one);
    if (isWithParent && !passes(one.randomness, UPSTREAM_TH)) continue;
    record(tracer, one.kind, isWithParent ? parentOf(ids.next) : ROOT_CONTEXT);
  }
  await provider.forceFlush();
  const kept = [...exporter.getFinishedSpans()];
  await provider.shutdown();
  return { traces, kept };
}

function record(tracer, kind, parent) {
  const root = tracer.startSpan(
    `invoke_agent ${kind}`,
    { attributes: { 'gen_ai.operation.name': 'invoke_agent' } },
    parent,
  );
  const below = trace.setSpan(parent, root);
  for (const isLast of [false, true]) {
    const call = tracer.startSpan('chat gpt-4o-mini', { attributes: attributesOf(kind, isLast) }, below);
    if (isLast && kind === 'failed') call.setStatus({ code: SpanStatusCode.ERROR, message: 'no answer' });
    if (isLast && kind === 'raised') call.recordException(new TypeError('no answer'));
    call.end();
  }
  root.end();
}

function attributesOf(kind, isLast) {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.usage.input_tokens': kind === 'expensive' ? 4_000 : 100,
    'gen_ai.usage.output_tokens': 10,
    'gen_ai.response.finish_reasons': [kind === 'cutOff' && isLast ? 'length' : 'stop'],
  };
}

/** The kinds take turns, so that they have nothing to do with the randomness. */
function kindOf(index) {
  let place = index % 100;
  for (const [kind, { of100 }] of Object.entries(KINDS)) {
    if (place < of100) return kind;
    place -= of100;
  }
  throw new Error('Expected the kinds to make up 100');
}

/** Ids and randomness that look random and are the same in every run. */
function idsOf(index) {
  const digest = createHash('sha256').update(`${SEED} ${index}`).digest('hex');
  let spans = 0;
  return {
    traceId: digest.slice(0, 32),
    rv: digest.slice(32, 46),
    spanId: () => `${(++spans).toString(16).padStart(2, '0')}${digest.slice(46, 60)}`,
  };
}

function parentOf({ traceId, rv, spanId }) {
  const traceState = createTraceState([FOREIGN[0], `ot=th:${UPSTREAM_TH};rv:${rv}`, FOREIGN[1]].join());
  const context = { traceId, spanId: spanId(), traceFlags: TraceFlags.SAMPLED, isRemote: true, traceState };
  return trace.setSpanContext(ROOT_CONTEXT, context);
}
