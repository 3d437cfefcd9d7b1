import { SpanStatusCode } from '@opentelemetry/api';
import {
  BatchSpanProcessor,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Tracer } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { Redactor } from '@genspan/redaction-span-processor';
import { createSpanPipeline } from '../src/index.js';
import type { SpanPipelineOptions } from '../src/index.js';

const ORDERS = ['safety', 'efficiency'] as const;

/** What leaves a pipeline with these options after `work`. */
async function exported(options: Omit<SpanPipelineOptions, 'delegate'>, work: (tracer: Tracer) => void) {
  const exporter = new InMemorySpanExporter();
  const pipeline = createSpanPipeline({ ...options, delegate: new SimpleSpanProcessor({ exporter }) });
  const provider = new TracerProvider({ spanProcessors: [pipeline] });
  work(provider.getTracer('app'));
  await provider.forceFlush();
  const spans = exporter.getFinishedSpans();
  await provider.shutdown();
  return { pipeline, spans };
}

function failAndSucceed(tracer: Tracer): void {
  tracer.startSpan('succeeds').end();
  const span = tracer.startSpan('fails');
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

test.each(ORDERS)('with order %s, spans reach the delegate', async (order) => {
  const exporter = new InMemorySpanExporter();
  const pipeline = createSpanPipeline({ order, delegate: new BatchSpanProcessor({ exporter }) });
  const provider = new TracerProvider({ spanProcessors: [pipeline] });
  provider.getTracer('app').startSpan('a').end();
  await provider.forceFlush();
  expect(exporter.getFinishedSpans().map((span) => span.name)).toEqual(['a']);
  await provider.shutdown();
});

test('keeps what a delegate throws out of the application', () => {
  const fail = () => {
    throw new Error('broken');
  };
  const delegate = { onStart: fail, onEnd: fail, forceFlush: fail, shutdown: fail };
  const pipeline = createSpanPipeline({ delegate });
  new TracerProvider({ spanProcessors: [pipeline] }).getTracer('app').startSpan('a').end();
  expect(pipeline.stats().failures).toEqual({ onStart: 1, onEnd: 1 });
});

describe('the sampling stage', () => {
  it.each(ORDERS)('keeps with order %s what its options say, and tells why', async (order) => {
    const { pipeline, spans } = await exported({ order, sampling: { rate: 0 } }, failAndSucceed);
    expect(spans.map((span) => span.name)).toEqual(['fails']);
    const { traceId } = spans[0]!.spanContext();
    expect(pipeline.sampling?.stats().traces).toMatchObject({ started: 2, kept: 1, dropped: 1 });
    expect(pipeline.sampling?.explain(traceId)).toMatchObject({ decision: 'kept', reason: 'error' });
  });

  it.each([[{}], [{ sampling: false as const }]])('is not there with %j: spans go on as they are', async (options) => {
    const { pipeline, spans } = await exported(options, failAndSucceed);
    expect(pipeline.sampling).toBeUndefined();
    expect(spans.map((span) => span.name)).toEqual(['succeeds', 'fails']);
    for (const span of spans) expect(span.spanContext().traceState).toBeUndefined();
  });

  it('keeps everything with no options, and says so on the spans', async () => {
    const { spans } = await exported({ sampling: {} }, failAndSucceed);
    expect(spans.map((span) => span.spanContext().traceState?.get('ot'))).toEqual(['th:0', 'th:0']);
  });

  it('keeps the same traces in both orders', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => (index + 1).toString(16).padStart(4, '0').repeat(8));
    const keptIn = async (order: (typeof ORDERS)[number]): Promise<string[]> => {
      const exporter = new InMemorySpanExporter();
      const delegate = new SimpleSpanProcessor({ exporter });
      const remaining = [...ids];
      const provider = new TracerProvider({
        spanProcessors: [createSpanPipeline({ order, delegate, sampling: { rate: 0.5 } })],
        idGenerator: {
          generateTraceId: () => remaining.shift() ?? '',
          generateSpanId: () => '00000000000000a1',
        },
      });
      for (const _ of ids) provider.getTracer('app').startSpan('a').end();
      const kept = exporter.getFinishedSpans().map((span) => span.spanContext().traceId);
      await provider.shutdown();
      return kept;
    };
    const kept = await keptIn('safety');
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(ids.length);
    expect(await keptIn('efficiency')).toEqual(kept);
  });
});

describe('the redaction stage', () => {
  const address = ['jane', 'example.org'].join('@');
  const write = (tracer: Tracer) => {
    const span = tracer.startSpan(`mail to ${address}`, { attributes: { to: address } });
    span.addEvent('sent', { to: address });
    span.setStatus({ code: SpanStatusCode.ERROR, message: `no such mailbox: ${address}` });
    span.end();
  };
  const text = ({ name, attributes, events, status }: ReadableSpan) =>
    JSON.stringify({ name, attributes, events, status });

  it.each(ORDERS)('takes secrets out with order %s, before and behind sampling, and counts them', async (order) => {
    const { pipeline, spans } = await exported({ order, sampling: {}, redaction: {} }, write);
    expect(spans.map((span) => span.name)).toEqual(['mail to [REDACTED]']);
    for (const span of spans) expect(text(span)).not.toContain(address);
    expect(spans[0]?.attributes['genspan.sampling.reason']).toBe('error');
    expect(pipeline.redaction?.stats()).toMatchObject({ spans: 1, matches: { email: { 'span.name': 1 } } });
  });

  it.each([
    ['safety', ['mail to [REDACTED]']],
    ['efficiency', []],
  ] as const)('comes with order %s where sampling rules see what it leaves: %j', async (order, kept) => {
    const rules = [{ name: 'redacted', matchNames: ['*REDACTED*'] }];
    const sampling = { rate: 0, keepErrors: false, rules };
    const { pipeline, spans } = await exported({ order, sampling, redaction: {} }, write);
    expect(spans.map((span) => span.name)).toEqual(kept);
    // What is dropped before it costs nothing.
    expect(pipeline.redaction?.stats().spans).toBe(kept.length);
  });

  it.each([[{}], [{ redaction: false as const }]])('is not there with %j: texts go on as they are', async (options) => {
    const { pipeline, spans } = await exported(options, write);
    expect(pipeline.redaction).toBeUndefined();
    expect(spans.map((span) => span.name)).toEqual([`mail to ${address}`]);
  });

  it('redacts with a redactor that is given, which counts', async () => {
    const redactor = new Redactor({ labels: true });
    const { pipeline, spans } = await exported({ redaction: { redactor } }, write);
    expect(spans.map((span) => span.name)).toEqual(['mail to [REDACTED:email]']);
    expect(redactor.stats().spans).toBe(1);
    expect(pipeline.redaction?.redactor).toBe(redactor);
  });
});

describe('the enrichment and mapping stages', () => {
  const address = ['jane', 'example.org'].join('@');
  const chat = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.usage.input_tokens': 1_000_000,
    'gen_ai.usage.output_tokens': 1_000_000,
  };
  const call = (tracer: Tracer): void => {
    const parts = [{ type: 'text', content: `write to ${address}` }];
    const messages = JSON.stringify([{ role: 'user', parts }]);
    tracer.startSpan('chat gpt-4o', { attributes: { ...chat, 'gen_ai.input.messages': messages } }).end();
  };

  it.each(ORDERS)(
    'price a call, translate it, and leave no secret in what they write, with order %s',
    async (order) => {
      const enrichment = { attributes: { owner: address } };
      const { pipeline, spans } = await exported(
        { order, enrichment, mapping: { to: ['openinference', 'langfuse'] }, redaction: {}, sampling: {} },
        call,
      );
      expect(spans).toHaveLength(1);
      const { attributes = {} } = spans[0] ?? {};
      expect(attributes).toMatchObject({
        owner: '[REDACTED]',
        'genspan.usage.source': 'reported',
        'genspan.usage.price_source': 'table',
        'openinference.span.kind': 'LLM',
        'llm.token_count.prompt': 1_000_000,
        'llm.input_messages.0.message.content': 'write to [REDACTED]',
        'langfuse.observation.type': 'generation',
        'genspan.trace.model_call_count': 1,
      });
      expect(attributes['genspan.usage.cost_usd']).toBeGreaterThan(0);
      expect(attributes['genspan.trace.cost_usd']).toBe(attributes['genspan.usage.cost_usd']);
      expect(JSON.stringify(attributes)).not.toContain(address);
      expect(pipeline.enrichment?.stats().steps).toMatchObject({ cost: { priced: 1 } });
      expect(pipeline.mapping?.stats().spans).toBeDefined();
    },
  );

  it.each(ORDERS)('let sampling rules decide by cost, with order %s', async (order) => {
    const sampling = { rate: 0, rules: [{ name: 'dear', minCostUsd: 1 }] };
    const prices = [{ model: 'gpt-4o', inputPerMillion: 1, outputPerMillion: 1 }];
    const dear = await exported({ order, sampling, enrichment: { cost: { prices } } }, call);
    expect(dear.spans.map((span) => span.attributes['genspan.sampling.rule'])).toEqual(['dear']);
    const cheap = [{ model: 'gpt-4o', inputPerMillion: 0.1, outputPerMillion: 0.1 }];
    expect((await exported({ order, sampling, enrichment: { cost: { prices: cheap } } }, call)).spans).toEqual([]);
  });

  it('are not there unless asked for', async () => {
    const { pipeline, spans } = await exported({}, call);
    expect([pipeline.enrichment, pipeline.mapping]).toEqual([undefined, undefined]);
    expect(Object.keys(spans[0]?.attributes ?? {})).toEqual([...Object.keys(chat), 'gen_ai.input.messages']);
  });
});
