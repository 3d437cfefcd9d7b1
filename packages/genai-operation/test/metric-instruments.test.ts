import { DataPointType, MeterProvider } from '@opentelemetry/sdk-metrics';
import { createInstruments, createLegacyInstruments } from '../src/metric-instruments.js';
import { ManualReader } from './telemetry.js';

const SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

async function exported() {
  const reader = new ManualReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  const { inference, tokens, operationDuration } = createInstruments(meter);
  const { tokenUsage, timeToFirstChunk, timePerOutputChunk } = createLegacyInstruments(meter);
  const legacy = [tokenUsage, timeToFirstChunk, timePerOutputChunk];
  const histograms = [...Object.values(inference), operationDuration, ...legacy];
  for (const histogram of histograms) histogram.record(1);
  for (const counter of Object.values(tokens)) counter.add(1);
  const { resourceMetrics } = await reader.collect();
  return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
}

it('creates the histograms of the conventions with their units and buckets', async () => {
  const histograms = (await exported()).filter(({ dataPointType }) => dataPointType === DataPointType.HISTOGRAM);
  const found = histograms.map(({ descriptor, dataPoints }) => {
    const value = dataPoints[0]?.value;
    return [
      descriptor.name,
      descriptor.unit,
      typeof value === 'object' && 'buckets' in value && value.buckets.boundaries,
    ];
  });
  expect(found.sort()).toEqual([
    ['gen_ai.client.inference.duration', 's', SECONDS],
    ['gen_ai.client.inference.operation.input_tokens', '{token}', TOKENS],
    ['gen_ai.client.inference.operation.output_tokens', '{token}', TOKENS],
    ['gen_ai.client.inference.time_per_output_chunk', 's', SECONDS],
    ['gen_ai.client.inference.time_to_first_chunk', 's', SECONDS],
    ['gen_ai.client.operation.duration', 's', SECONDS],
    ['gen_ai.client.operation.time_per_output_chunk', 's', SECONDS],
    ['gen_ai.client.operation.time_to_first_chunk', 's', SECONDS],
    ['gen_ai.client.token.usage', '{token}', TOKENS],
  ]);
});

it('creates the token counters of the conventions, monotonic', async () => {
  const sums = (await exported()).filter(({ dataPointType }) => dataPointType === DataPointType.SUM);
  expect(sums.map(({ descriptor }) => [descriptor.name, descriptor.unit]).sort()).toEqual([
    ['gen_ai.client.inference.usage.cache_read.input_tokens', '{token}'],
    ['gen_ai.client.inference.usage.cache_write.input_tokens', '{token}'],
    ['gen_ai.client.inference.usage.input_tokens', '{token}'],
    ['gen_ai.client.inference.usage.output_tokens', '{token}'],
    ['gen_ai.client.inference.usage.reasoning.output_tokens', '{token}'],
  ]);
  for (const sum of sums) expect(sum).toMatchObject({ isMonotonic: true });
});
