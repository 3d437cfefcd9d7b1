import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { SampledProvider, traceIdAt } from './sampled-provider.js';

function metered() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  });
  const app = new SampledProvider({ rate: 0.25, rules: [{ name: 'chats', matchNames: ['chat'] }], meterProvider });
  /** Values of all points, by metric name and attribute values. */
  const collect = async (): Promise<Record<string, number>> => {
    exporter.reset();
    await meterProvider.forceFlush();
    const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    return Object.fromEntries(
      metrics.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => [
          [descriptor.name.replace('genspan.sampling.', ''), ...Object.values(attributes)].join(' '),
          value as number,
        ]),
      ),
    );
  };
  return { app, collect, stop: () => meterProvider.shutdown() };
}

test('reports what stats() tells, each time a reader collects', async () => {
  const { app, collect, stop } = metered();
  app.run('other', { traceId: traceIdAt(0.1) });
  app.run('chat', { traceId: traceIdAt(0.1, 2), children: [{}] });
  const open = app.start('open', { traceId: traceIdAt(0.1, 3) });
  app.start('child', { parent: open }).end();
  expect(await collect()).toEqual({
    'traces rate dropped': 1,
    'traces rule chats kept': 1,
    'spans kept': 2,
    'spans dropped': 1,
    'waiting.traces': 1,
    'buffered.spans': 1,
    'buffered.size': expect.any(Number) as number,
  });
  open.setStatus({ code: 2 });
  open.end();
  app.start('late', { parent: open }).end();
  await app.sampling.shutdown();
  expect(await collect()).toEqual({
    'traces rate dropped': 1,
    'traces rule chats kept': 1,
    'traces error kept': 1,
    'spans kept': 5,
    'spans dropped': 1,
    'late_spans kept': 1,
    'waiting.traces': 0,
    'buffered.spans': 0,
    'buffered.size': 0,
  });
  await stop();
});
