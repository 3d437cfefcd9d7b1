import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BufferedApp } from './buffered-app.js';

function createMeters() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  });
  /** Values of all points by metric, instance and cause. */
  const collect = async (): Promise<Record<string, number>> => {
    exporter.reset();
    await meterProvider.forceFlush();
    const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    return Object.fromEntries(
      metrics.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => {
          expect(attributes['otel.component.type']).toBe('BufferedSpanProcessor');
          const instance = String(attributes['otel.component.name']).replace('BufferedSpanProcessor/', '');
          const name = descriptor.name.replace('otel.sdk.processor.span.', '');
          return [[name, instance, attributes['error.type']].filter(Boolean).join(' '), value as number];
        }),
      ),
    );
  };
  return { meterProvider, collect };
}

test('reports what became of spans and how full the queue is, for each processor', async () => {
  const { meterProvider, collect } = createMeters();
  const losses = [{ reason: 'rejected', count: 1 }] as const;
  const first = new BufferedApp({ meterProvider, maxQueueSize: 3, syncFlush: true }, (_, answer) =>
    answer({ code: 0, losses }),
  );
  const second = new BufferedApp({ meterProvider, maxQueueSize: 5 }, (_, answer) => answer({ code: 0 }));
  const [a, b] = await instancesOf(collect);
  first.endMany(5);
  second.endMany(1);
  expect(await collect()).toEqual({
    [`processed ${a} queue_full`]: 2,
    [`queue.size ${a}`]: 3,
    [`queue.capacity ${a}`]: 3,
    [`queue.size ${b}`]: 1,
    [`queue.capacity ${b}`]: 5,
  });
  await expect(first.processor.flush()).rejects.toThrow('spans lost: 1 (rejected 1), exported: 2');
  await second.processor.shutdown();
  second.end('late');
  expect(await collect()).toEqual({
    [`processed ${a}`]: 2,
    [`processed ${a} queue_full`]: 2,
    [`processed ${a} rejected`]: 1,
    [`queue.size ${a}`]: 0,
    [`queue.capacity ${a}`]: 3,
    [`processed ${b}`]: 1,
    [`processed ${b} already_shutdown`]: 1,
    [`queue.size ${b}`]: 0,
    [`queue.capacity ${b}`]: 5,
  });
  await meterProvider.shutdown();
});

/** The numbers of the two instances: they go on through a process. */
async function instancesOf(collect: () => Promise<Record<string, number>>): Promise<string[]> {
  const names = Object.keys(await collect()).filter((name) => name.startsWith('queue.size'));
  expect(names).toHaveLength(2);
  return names.map((name) => name.replace('queue.size ', '')).sort((x, y) => Number(x) - Number(y));
}
