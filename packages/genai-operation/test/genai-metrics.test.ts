import { AggregationTemporality, createDenyListAttributesProcessor, MeterProvider } from '@opentelemetry/sdk-metrics';
import { GenAIMetrics } from '../src/genai-metrics.js';
import type { SeriesLabels } from '../src/metric-series.js';
import { CHAT, secretResult } from './conversation.js';
import { ManualReader, startTelemetry, total } from './telemetry.js';

const LABELS: SeriesLabels = { kind: 'inference', operationName: 'chat', providerName: 'openai', requestModel: 'm' };
const INPUT = 'gen_ai.client.inference.usage.input_tokens';
const DURATION = 'gen_ai.client.inference.duration';
const TIME_PER_CHUNK = 'gen_ai.client.inference.time_per_output_chunk';
const { CUMULATIVE, DELTA } = AggregationTemporality;

function start(temporalities = [CUMULATIVE], views: ConstructorParameters<typeof MeterProvider>[0] = {}) {
  const readers = temporalities.map((temporality) => new ManualReader(temporality));
  const meter = new MeterProvider({ ...views, readers }).getMeter('test');
  return { readers, reader: readers[0] as ManualReader, meter, metrics: GenAIMetrics.of(meter) };
}

it('adds tokens up over collections, as totals and as differences, for each of two readers', async () => {
  const { readers, metrics } = start([CUMULATIVE, DELTA]);
  const [cumulative, delta] = readers as [ManualReader, ManualReader];
  for (let round = 1; round <= 3; round++) {
    for (let i = 0; i < 10; i++) metrics.record(LABELS, { durationSeconds: 1, usage: { input: 7 } });
    expect(total(await cumulative.pointsOf(INPUT))).toBe(70 * round);
    expect(total(await delta.pointsOf(INPUT))).toBe(70);
  }
  expect(total(await cumulative.pointsOf(INPUT))).toBe(210);
  expect(total(await delta.pointsOf(INPUT))).toBe(0);
  const points = await cumulative.points();
  expect(total(points.get(DURATION) ?? [])).toBe(30);
});

it('adds up for a view that drops an attribute', async () => {
  const attributesProcessors = [createDenyListAttributesProcessor(['gen_ai.request.model'])];
  const { reader, metrics } = start([CUMULATIVE], { views: [{ instrumentName: 'gen_ai.*', attributesProcessors }] });
  for (const requestModel of ['a', 'b', 'c', 'a']) {
    metrics.record({ ...LABELS, requestModel }, { durationSeconds: 1, usage: { input: 10 } });
  }
  const points = await reader.pointsOf(INPUT);
  expect(points).toHaveLength(1);
  expect(total(points)).toBe(40);
});

it.each([
  ['totals', CUMULATIVE],
  ['differences', DELTA],
])('stays exact, as %s, when there are more label sets than the SDK keeps apart', async (_, temporality) => {
  const { reader, metrics } = start([temporality]);
  for (let round = 1; round <= 2; round++) {
    for (let i = 0; i < 2100; i++) {
      metrics.record({ ...LABELS, requestModel: `m${i}` }, { durationSeconds: 1, usage: { input: 10 } });
    }
    const points = await reader.pointsOf(INPUT);
    expect(points).toHaveLength(2000);
    expect(total(points)).toBe(temporality === CUMULATIVE ? 21_000 * round : 21_000);
    expect(points.filter(({ attributes }) => attributes['otel.metric.overflow'] === true)).toHaveLength(1);
  }
});

it('never starts a point after its end', async () => {
  const { reader, metrics } = start([DELTA]);
  for (let i = 0; i < 300; i++) metrics.record({ ...LABELS, requestModel: `m${i}` }, { durationSeconds: 1 });
  for (const { startTime, endTime } of [...(await reader.points()).values()].flat()) {
    expect(startTime[0] * 1e9 + startTime[1]).toBeLessThanOrEqual(endTime[0] * 1e9 + endTime[1]);
  }
});

it('counts by modality, and what was not split as unknown', async () => {
  const { reader, metrics } = start();
  const usage = { input: 100, inputByModality: { text: 60, audio: 10 }, output: 5, cacheRead: 8, reasoning: 2 };
  metrics.record(LABELS, { durationSeconds: 1, usage });
  metrics.record(LABELS, { durationSeconds: 1, usage });
  const points = await reader.points();
  const counts = (name: string) =>
    (points.get(name) ?? []).map(({ attributes, value }) => [attributes['gen_ai.token.modality'], value]);
  expect(counts(INPUT).sort()).toEqual([
    ['audio', 20],
    ['text', 120],
    ['unknown', 60],
  ]);
  expect(counts('gen_ai.client.inference.usage.output_tokens')).toEqual([['unknown', 10]]);
  expect(counts('gen_ai.client.inference.usage.cache_read.input_tokens')).toEqual([['unknown', 16]]);
  expect(counts('gen_ai.client.inference.usage.reasoning.output_tokens')).toEqual([['unknown', 4]]);
  expect(counts('gen_ai.client.inference.usage.cache_write.input_tokens')).toEqual([]);
});

it.each([
  ['nothing', undefined],
  ['what is no count', { input: -5, output: NaN, cacheRead: -1, inputByModality: { text: NaN } }],
])('counts zero tokens of unknown modality when the provider reported %s', async (_, usage) => {
  const { reader, metrics } = start();
  metrics.record(LABELS, { durationSeconds: 1, usage });
  const points = await reader.points();
  for (const name of [INPUT, 'gen_ai.client.inference.usage.output_tokens']) {
    const attributes = { 'gen_ai.token.modality': 'unknown' };
    expect(points.get(name)).toEqual([
      expect.objectContaining({ value: 0, attributes: expect.objectContaining(attributes) }),
    ]);
  }
  expect(points.has('gen_ai.client.inference.operation.input_tokens')).toBe(false);
  expect(points.has('gen_ai.client.inference.usage.cache_read.input_tokens')).toBe(false);
});

it('records other operations under the duration of operations, and nothing else', async () => {
  const { reader, metrics } = start();
  const labels: SeriesLabels = { ...LABELS, kind: 'other', operationName: 'embeddings', legacyNames: true };
  metrics.record(labels, { durationSeconds: 1, usage: { input: 5 }, timeToFirstChunkSeconds: 1 });
  expect([...(await reader.points()).keys()]).toEqual(['gen_ai.client.operation.duration']);
});

it('records the names of 1.41 beside the current ones only where they are asked for', async () => {
  const { reader, metrics } = start();
  const measured = {
    durationSeconds: 1,
    usage: { input: 5, output: 3 },
    timeToFirstChunkSeconds: 0.5,
    timesPerOutputChunkSeconds: [0.1, 0.1],
  };
  const errorType = 'timeout';
  metrics.record({ ...LABELS, errorType }, measured);
  expect((await reader.points()).has('gen_ai.client.token.usage')).toBe(false);
  metrics.record({ ...LABELS, errorType, legacyNames: true }, measured);
  const points = await reader.points();
  expect(total(points.get('gen_ai.client.operation.duration') ?? [])).toBe(1);
  expect(total(points.get('gen_ai.client.operation.time_to_first_chunk') ?? [])).toBe(1);
  expect(total(points.get('gen_ai.client.operation.time_per_output_chunk') ?? [])).toBe(2);
  const usage = points.get('gen_ai.client.token.usage') ?? [];
  expect(usage.map(({ attributes }) => attributes['gen_ai.token.type'])).toEqual(['input', 'output']);
  for (const { attributes } of usage) expect(attributes).not.toHaveProperty(['error.type']);
  expect(total(points.get(DURATION) ?? [])).toBe(2);
});

it('keeps the points of failures and successes apart, and their tokens together', async () => {
  const { reader, metrics } = start();
  const usage = { input: 4 };
  metrics.record(LABELS, { durationSeconds: 1, usage, timesPerOutputChunkSeconds: [0.1] });
  metrics.record({ ...LABELS, errorType: 'timeout' }, { durationSeconds: 1, usage, timesPerOutputChunkSeconds: [0.1] });
  const points = await reader.points();
  const errorTypes = (points.get(DURATION) ?? []).map(({ attributes }) => attributes['error.type']);
  expect(errorTypes).toEqual([undefined, 'timeout']);
  expect(points.get(INPUT)).toHaveLength(1);
  expect(total(points.get(INPUT) ?? [])).toBe(8);
  expect(points.get(TIME_PER_CHUNK)).toHaveLength(1);
});

it('is one per meter', () => {
  const { meter, metrics } = start();
  expect(GenAIMetrics.of(meter)).toBe(metrics);
  expect(GenAIMetrics.of(start().meter)).not.toBe(metrics);
});

it('adds up what several recorders measure on one meter', async () => {
  const { reader, meterProvider, recorder } = startTelemetry();
  const second = startTelemetry({ meter: meterProvider.getMeter('test') }).recorder;
  for (let round = 1; round <= 2; round++) {
    for (const each of [recorder, second]) each.start(CHAT)?.end({ result: secretResult() });
    expect(total(await reader.pointsOf('gen_ai.client.inference.usage.input_tokens'))).toBe(24 * round);
  }
});
