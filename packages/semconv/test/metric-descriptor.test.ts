import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { HistogramMetricData } from '@opentelemetry/sdk-metrics';
import { GEN_AI_DURATION_BUCKETS_SECONDS, GEN_AI_TOKEN_BUCKETS, METRICS } from '../src/index';
import type { MetricDescriptor } from '../src/index';

const descriptors: readonly MetricDescriptor[] = Object.values(METRICS);

it('creates every instrument with its unit and its buckets', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
  const meter = provider.getMeter('test');
  for (const { name, instrument, unit, description, buckets } of descriptors) {
    if (instrument === 'counter') meter.createCounter(name, { unit, description }).add(1);
    else {
      const advice = { explicitBucketBoundaries: [...(buckets ?? [])] };
      meter.createHistogram(name, { unit, description, advice }).record(1);
    }
  }
  await provider.forceFlush();
  await provider.shutdown();

  const exported = exporter.getMetrics()[0]?.scopeMetrics[0]?.metrics ?? [];
  expect(exported.map(({ descriptor }) => [descriptor.name, descriptor.unit])).toEqual(
    descriptors.map(({ name, unit }) => [name, unit]),
  );
  for (const metric of exported) {
    const { buckets } = METRICS[metric.descriptor.name as keyof typeof METRICS] as MetricDescriptor;
    if (buckets === undefined) continue;
    const point = (metric as HistogramMetricData).dataPoints[0];
    expect(point?.value.buckets.boundaries).toEqual(buckets);
  }
});

it.each(descriptors.map((descriptor) => [descriptor.name, descriptor] as const))(
  '%s has rising buckets, if it is a histogram',
  (_name, descriptor) => {
    const { instrument, buckets } = descriptor;
    expect(buckets === undefined).toBe(instrument === 'counter');
    expect(buckets).toEqual(buckets && [...new Set(buckets)].sort((a, b) => a - b));
  },
);

it('doubles the duration buckets from 10 ms and quadruples the token buckets from 1', () => {
  expect(GEN_AI_DURATION_BUCKETS_SECONDS).toEqual(Array.from({ length: 14 }, (_, i) => 2 ** i / 100));
  expect(GEN_AI_TOKEN_BUCKETS).toEqual(Array.from({ length: 14 }, (_, i) => 4 ** i));
});

it('does not let a caller change the buckets of all others', () => {
  expect(() => (GEN_AI_TOKEN_BUCKETS as number[]).push(1)).toThrow(TypeError);
});
