import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { OptionError } from '@genspan/span-processor-base';
import { EnrichmentSpanProcessor } from '../src/index.js';
import type { EnrichmentSpanProcessorOptions } from '../src/index.js';

const CALL = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.response.model': 'gpt-4o-2024-08-06',
  'gen_ai.usage.input_tokens': 1000,
  'gen_ai.usage.output_tokens': 100,
};

type Mode = 'a delegate' | 'none, in place';
const MODES: readonly Mode[] = ['a delegate', 'none, in place'];

/** A provider with the stage and a sibling behind it, and what each of them gets to see. */
function setUp(mode: Mode, options: EnrichmentSpanProcessorOptions = {}) {
  const exporter = new InMemorySpanExporter();
  const sibling = new InMemorySpanExporter();
  const next = new SimpleSpanProcessor({ exporter });
  const isDelegate = mode === 'a delegate';
  const stage = new EnrichmentSpanProcessor(isDelegate ? { delegate: next, ...options } : options);
  const siblings = new SimpleSpanProcessor({ exporter: sibling });
  const provider = new TracerProvider({ spanProcessors: isDelegate ? [stage, siblings] : [stage, next, siblings] });
  const attributesOf = (name: string, from = exporter): Attributes =>
    from.getFinishedSpans().find((span) => span.name === name)?.attributes ?? {};
  return { stage, provider, tracer: provider.getTracer('t'), attributesOf, sibling };
}

describe.each(MODES)('with %s', (mode) => {
  test('gives each local root of one trace the sums of what is below it, and late spans to none', () => {
    const { tracer, attributesOf, stage } = setUp(mode);
    const spanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true };
    const remote = trace.setSpanContext(ROOT_CONTEXT, spanContext);
    const [one, two] = ['one', 'two'].map((name) => tracer.startSpan(name, {}, remote));
    if (one === undefined || two === undefined) throw new Error('Expected two spans');
    const call = (parent = one) =>
      tracer.startSpan('call', { attributes: CALL, kind: SpanKind.CLIENT }, trace.setSpan(remote, parent));
    const late = call();
    call().end();
    call(two).end();
    one.end();
    late.end();
    call(two).end();
    two.end();
    expect(attributesOf('one')).toMatchObject({
      'genspan.trace.model_call_count': 1,
      'genspan.trace.cost_usd': 0.0035,
    });
    expect(attributesOf('two')).toMatchObject({
      'genspan.trace.model_call_count': 2,
      'genspan.trace.cost_usd': 0.007,
    });
    expect(stage.stats().steps).toMatchObject({ cost: { priced: 4 }, traceTotals: { written: 2, evicted: 0 } });
  });

  test('takes a span once that is ended twice', () => {
    const { tracer, stage } = setUp(mode);
    const span = tracer.startSpan('call', { attributes: CALL, kind: SpanKind.CLIENT });
    span.end();
    span.end();
    expect(stage.stats()).toMatchObject({ spans: 1, changed: 1, steps: { cost: { priced: 1 } } });
  });

  test('writes attributes under keys that every object inherits', () => {
    const { tracer, attributesOf } = setUp(mode, {
      attributes: {
        constructor: 'fixed',
        valueOf: () => 'start',
        toString: { value: () => 'end', at: 'end' as const },
      },
    });
    tracer.startSpan('s').end();
    expect({ ...attributesOf('s') }).toEqual({ constructor: 'fixed', valueOf: 'start', toString: 'end' });
  });
});

test('changes nothing that another such stage has changed', () => {
  const inner = setUp('a delegate');
  const { tracer, stage, attributesOf } = setUp('a delegate');
  const chain = new EnrichmentSpanProcessor({ delegate: inner.stage });
  new TracerProvider({ spanProcessors: [chain] })
    .getTracer('t')
    .startSpan('call', { attributes: CALL, kind: SpanKind.CLIENT })
    .end();
  tracer.startSpan('call', { attributes: CALL, kind: SpanKind.CLIENT }).end();
  expect(stage.stats().changed).toBe(1);
  expect(inner.attributesOf('call')).toEqual(attributesOf('call'));
  expect(inner.stage.stats().steps).toMatchObject({ cost: { priced: 0, alreadyPriced: 1 } });
});

test('leaves the span as it was for siblings of a stage with a delegate, and changes it for all in place', () => {
  for (const mode of MODES) {
    const { tracer, attributesOf, sibling } = setUp(mode, { attributes: { team: 'ai', asked: () => 'yes' } });
    tracer.startSpan('call', { attributes: CALL, kind: SpanKind.CLIENT }).end();
    expect(attributesOf('call')).toMatchObject({ team: 'ai', asked: 'yes', 'genspan.usage.cost_usd': 0.0035 });
    expect(attributesOf('call', sibling)).toEqual(
      mode === 'a delegate' ? { ...CALL, asked: 'yes' } : attributesOf('call'),
    );
  }
});

test('goes on behind a delegate that throws, and counts it', () => {
  const fail = (): never => {
    throw new Error('secret');
  };
  const delegate = {
    onStart: fail,
    onEnd: fail,
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const { tracer, stage } = setUp('a delegate', { delegate });
  expect(() => tracer.startSpan('call', { attributes: CALL }).end()).not.toThrow();
  expect(stage.stats()).toMatchObject({
    spans: 1,
    failures: { 'delegate.onStart': 1, 'delegate.onEnd': 1 },
  });
});

test('reports as metrics what stats() tells', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  });
  const failing = (): never => {
    throw new Error('secret');
  };
  const { tracer, stage } = setUp('a delegate', {
    meterProvider,
    attributes: { failing },
    payload: { maxValueBytes: 256 },
  });
  for (let call = 0; call < 3; call++) {
    tracer.startSpan('call', { attributes: { ...CALL, long: 'x'.repeat(1_000) }, kind: SpanKind.CLIENT }).end();
    await meterProvider.forceFlush();
  }
  const metrics =
    exporter
      .getMetrics()
      .at(-1)
      ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
  const found = metrics.flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }) => [
      [descriptor.name, ...Object.values(attributes)].join(' ').replace('genspan.enrichment.', ''),
      value,
    ]),
  );
  const { spans, steps, failures } = stage.stats();
  const told = Object.entries(steps).flatMap(([step, counts]) =>
    Object.entries(counts).map(([outcome, count]) => [`outcomes ${step} ${outcome}`, count]),
  );
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries([
      ['spans', spans],
      ...told.filter(([, count]) => count !== 0),
      ...Object.entries(failures).map(([step, count]) => [`failures ${step}`, count]),
    ]),
  );
  expect(failures).toEqual({ attributes: 3 });
  await meterProvider.shutdown();
});

test.each<[Record<string, unknown>, string]>([
  [{ delegate: {} }, 'Expected `delegate` to'],
  [{ attributes: 5 }, 'Expected `attributes` to be an object, got `5`'],
  [{ context: 'yes' }, 'Expected `context` to be true or false, got `"yes"`'],
  [{ baggageKeys: ['userID'] }, 'Expected `baggageKeys[0]` to be one of'],
  [{ cost: { prices: [{ model: 'm' }] } }, 'Expected `cost.prices[0]` to have a price, got'],
  [{ tokens: { estimate: 'guess' } }, 'Expected `tokens.estimate` to be one of `tokenizer`, `length`, got `"guess"`'],
  [{ payload: { maxValueBytes: 1 } }, 'Expected `payload.maxValueBytes` to be an integer of at least 256, got `1`'],
  [{ maxSpanDepth: 0 }, 'Expected `maxSpanDepth` to be an integer of at least 1, got `0`'],
  [{ maxAttributes: 15 }, 'Expected `maxAttributes` to be an integer of at least 16, got `15`'],
  [{ traceTotals: 1 }, 'Expected `traceTotals` to be true or false, got `1`'],
  [{ maxTraces: 0.5 }, 'Expected `maxTraces` to be an integer of at least 1, got `0.5`'],
  [{ meterProvider: {} }, 'Expected `meterProvider` to'],
  [{ costs: true }, 'Expected `options` to have only'],
])('refuses %j by its name', (options, message) => {
  expect(() => new EnrichmentSpanProcessor(options)).toThrow(OptionError);
  expect(() => new EnrichmentSpanProcessor(options)).toThrow(message);
});
