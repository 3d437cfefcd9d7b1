import { context, trace, type Meter, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOffSampler, SamplingDecision, TracerProvider } from '@opentelemetry/sdk-trace';
import type { GenAIRecorder } from '../src/index.js';
import { CHAT, SECRET, secretFailure, secretRequest, secretResult } from './conversation.js';
import { startTelemetry, total } from './telemetry.js';

const DURATION = 'gen_ai.client.inference.duration';
const broken = (): never => {
  throw new Error(SECRET);
};

it('shows the sampler name, kind and attributes of the request, and none of the content', () => {
  const shouldSample = jest.fn(() => ({ decision: SamplingDecision.RECORD_AND_SAMPLED }));
  const sampler = { shouldSample, toString: () => 'test' };
  const { recorder } = startTelemetry({ sampler, captureMessageContent: 'span_and_event' });
  recorder.start(secretRequest({ attributes: { 'gen_ai.request.temperature': 0.5 } }))?.end();
  expect(shouldSample).toHaveBeenCalledTimes(1);
  const seen = shouldSample.mock.calls[0] as unknown[];
  expect(seen.slice(2, 4)).toEqual(['chat gpt-4o', 2]);
  expect(seen[4]).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'server.address': 'api.example.com',
    'server.port': 443,
    'gen_ai.request.temperature': 0.5,
  });
});

it.each([
  [{}, 'chat gpt-4o'],
  [{ requestModel: undefined }, 'chat'],
  [{ spanName: 'fetch_response' }, 'fetch_response'],
])('names the span of %p %s', (overrides, name) => {
  const telemetry = startTelemetry();
  telemetry.recorder.start({ ...CHAT, ...overrides })?.end();
  expect(telemetry.span().name).toBe(name);
});

describe('with a context manager', () => {
  beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
  afterAll(() => context.disable());

  it('starts a child of the active span, and hands on a context for the call', () => {
    const telemetry = startTelemetry();
    const parent = new TracerProvider().getTracer('test').startSpan('parent');
    const operation = context.with(trace.setSpan(context.active(), parent), () => telemetry.recorder.start(CHAT));
    expect(operation && trace.getSpan(operation.context)).toBe(operation?.span);
    operation?.end();
    expect(telemetry.span().parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  });
});

it('builds no content for a span that is not recorded, and still measures', async () => {
  const telemetry = startTelemetry({ sampler: new AlwaysOffSampler(), captureMessageContent: 'span_only' });
  const content = jest.fn();
  telemetry.recorder.start(secretRequest({ content }))?.end({ result: secretResult({ content }) });
  expect(content).not.toHaveBeenCalled();
  expect(telemetry.spans()).toEqual([]);
  expect(total(await telemetry.reader.pointsOf(DURATION))).toBe(1);
});

it('records content as it was when the operation started', () => {
  const telemetry = startTelemetry({ captureMessageContent: 'span_and_event' });
  const parts = [{ type: 'text' as const, content: 'before' }];
  const stop = ['before'];
  const content = () => ({ inputMessages: [{ role: 'user', parts }], attributes: { stop } });
  const operation = telemetry.recorder.start({ ...CHAT, content });
  parts[0]!.content = 'after';
  stop[0] = 'after';
  operation?.end();
  const told = JSON.stringify([telemetry.span().attributes, telemetry.logs()[0]?.attributes]);
  expect(told.match(/before/g)).toHaveLength(4);
  expect(told).not.toContain('after');
});

it('ends everything that is open on shutdown', () => {
  const telemetry = startTelemetry();
  const operations = [telemetry.recorder.start(CHAT), telemetry.recorder.start(CHAT), telemetry.recorder.start(CHAT)];
  operations[0]?.end();
  operations[1]?.chunk();
  expect(telemetry.recorder.open.size).toBe(2);
  telemetry.recorder.shutdown();
  expect(telemetry.recorder.open.size).toBe(0);
  const outcomes = telemetry.spans().map(({ attributes }) => attributes['genspan.response.outcome']);
  expect(outcomes).toEqual([undefined, 'broken_off', 'unread']);
});

it('takes another tracer, meter and logger in the middle, and loses nothing', async () => {
  const before = startTelemetry();
  const after = startTelemetry();
  const { recorder } = before;
  for (let i = 0; i < 5; i++) recorder.start(CHAT)?.end({ result: secretResult() });
  recorder.setTracer(new TracerProvider().getTracer('other'));
  recorder.setMeter(after.meterProvider.getMeter('test'));
  const emit = jest.fn();
  recorder.setLogger({ emit });
  for (let i = 0; i < 3; i++) recorder.start(CHAT)?.end({ result: secretResult() });
  const input = 'gen_ai.client.inference.usage.input_tokens';
  expect(total((await before.reader.points()).get(input) ?? [])).toBe(60);
  expect(total(await before.reader.pointsOf(DURATION))).toBe(5);
  expect(total((await after.reader.points()).get(input) ?? [])).toBe(36);
  expect(total(await after.reader.pointsOf(DURATION))).toBe(3);
  expect(before.spans()).toHaveLength(5);
  expect(before.logs()).toHaveLength(5);
  expect(emit).toHaveBeenCalledTimes(3);
});

it('follows its settings from the next start or end, a setting left out being its default', async () => {
  const telemetry = startTelemetry();
  telemetry.recorder.configure({ captureMessageContent: 'span_only', legacyMetrics: true, emitEvents: false });
  telemetry.recorder.start(secretRequest())?.end({ result: secretResult() });
  telemetry.recorder.configure({});
  telemetry.recorder.start(secretRequest())?.end({ result: secretResult() });
  const captured = telemetry.spans().map(({ attributes }) => 'gen_ai.input.messages' in attributes);
  expect(captured).toEqual([true, false]);
  expect(telemetry.logs()).toHaveLength(1);
  expect(total(await telemetry.reader.pointsOf('gen_ai.client.operation.duration'))).toBe(1);
});

describe('whatever fails inside', () => {
  it('a tracer that throws costs the operation, not the call', () => {
    const tracer: Tracer = { startSpan: broken, startActiveSpan: broken };
    const { recorder } = startTelemetry({ tracer });
    expect(recorder.start(CHAT)).toBeUndefined();
    expect([...recorder.failures.counts]).toEqual([['starting an operation', 1]]);
  });

  it('a processor that throws at the end costs the span, not metrics and events', async () => {
    const noop = async () => undefined;
    const processor = { onStart: () => undefined, onEnd: broken, forceFlush: noop, shutdown: noop };
    const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('test');
    const { recorder, reader, logs } = startTelemetry({ tracer });
    const operation = recorder.start(CHAT);
    expect(() => operation?.end()).not.toThrow();
    expect(operation?.span.isRecording()).toBe(false);
    expect([...recorder.failures.counts]).toEqual([['ending a span', 1]]);
    expect(total(await reader.pointsOf(DURATION))).toBe(1);
    expect(logs()).toHaveLength(1);
  });

  it.each(['emit', 'enabled'] as const)(
    'a logger whose %s() throws costs the events, and the span ends',
    async (method) => {
      const logger = { emit: () => undefined, enabled: () => true, [method]: broken };
      const telemetry = startTelemetry({ logger, captureMessageContent: 'span_and_event' });
      const operation = telemetry.recorder.start(secretRequest());
      expect(() => operation?.end({ failure: secretFailure() })).not.toThrow();
      expect(telemetry.span().attributes).toHaveProperty(['gen_ai.input.messages']);
      expect(telemetry.recorder.open.size).toBe(0);
      expect(telemetry.recorder.failures.counts.size).toBeGreaterThan(0);
      expect(total(await telemetry.reader.pointsOf(DURATION))).toBe(1);
    },
  );

  it('a meter that throws costs the metrics, from the start or later', () => {
    const meter: Meter = Object.create(null, { createHistogram: { value: broken } });
    const telemetry = startTelemetry({ meter });
    telemetry.recorder.start(CHAT)?.end({ failure: secretFailure() });
    expect(() => telemetry.recorder.setMeter(meter)).not.toThrow();
    telemetry.recorder.shutdown();
    expect(telemetry.span().status.message).toBe('429 rate_limit_exceeded');
    expect(telemetry.logs()).toHaveLength(2);
    expect([...telemetry.recorder.failures.counts]).toEqual([['making instruments', 2]]);
  });

  it('an instrument that throws costs the metrics, not the events', () => {
    const instrument = { record: broken, add: broken };
    const meter: Meter = Object.create(startTelemetry().meterProvider.getMeter('test'), {
      createHistogram: { value: () => instrument },
    });
    const telemetry = startTelemetry({ meter });
    telemetry.recorder.start(CHAT)?.end({ failure: secretFailure() });
    expect(telemetry.spans()).toHaveLength(1);
    expect(telemetry.logs()).toHaveLength(2);
    expect([...telemetry.recorder.failures.counts]).toEqual([['recording metrics', 1]]);
  });

  it('content that throws costs the content, and nothing is told of what it threw', () => {
    const telemetry = startTelemetry({ captureMessageContent: 'span_and_event' });
    telemetry.recorder.start({ ...CHAT, content: broken })?.end({ result: secretResult({ content: broken }) });
    expect(telemetry.span().attributes).toMatchObject({ 'gen_ai.response.id': 'resp-1' });
    expect(JSON.stringify(telemetry.span().attributes)).not.toContain(SECRET);
    expect([...telemetry.recorder.failures.counts]).toEqual([
      ['reading a request', 1],
      ['reading a response', 1],
    ]);
  });

  it('guard() returns what the work returns, or counts what it throws', () => {
    const recorder: GenAIRecorder = startTelemetry().recorder;
    expect(recorder.guard('adding', () => 2)).toBe(2);
    expect(recorder.guard('adding', broken)).toBeUndefined();
    expect(recorder.failures.counts.get('adding')).toBe(1);
  });
});
