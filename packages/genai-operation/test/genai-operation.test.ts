import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { GenAIOperation } from '../src/index.js';
import { CHAT, EMBEDDINGS, secretFailure, secretRequest, secretResult } from './conversation.js';
import { startTelemetry, total, type Telemetry } from './telemetry.js';

const DURATION = 'gen_ai.client.inference.duration';

function startChat(telemetry: Telemetry, request = CHAT): GenAIOperation {
  const operation = telemetry.recorder.start(request);
  if (operation === undefined) throw new Error('Expected an operation');
  return operation;
}

/** Holds `performance.now()` still, to be moved by hand. */
function stopClock() {
  const clock = { now: performance.now() };
  const spy = jest.spyOn(performance, 'now').mockImplementation(() => clock.now);
  return { advance: (millis: number) => (clock.now += millis), restore: () => spy.mockRestore() };
}

it('records a success: status unset, what came back on the span, duration and tokens as metrics', async () => {
  const telemetry = startTelemetry();
  startChat(telemetry).end({ result: secretResult() });
  const span = telemetry.span();
  expect(span).toMatchObject({ name: 'chat gpt-4o', kind: SpanKind.CLIENT, status: { code: SpanStatusCode.UNSET } });
  expect(span.attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'server.address': 'api.example.com',
    'server.port': 443,
    'gen_ai.response.id': 'resp-1',
    'gen_ai.response.model': 'gpt-4o-2024',
    'gen_ai.response.finish_reasons': ['stop'],
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.usage.output_tokens': 5,
  });
  const points = await telemetry.reader.points();
  expect(points.get(DURATION)?.[0]?.attributes).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'gen_ai.response.model': 'gpt-4o-2024',
    'server.address': 'api.example.com',
    'server.port': 443,
  });
  expect(total(points.get('gen_ai.client.inference.usage.input_tokens') ?? [])).toBe(12);
});

it('records a failure: status ERROR and the same error.type on span, event and metric', async () => {
  const telemetry = startTelemetry();
  startChat(telemetry).end({ failure: secretFailure() });
  const errorType = { 'error.type': 'rate_limit_exceeded' };
  expect(telemetry.span().status).toEqual({ code: SpanStatusCode.ERROR, message: '429 rate_limit_exceeded' });
  expect(telemetry.span().attributes).toMatchObject(errorType);
  expect(telemetry.log('gen_ai.client.inference.operation.details')?.attributes).toMatchObject(errorType);
  expect((await telemetry.reader.pointsOf(DURATION))[0]?.attributes).toMatchObject(errorType);
});

it('keeps what was seen before a failure', () => {
  const telemetry = startTelemetry();
  startChat(telemetry).end({ result: secretResult(), failure: secretFailure(), outcome: 'aborted' });
  expect(telemetry.span().attributes).toMatchObject({
    'gen_ai.response.id': 'resp-1',
    'error.type': 'rate_limit_exceeded',
    'genspan.response.outcome': 'aborted',
  });
});

it('counts the first end only', async () => {
  const telemetry = startTelemetry();
  const operation = startChat(telemetry);
  expect(operation.ended).toBe(false);
  operation.end({ result: secretResult() });
  expect(operation.ended).toBe(true);
  operation.end({ failure: secretFailure() });
  operation.abandon();
  operation.chunk();
  expect(telemetry.span().status.code).toBe(SpanStatusCode.UNSET);
  expect(telemetry.logs()).toHaveLength(1);
  expect(total(await telemetry.reader.pointsOf(DURATION))).toBe(1);
});

it('measures a stream: time to the first chunk and between chunks, in seconds', async () => {
  const telemetry = startTelemetry();
  const clock = stopClock();
  try {
    const operation = startChat(telemetry, { ...CHAT, streaming: true });
    for (const millis of [250, 100, 30]) {
      clock.advance(millis);
      operation.chunk();
    }
    clock.advance(620);
    operation.end();
  } finally {
    clock.restore();
  }
  const { attributes } = telemetry.span();
  expect(attributes['gen_ai.request.stream']).toBe(true);
  expect(attributes['gen_ai.response.time_to_first_chunk']).toBeCloseTo(0.25, 6);
  const points = await telemetry.reader.points();
  const gaps = points.get('gen_ai.client.inference.time_per_output_chunk')?.[0]?.value;
  expect(gaps).toMatchObject({ count: 2, min: expect.closeTo(0.03, 6), max: expect.closeTo(0.1, 6) });
  const first = points.get('gen_ai.client.inference.time_to_first_chunk')?.[0]?.value;
  expect(first).toMatchObject({ count: 1, sum: expect.closeTo(0.25, 6) });
  expect(points.get(DURATION)?.[0]?.value).toMatchObject({ count: 1, sum: expect.closeTo(1, 6) });
});

it('has no time to the first chunk for a stream without a chunk, on span, event or metric', async () => {
  const telemetry = startTelemetry();
  startChat(telemetry, { ...CHAT, streaming: true }).end();
  const name = 'gen_ai.response.time_to_first_chunk';
  expect(telemetry.span().attributes).not.toHaveProperty([name]);
  expect(telemetry.logs()[0]?.attributes).not.toHaveProperty([name]);
  expect(await telemetry.reader.pointsOf('gen_ai.client.inference.time_to_first_chunk')).toEqual([]);
});

it('ends an abandoned operation at its last chunk, with what was seen', async () => {
  const telemetry = startTelemetry();
  const clock = stopClock();
  try {
    const operation = startChat(telemetry, { ...CHAT, streaming: true });
    operation.source = { partial: () => ({ result: secretResult(), endedAt: 1 }) };
    clock.advance(500);
    operation.chunk();
    clock.advance(60_000);
    operation.abandon();
    expect(operation.source).toBeUndefined();
  } finally {
    clock.restore();
  }
  expect(telemetry.span().attributes).toMatchObject({
    'genspan.response.outcome': 'broken_off',
    'gen_ai.response.id': 'resp-1',
  });
  expect(telemetry.span().status.code).toBe(SpanStatusCode.UNSET);
  expect(hrTimeToMilliseconds(telemetry.span().duration)).toBeLessThan(5000);
  expect((await telemetry.reader.pointsOf(DURATION))[0]?.value).toMatchObject({ sum: expect.closeTo(0.5, 6) });
});

it('calls an abandoned operation unread when nothing of it was seen', () => {
  const telemetry = startTelemetry();
  startChat(telemetry).abandon();
  expect(telemetry.span().attributes['genspan.response.outcome']).toBe('unread');
});

it('takes the outcome and the end that a partial response tells', () => {
  const telemetry = startTelemetry();
  const operation = startChat(telemetry);
  const endedAt = performance.now() + 5;
  operation.source = { partial: () => ({ outcome: 'raw', endedAt }) };
  operation.abandon();
  expect(telemetry.span().attributes['genspan.response.outcome']).toBe('raw');
  expect(hrTimeToMilliseconds(telemetry.span().duration)).toBeLessThan(1000);
});

it('ends although reading the partial response throws', () => {
  const telemetry = startTelemetry();
  const operation = startChat(telemetry);
  operation.source = {
    partial: () => {
      throw new Error('broken');
    },
  };
  expect(() => operation.abandon()).not.toThrow();
  expect(telemetry.span().attributes['genspan.response.outcome']).toBe('unread');
  expect([...telemetry.recorder.failures.counts]).toEqual([['reading a partial response', 1]]);
});

it('records an operation that is no inference without events and stream measures', async () => {
  const telemetry = startTelemetry({ captureMessageContent: 'span_and_event' });
  const operation = startChat(telemetry, secretRequest(EMBEDDINGS));
  operation.chunk();
  operation.end({ result: { usage: { input: 4 } } });
  expect(telemetry.span().name).toBe('embeddings embed-1');
  expect(telemetry.span().attributes).toMatchObject({ 'gen_ai.usage.input_tokens': 4 });
  expect(telemetry.logs()).toEqual([]);
  expect([...(await telemetry.reader.points()).keys()]).toEqual(['gen_ai.client.operation.duration']);
});
