// Traces of one conversation share their randomness, so that everybody who samples keeps all of them or none.
import { join } from 'node:path';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { GenAISampler, SamplingSpanProcessor } from '@genspan/sampling-span-processor';
import { spansOf } from '@genspan/test-utils';
import { startCollector } from '../collector.mjs';
import { otFields, passes, randomnessOf } from '../trace-state.mjs';

const CONVERSATIONS = 300;
const TRACES = 5;

/** The sampler keeps half, the stage a fifth of what a cheap model did, and the Collector 30 %. */
const RATE = 0.5;
const CHEAP = { name: 'cheap', models: ['cheap'], rate: 0.2 };
const PROCESSORS = { probabilistic_sampler: { mode: 'equalizing', sampling_percentage: 30 } };
const TH = { cheap: 'cccccccccccccc', dear: 'b333' };

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* sampledConversationsChecks({ binary, folder }) {
  const collector = await startCollector(binary, join(folder, 'conversations'), { processors: PROCESSORS });
  await record(`${collector.httpUrl}/v1/traces`);
  await collector.stop();

  const traces = new Map(Array.from({ length: CONVERSATIONS }, (_, index) => [idOf(index), new Set()]));
  const problems = [];
  for (const { traceId, traceState, attributes } of collector.requests().flatMap(spansOf)) {
    const id = attributes['gen_ai.conversation.id'];
    const { th, rv } = otFields(traceState);
    const expected = TH[attributes['gen_ai.request.model']];
    traces.get(id).add(traceId);
    if (th !== expected) problems.push(`${id}: expected th ${expected}, got ${traceState}`);
    if (rv === undefined || !passes(randomnessOf(traceId, rv), expected))
      problems.push(`${id}: came with ${traceState}`);
  }
  const kept = [...traces].filter(([, { size }]) => size > 0);
  const torn = kept.filter(([, { size }]) => size !== TRACES);
  problems.push(...torn.map(([id, { size }]) => `${id}: ${size} of ${TRACES} traces`));
  if (kept.length === 0 || kept.length === CONVERSATIONS) problems.push('nothing was sampled');
  const figures = `${kept.length} of ${CONVERSATIONS} conversations, each with ${TRACES} traces`;
  yield { title: 'conversations: sampler, stage and Collector keep whole ones', problems, figures };
}

/** The conversations take turns. */
async function record(url) {
  const delegate = new BatchSpanProcessor(new OTLPTraceExporter({ url }), { maxQueueSize: 2 * CONVERSATIONS * TRACES });
  const provider = new BasicTracerProvider({
    sampler: new GenAISampler({ rate: RATE, randomness: 'conversation' }),
    spanProcessors: [new SamplingSpanProcessor({ rules: [CHEAP], delegate })],
  });
  const tracer = provider.getTracer('conversations');
  for (let number = 0; number < CONVERSATIONS * TRACES; number++) {
    const attributes = {
      'gen_ai.conversation.id': idOf(number % CONVERSATIONS),
      'gen_ai.request.model': number % 4 === 0 ? 'cheap' : 'dear',
    };
    const root = tracer.startSpan('invoke_agent', { attributes }, ROOT_CONTEXT);
    tracer.startSpan('chat', { attributes }, trace.setSpan(ROOT_CONTEXT, root)).end();
    root.end();
  }
  await provider.shutdown();
}

function idOf(index) {
  return `conversation ${index}`;
}
