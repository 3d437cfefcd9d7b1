import { ROOT_CONTEXT } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import type { ReadableSpanLike, SpanLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { SamplingSpanProcessor } from '../src/index.js';
import type { SamplingSpanProcessorOptions } from '../src/index.js';
import { SampledProvider } from './sampled-provider.js';

/** Attributes that cannot be read. */
const broken = new Proxy<Record<string, string>>(
  {},
  {
    get: () => {
      throw new Error('broken');
    },
    ownKeys: () => {
      throw new Error('broken');
    },
  },
);

function stageInto(exported: ReadableSpanLike[], options: Omit<SamplingSpanProcessorOptions, 'delegate'>) {
  return new SamplingSpanProcessor({
    ...options,
    delegate: {
      onStart: () => undefined,
      onEnd: (span) => void exported.push(span),
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
  });
}

test('keeps a trace with a span that cannot be read, whole', () => {
  const exported: ReadableSpanLike[] = [];
  const stage = stageInto(exported, { rate: 0 });
  const root = buildSpan({ name: 'root', spanId: '1111111111111111' });
  const children = ['a', 'b'].map((name) => buildSpan({ name, parentSpanId: '1111111111111111' }));
  const unreadable = { ...buildSpan({ name: 'unreadable', parentSpanId: '1111111111111111' }), attributes: broken };
  const spans = [...children, unreadable, root];
  for (const span of [root, ...children, unreadable]) stage.onStart(span as unknown as SpanLike, ROOT_CONTEXT);
  for (const span of spans) stage.onEnd(span);
  expect(exported.map((span) => span.name)).toEqual(['a', 'b', 'unreadable', 'root']);
  expect(exported.at(-1)?.attributes['genspan.sampling.reason']).toBe('failure');
  expect(stage.stats()).toMatchObject({
    byReason: { failure: { kept: 1 } },
    failures: { observe: 1 },
    spans: { kept: 4, buffered: 0 },
  });
});

test('hands on a span that does not even tell its context, and counts it', () => {
  const exported: ReadableSpanLike[] = [];
  const stage = stageInto(exported, { rate: 0 });
  const span = {
    ...buildSpan(),
    spanContext: () => {
      throw new Error('broken');
    },
  };
  stage.onStart(span as unknown as SpanLike, ROOT_CONTEXT);
  stage.onEnd(span);
  expect(exported).toEqual([span]);
  expect(stage.stats().spans).toMatchObject({ failedOpen: 1, open: 0 });
});

test('takes a cost that throws, or is none, for not known', () => {
  const app = new SampledProvider({
    rate: 0,
    rules: [{ name: 'dear', minCostUsd: 0 }],
    costOf: ({ price }) => {
      if (price === 'throws') throw new Error('no such price');
      return Number(price);
    },
  });
  for (const price of ['throws', 'NaN', '-1', '2']) {
    app.run(price, { attributes: { 'gen_ai.operation.name': 'chat', price } });
  }
  expect(app.names()).toEqual(['2']);
  expect(Object.values(app.sampling.stats().failures).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
});

test('keeps what the delegate throws out of the application, and goes on', () => {
  const stage = new SamplingSpanProcessor({
    delegate: {
      onStart: () => undefined,
      onEnd: () => {
        throw new Error('broken');
      },
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    },
  });
  const tracer = new TracerProvider({ spanProcessors: [stage] }).getTracer('test');
  tracer.startSpan('a').end();
  tracer.startSpan('b').end();
  expect(stage.stats()).toMatchObject({ failures: { 'delegate.onEnd': 2 }, traces: { kept: 2, waiting: 0 } });
});
