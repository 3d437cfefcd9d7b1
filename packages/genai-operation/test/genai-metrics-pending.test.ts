import type { Meter } from '@opentelemetry/api';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { GenAIMetrics } from '../src/genai-metrics.js';
import type { SeriesLabels } from '../src/metric-series.js';
import { ManualReader, total } from './telemetry.js';

const LABELS: SeriesLabels = { kind: 'inference', operationName: 'chat', providerName: 'openai', requestModel: 'm' };

/** Metrics whose histograms only count what they are given, with no reader that would collect. */
function startCounting() {
  const counted = { points: 0 };
  const meter: Meter = Object.create(new MeterProvider().getMeter('test'), {
    createHistogram: { value: () => ({ record: () => counted.points++ }) },
  });
  return { counted, metrics: GenAIMetrics.of(meter) };
}

it('hands points over when too many wait, though nobody collects', () => {
  const { counted, metrics } = startCounting();
  const timesPerOutputChunkSeconds = new Array<number>(1000).fill(0.01);
  metrics.record(LABELS, { durationSeconds: 1, timesPerOutputChunkSeconds });
  expect(counted.points).toBe(2);
  metrics.record(LABELS, { durationSeconds: 1, timesPerOutputChunkSeconds });
  expect(counted.points).toBe(2);
  metrics.record(LABELS, { durationSeconds: 1, timesPerOutputChunkSeconds });
  expect(counted.points).toBe(3003);
});

it('hands points over when too many label sets wait, though nobody collects', () => {
  const { counted, metrics } = startCounting();
  const recordTwice = (i: number) => {
    for (let n = 0; n < 2; n++) metrics.record({ ...LABELS, requestModel: `m${i}` }, { durationSeconds: 1 });
  };
  for (let i = 1; i < 2000; i++) recordTwice(i);
  expect(counted.points).toBe(1999);
  metrics.record({ ...LABELS, requestModel: 'm2000' }, { durationSeconds: 1 });
  expect(counted.points).toBe(1999 * 2 + 1);
});

it('loses what one broken instrument was given, but neither piles up nor counts twice', async () => {
  const reader = new ManualReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  let broken = true;
  const breaking: Meter = Object.create(meter, {
    createHistogram: {
      value: (...args: Parameters<Meter['createHistogram']>) => {
        const histogram = meter.createHistogram(...args);
        const record: typeof histogram.record = (...point) => {
          if (broken) throw new Error('broken');
          histogram.record(...point);
        };
        return { record };
      },
    },
  });
  const metrics = GenAIMetrics.of(breaking);
  expect(() => metrics.record(LABELS, { durationSeconds: 1 })).toThrow('broken');
  metrics.record(LABELS, { durationSeconds: 1 });
  expect(() => metrics.drain()).toThrow('broken');
  broken = false;
  metrics.drain();
  metrics.record(LABELS, { durationSeconds: 1 });
  expect(total(await reader.pointsOf('gen_ai.client.inference.duration'))).toBe(1);
});
