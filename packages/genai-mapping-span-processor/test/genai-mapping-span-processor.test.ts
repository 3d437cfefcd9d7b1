import { diag, DiagLogLevel } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { GenAIMappingSpanProcessor } from '../src/genai-mapping-span-processor';
import type { GenAIMappingSpanProcessorOptions } from '../src/genai-mapping-span-processor';
import { createSpanMapper, mapSpan } from '../src/map-span';

const CHAT = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'x_ai', 'gen_ai.request.model': 'grok' };
const INPUT = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }]);

function traced(create: (sink: SpanProcessor) => SpanProcessor[]): {
  exporter: InMemorySpanExporter;
  run: (attributes: Record<string, string | number>) => ReadableSpan;
} {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: create(new SimpleSpanProcessor(exporter)) });
  return {
    exporter,
    run: (attributes) => {
      const span = provider.getTracer('test').startSpan('chat grok', { attributes });
      span.end();
      return span as unknown as ReadableSpan;
    },
  };
}

const stage = (options: GenAIMappingSpanProcessorOptions) => new GenAIMappingSpanProcessor(options);

describe('with a delegate', () => {
  it('hands on a view and leaves the span alone', () => {
    const { exporter, run } = traced((sink) => [stage({ to: 'genai-1.36', delegate: sink })]);
    const span = run(CHAT);
    expect(exporter.getFinishedSpans()[0]?.attributes).toEqual({ ...CHAT, 'gen_ai.system': 'xai' });
    expect(span.attributes).toEqual(CHAT);
  });

  it('hands on the very span when there is nothing to translate', () => {
    const { exporter, run } = traced((sink) => [stage({ to: 'genai-1.36', delegate: sink })]);
    const span = run({ 'http.request.method': 'GET' });
    expect(exporter.getFinishedSpans()[0]).toBe(span);
  });

  it('writes messages as events of the span, at its start and its end', () => {
    const { exporter, run } = traced((sink) => [stage({ to: 'genai-1.36', delegate: sink })]);
    const span = run({ ...CHAT, 'gen_ai.input.messages': INPUT, 'gen_ai.output.messages': INPUT });
    const [question, choice] = exporter.getFinishedSpans()[0]?.events ?? [];
    expect(question).toEqual({
      name: 'gen_ai.user.message',
      attributes: { 'gen_ai.system': 'xai', content: 'hi' },
      time: span.startTime,
    });
    expect(choice).toMatchObject({ name: 'gen_ai.choice', time: span.endTime });
  });
});

describe('in place', () => {
  it('translates for all processors of the provider, those before it too', () => {
    const { exporter, run } = traced((sink) => [sink, stage({ to: 'genai-1.36', mode: 'replace' })]);
    run(CHAT);
    const { 'gen_ai.provider.name': _, ...rest } = CHAT;
    expect(exporter.getFinishedSpans()[0]?.attributes).toEqual({ ...rest, 'gen_ai.system': 'xai' });
  });

  it('works in onEnd where nobody calls onEnding, and says so once', () => {
    const warn = jest.fn();
    diag.setLogger({ error: warn, warn, info: warn, debug: warn, verbose: warn }, DiagLogLevel.WARN);
    try {
      const processor = stage({ to: 'genai-1.36' });
      const { run } = traced(() => []);
      for (const span of [run(CHAT), run(CHAT)]) {
        processor.onEnd(span);
        expect(span.attributes).toHaveProperty(['gen_ai.system'], 'xai');
      }
      expect(warn.mock.calls.flat().filter((line) => String(line).includes('onEnding'))).toHaveLength(1);
    } finally {
      diag.disable();
    }
  });
});

describe('whatever happens', () => {
  it('lets a span that cannot be read go on, and counts it', () => {
    const ended: unknown[] = [];
    const delegate = {
      onStart() {},
      onEnd: (span: unknown) => void ended.push(span),
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    const processor = stage({ to: 'genai-1.36', delegate });
    const span = {
      get attributes(): never {
        throw new Error('no');
      },
    };
    processor.onEnd(span as never);
    expect(ended).toEqual([span]);
    expect(processor.stats().failures).toEqual({ map: 1 });
  });

  it('counts spans, translations and losses', () => {
    const processor = stage({ to: ['genai-1.36', 'genai-1.27'] });
    const { run } = traced(() => [processor]);
    run(CHAT);
    run({ ...CHAT, 'gen_ai.request.reasoning.level': 'low' });
    run({ 'http.request.method': 'GET' });
    expect(processor.stats()).toEqual({
      spans: { read: 2, changed: 2, passed: 1 },
      translated: { genai: { 'genai-1.36': 2, 'genai-1.27': 2 } },
      lost: {
        'genai-1.36': { 'genai-1.36 has no place for it': 1 },
        'genai-1.27': { 'genai-1.27 has no place for it': 1 },
      },
      failures: {},
    });
  });

  it('reports the same as metrics', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter });
    const { run } = traced(() => [
      stage({ to: 'genai-1.36', meterProvider: new MeterProvider({ readers: [reader] }) }),
    ]);
    run({ ...CHAT, 'gen_ai.request.reasoning.level': 'low' });
    await reader.forceFlush();
    const metrics = exporter.getMetrics()[0]?.scopeMetrics[0]?.metrics ?? [];
    await reader.shutdown();
    const points = metrics.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints[0]?.attributes,
      dataPoints[0]?.value,
    ]);
    expect(points).toEqual([
      ['genspan.mapping.spans', { 'genspan.mapping.from': 'genai', 'genspan.mapping.to': 'genai-1.36' }, 1],
      [
        'genspan.mapping.lost',
        { 'genspan.mapping.to': 'genai-1.36', 'genspan.mapping.reason': 'genai-1.36 has no place for it' },
        1,
      ],
    ]);
  });

  it('refuses wrong options', () => {
    expect(() => stage({ to: 'phoenix' as 'genai' })).toThrow('Expected `to` to be one of');
    expect(() => stage({ to: 'genai', delegate: {} as never })).toThrow('Expected `delegate` to be a span processor');
    expect(() => stage({ to: 'genai', meterProvider: {} as never })).toThrow('Expected `meterProvider`');
  });
});

describe('mapSpan', () => {
  it('gives an exporter the span in its dialect, and leaves the span alone', () => {
    const { run } = traced(() => []);
    const span = run(CHAT);
    expect(mapSpan(span as never, { to: 'genai-1.36' }).attributes).toEqual({ ...CHAT, 'gen_ai.system': 'xai' });
    expect(span.attributes).toEqual(CHAT);
  });

  it('gives back the very span when there is nothing to translate', () => {
    const { run } = traced(() => []);
    const span = run({ a: 1 });
    expect(createSpanMapper({ to: 'genai-1.36' })(span as never)).toBe(span);
  });
});

describe('structured attributes, as SDK 3 has them', () => {
  const QUESTION = [{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }];
  const ANSWER = [{ role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'f', arguments: { a: 1 } }] }];
  const STRUCTURED = { 'gen_ai.input.messages': QUESTION, 'gen_ai.output.messages': ANSWER };
  const FLATTENED = {
    'llm.input_messages.0.message.content': 'hi',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"a":1}',
    'input.value': JSON.stringify(QUESTION),
  };

  /** SDK 2 takes no structures from callers; an ended span may hold them. */
  function runWith(create: (sink: SpanProcessor) => SpanProcessor[]): { exported: unknown; span: ReadableSpan } {
    const exporter = new InMemorySpanExporter();
    const provider = new BasicTracerProvider({ spanProcessors: create(new SimpleSpanProcessor(exporter)) });
    const span = provider.getTracer('test').startSpan('chat grok', { attributes: CHAT });
    Object.assign((span as unknown as ReadableSpan).attributes, structuredClone(STRUCTURED));
    span.end();
    return { exported: exporter.getFinishedSpans()[0]?.attributes, span: span as unknown as ReadableSpan };
  }

  it('are read in a view, and left what they are', () => {
    const { exported, span } = runWith((sink) => [stage({ to: 'openinference', delegate: sink })]);
    expect(exported).toMatchObject({ ...STRUCTURED, ...FLATTENED });
    expect(span.attributes).toEqual({ ...CHAT, ...STRUCTURED });
  });

  it('are read in place, and left what they are', () => {
    const { exported } = runWith((sink) => [stage({ to: 'openinference' }), sink]);
    expect(exported).toMatchObject({ ...STRUCTURED, ...FLATTENED });
  });

  it('go away in place when they are translated', () => {
    const { exported } = runWith((sink) => [stage({ to: 'openinference', mode: 'replace' }), sink]);
    expect(exported).toMatchObject(FLATTENED);
    for (const key of Object.keys(STRUCTURED)) expect(exported).not.toHaveProperty([key]);
  });
});
