import type { Span } from '@opentelemetry/api';
import { buildSpan } from '@genspan/test-utils';
import type { ReadableSpanLike, SpanLike } from '@genspan/span-processor-base';
import fc from 'fast-check';
import { SamplingSpanProcessor } from '../src/index.js';
import type { SamplingRule, SamplingSpanProcessorOptions } from '../src/index.js';
import { readOtSampling } from '../src/ot-trace-state.js';
import { rateOf } from '../src/threshold.js';
import { SampledProvider, traceIdAt } from './sampled-provider.js';
import type { ChildOptions } from './sampled-provider.js';

const RULES: SamplingRule[] = [
  { name: 'chat-errors', rate: 0.5, matchError: true, operations: ['chat'] },
  { name: 'big', rate: 0.9, minTotalTokens: 500 },
  { name: 'filtered', finishReasons: ['content_filter'] },
  { name: 'health', rate: 0, matchNames: ['health*'] },
  { name: 'many', rate: 0.3, minSpans: 4, not: { models: ['gpt-*'] } },
];

const child: fc.Arbitrary<ChildOptions> = fc.record({
  name: fc.constantFrom('chat', 'health-check', 'tool'),
  failed: fc.boolean(),
  attributes: fc.record(
    {
      'gen_ai.operation.name': fc.constantFrom('chat', 'execute_tool', 'embeddings'),
      'gen_ai.request.model': fc.constantFrom('gpt-5', 'o4', 'claude'),
      'gen_ai.usage.input_tokens': fc.integer({ min: 0, max: 400 }),
      'gen_ai.response.finish_reasons': fc.constantFrom(['stop'], ['content_filter'], ['length']),
    },
    { requiredKeys: [] },
  ),
});

const options = fc.record({
  rate: fc.double({ min: 0, max: 1, noNaN: true }),
  keepErrors: fc.boolean(),
  rules: fc.subarray(RULES),
});

/** Names of what is exported of one trace. */
function exportedOf(
  given: Omit<SamplingSpanProcessorOptions, 'delegate'>,
  share: number,
  children: readonly ChildOptions[],
): string[] {
  const app = new SampledProvider(given);
  app.run('root', { traceId: traceIdAt(share), children });
  return app.names();
}

const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a decision does not depend on the order in which spans end, and is for all spans or none', () => {
  const shuffled = fc
    .array(child, { minLength: 1, maxLength: 6 })
    .chain((children) =>
      fc.tuple(fc.constant(children), fc.shuffledSubarray(children, { minLength: children.length })),
    );
  fc.assert(
    fc.property(options, share, shuffled, (given, at, [children, reordered]) => {
      const exported = exportedOf(given, at, children);
      expect([0, children.length + 1]).toContain(exported.length);
      expect(exportedOf(given, at, reordered)).toHaveLength(exported.length);
    }),
    { numRuns: 300 },
  );
});

test('what a rate keeps, every higher rate keeps', () => {
  fc.assert(
    fc.property(options, share, share, fc.array(child, { maxLength: 4 }), (given, at, higher, children) => {
      const raised = { ...given, rate: Math.max(given.rate, higher) };
      const before = exportedOf(given, at, children).length;
      expect(exportedOf(raised, at, children).length).toBeGreaterThanOrEqual(before);
    }),
    { numRuns: 300 },
  );
});

describe('adjusted counts', () => {
  const truth = 200_000;
  const kinds = ['vip', 'usual', 'bulk'];
  const rules: SamplingRule[] = [
    { name: 'vip', rate: 1, matchNames: ['vip'] },
    { name: 'usual', rate: 0.2, matchNames: ['usual'] },
  ];

  /** Estimates of the number of traces: behind the stage, and behind one more stage at 5 %. */
  function estimate(seed: number): { first: number; second: number } {
    const estimates = { first: 0, second: 0 };
    const counting = (key: 'first' | 'second', next?: SamplingSpanProcessor) => ({
      onStart: () => undefined,
      onEnd: (span: ReadableSpanLike) => {
        estimates[key] += 1 / rateOf(readOtSampling(span.spanContext().traceState).threshold ?? 'g');
        if (next !== undefined) pass(next, span);
      },
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    });
    const second = new SamplingSpanProcessor({ rate: 0.05, keepErrors: false, delegate: counting('second') });
    const first = new SamplingSpanProcessor({ rate: 0.01, rules, delegate: counting('first', second) });
    const random = mulberry32(seed);
    const template = buildSpan({});
    for (let i = 0; i < truth; i++) {
      const context = { traceId: traceIdOf(i, random), spanId: 'b7ad6b7169203331', traceFlags: 1 };
      const name = kinds[Math.floor((i % 5) / 2)] ?? 'bulk';
      pass(first, { ...template, name, spanContext: () => context });
    }
    return estimates;
  }

  test('are within 2 % of the truth with rates 1, 0.2 and 0.01, also behind a second stage at 5 %', () => {
    // One run of these rates is off by 1 % as a rule; the mean of four shows what is off for good.
    const runs = [1, 2, 3, 4].map(estimate);
    const mean = (key: 'first' | 'second') => runs.reduce((sum, run) => sum + run[key], 0) / runs.length / truth;
    expect(mean('first')).toBeGreaterThan(0.98);
    expect(mean('first')).toBeLessThan(1.02);
    expect(mean('second')).toBeGreaterThan(0.98);
    expect(mean('second')).toBeLessThan(1.02);
  });
});

describe('whatever happens', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const step = fc.oneof(
    fc.record({ do: fc.constant('root' as const), trace: fc.integer({ min: 1, max: 5 }), at: share }),
    fc.record({ do: fc.constant('child' as const), of: fc.nat(50) }),
    fc.record({ do: fc.constant('end' as const), which: fc.nat(50), failed: fc.boolean(), size: fc.nat(4000) }),
    fc.record({ do: fc.constant('advance' as const), millis: fc.constantFrom(1, 400, 1000) }),
    fc.record({ do: fc.constant('flush' as const) }),
  );
  const anyBounds = fc.record({
    decisionWaitMillis: fc.constantFrom(300, 1500),
    maxTraces: fc.constantFrom(1, 3),
    maxSpansPerTrace: fc.constantFrom(1, 4),
    maxBufferedBytes: fc.constantFrom(1, 20_000),
  });
  const limits = fc.record(
    {
      maxTracesPerSecond: fc.constantFrom(1, 0.5, 3),
      adaptive: fc.constant({ targetTracesPerSecond: 2 }),
      recordUnsampled: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  test('every span is exported or counted as dropped, once, and no bound is passed', () => {
    fc.assert(
      fc.property(options, limits, anyBounds, fc.array(step, { maxLength: 60 }), (given, limit, bounds, steps) => {
        jest.clearAllTimers();
        const app = new SampledProvider({ ...bounds, ...given, ...limit });
        const started: Span[] = [];
        const open = new Set<Span>();
        for (const one of steps) {
          if (one.do === 'root') {
            const span = app.start(`${started.length}`, { traceId: traceIdAt(0.2 * one.trace - 0.1, one.trace) });
            started.push(span);
            open.add(span);
          } else if (one.do === 'child') {
            const parent = started[one.of % Math.max(1, started.length)];
            if (parent === undefined) continue;
            const span = app.start(`${started.length}`, { parent });
            started.push(span);
            open.add(span);
          } else if (one.do === 'end') {
            const span = [...open][one.which % Math.max(1, open.size)];
            if (span === undefined) continue;
            if (one.failed) span.setStatus({ code: 2 });
            span.setAttribute('content', 'x'.repeat(one.size));
            span.end();
            open.delete(span);
          } else if (one.do === 'advance') {
            jest.advanceTimersByTime(one.millis);
          } else {
            void app.sampling.forceFlush();
          }
          const { spans, traces, failures, remembered } = app.sampling.stats();
          expect(failures).toEqual({});
          expect(spans.open).toBe(open.size);
          expect(spans.started).toBe(spans.open + spans.buffered + spans.kept + spans.dropped);
          expect(spans.buffered).toBeLessThanOrEqual(bounds.maxTraces * bounds.maxSpansPerTrace);
          expect(spans.bufferedBytes).toBeLessThanOrEqual(bounds.maxBufferedBytes);
          expect(remembered).toBeLessThanOrEqual(bounds.maxTraces);
          expect(traces.started).toBe(traces.kept + traces.dropped + traces.waiting);
          expect(spans.kept).toBe(app.names().length);
        }
        void app.sampling.shutdown();
        const { spans, traces } = app.sampling.stats();
        expect(traces.waiting).toBe(0);
        expect(spans).toMatchObject({
          buffered: 0,
          bufferedBytes: 0,
          started: spans.open + spans.kept + spans.dropped,
        });
        expect(new Set(app.names()).size).toBe(app.names().length);
        expect(jest.getTimerCount()).toBe(0);
      }),
      { numRuns: 400 },
    );
  });
});

/** A span that starts and ends; what a stage reads of it at its start is there at its end, too. */
function pass(stage: SamplingSpanProcessor, span: ReadableSpanLike): void {
  stage.onStart(span as SpanLike, undefined as never);
  stage.onEnd(span);
}

/** A trace id with 56 random bits. */
function traceIdOf(number: number, random: () => number): string {
  const half = (): string => (2 ** 28 + Math.floor(random() * 2 ** 28)).toString(16).slice(1);
  return (2 ** 40 + number).toString(16).padStart(18, '0') + half() + half();
}

/** A small generator of random numbers from 0 to 1 with a seed. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
