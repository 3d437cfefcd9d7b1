import { context as contextApi, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { setGenAIContext, withGenAIContext } from '@genspan/genai-context';
import { EnrichmentSpanProcessor } from '../src/index.js';
import type { EnrichmentSpanProcessorOptions } from '../src/index.js';

function tracing(options: EnrichmentSpanProcessorOptions = {}) {
  const exporter = new InMemorySpanExporter();
  const delegate = new SimpleSpanProcessor({ exporter });
  const processor = new EnrichmentSpanProcessor({ delegate, ...options });
  const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('test');
  const attributesOf = (name: string) => exporter.getFinishedSpans().find((span) => span.name === name)?.attributes;
  return { tracer, attributesOf, processor };
}

beforeEach(() => contextApi.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterEach(() => contextApi.disable());

test('reaches every span inside, across await, timers and event emitters, and none outside', async () => {
  const { tracer, attributesOf } = tracing();
  const emitter = new EventEmitter();
  const span = (name: string): void => tracer.startSpan(name).end();
  span('before');
  await withGenAIContext({ sessionId: 's', userId: 'u' }, async () => {
    span('sync');
    await delay(1);
    span('after await');
    await new Promise<void>((resolve) =>
      setTimeout(() => {
        span('in a timer');
        resolve();
      }, 1),
    );
    emitter.once('event', () => span('in a listener'));
    emitter.emit('event');
    tracer.startActiveSpan('parent', (parent) => {
      span('child');
      parent.end();
    });
  });
  span('after');
  for (const name of ['sync', 'after await', 'in a timer', 'in a listener', 'parent', 'child']) {
    expect(attributesOf(name)).toEqual({ 'session.id': 's', 'user.id': 'u' });
  }
  expect(attributesOf('before')).toEqual({});
  expect(attributesOf('after')).toEqual({});
});

test('takes the context that a span is started with, not the active one', () => {
  const { tracer, attributesOf } = tracing();
  withGenAIContext({ userId: 'active' }, () => {
    tracer.startSpan('s', {}, setGenAIContext(ROOT_CONTEXT, { userId: 'given' })).end();
  });
  expect(attributesOf('s')).toEqual({ 'user.id': 'given' });
});

test('leaves what the instrumentation says itself', () => {
  const { tracer, attributesOf } = tracing({ attributes: { 'gen_ai.conversation.id': () => 'asked' } });
  withGenAIContext({ conversationId: 'context' }, () => {
    tracer.startSpan('s', { attributes: { 'gen_ai.conversation.id': 'own' } }).end();
    tracer.startSpan('t').end();
  });
  expect(attributesOf('s')).toEqual({ 'gen_ai.conversation.id': 'own' });
  expect(attributesOf('t')).toEqual({ 'gen_ai.conversation.id': 'context' });
});

test('believes of a request what it is told to, and its own context first', () => {
  const { tracer, attributesOf } = tracing({ baggageKeys: ['sessionId', 'userId'] });
  const entries = {
    'session.id': { value: 'far' },
    'user.id': { value: 'far' },
    'genspan.tenant.id': { value: 'far' },
  };
  const context = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(entries));
  tracer.startSpan('s', {}, setGenAIContext(context, { userId: 'near' })).end();
  expect(attributesOf('s')).toEqual({ 'session.id': 'far', 'user.id': 'near' });
});

test('believes nothing of a request unless told to', () => {
  const { tracer, attributesOf } = tracing();
  const context = propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage({ 'user.id': { value: 'far' } }));
  tracer.startSpan('s', {}, context).end();
  expect(attributesOf('s')).toEqual({});
});

test('can leave the context alone', () => {
  const { tracer, attributesOf } = tracing({ context: false });
  withGenAIContext({ userId: 'u' }, () => tracer.startSpan('s').end());
  expect(attributesOf('s')).toEqual({});
});

test('asks for a value in the context of the start', () => {
  const { tracer, attributesOf } = tracing({
    attributes: { at_start: () => trace.getActiveSpan()?.spanContext().spanId ?? 'none' },
  });
  tracer.startActiveSpan('parent', (parent) => {
    tracer.startSpan('child').end();
    parent.end();
    expect(attributesOf('child')).toEqual({ at_start: parent.spanContext().spanId });
  });
  expect(attributesOf('parent')).toEqual({ at_start: 'none' });
});
