import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { reportRedactionMetrics } from '../src/redaction-metrics.js';
import type { RedactionStats } from '../src/redaction-stats.js';

test('reports what stats() tells, each time a reader collects', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const meterProvider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })],
  });
  let stats: RedactionStats = {
    matches: {},
    maskedWhole: { error: 0, length: 0, structure: 0 },
    notAllowed: 0,
    spans: 0,
    logRecords: 0,
    timeMillis: 0,
  };
  const collect = async (): Promise<Record<string, unknown>> => {
    exporter.reset();
    await meterProvider.forceFlush();
    const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    return Object.fromEntries(
      metrics.flatMap(({ descriptor, dataPoints }) =>
        dataPoints.map(({ attributes, value }) => [
          [descriptor.name, descriptor.unit, ...Object.entries(attributes).flat()].join(' '),
          value,
        ]),
      ),
    );
  };
  reportRedactionMetrics(meterProvider, () => stats);
  expect(await collect()).toEqual({});
  stats = {
    ...stats,
    matches: { email: { 'span.name': 2, 'log.body': 1 }, jwt: { 'span.attribute': 3 } },
    maskedWhole: { error: 1, length: 2, structure: 0 },
    notAllowed: 4,
    timeMillis: 2500,
  };
  const first = {
    'genspan.redaction.matches {match} genspan.redaction.detector email genspan.redaction.field span.name': 2,
    'genspan.redaction.matches {match} genspan.redaction.detector email genspan.redaction.field log.body': 1,
    'genspan.redaction.matches {match} genspan.redaction.detector jwt genspan.redaction.field span.attribute': 3,
    'genspan.redaction.masked_whole {value} genspan.redaction.reason error': 1,
    'genspan.redaction.masked_whole {value} genspan.redaction.reason length': 2,
    'genspan.redaction.not_allowed {value}': 4,
    'genspan.redaction.time s': 2.5,
  };
  expect(await collect()).toEqual(first);
  stats = { ...stats, notAllowed: 5, timeMillis: 3500 };
  expect(await collect()).toEqual({
    ...first,
    'genspan.redaction.not_allowed {value}': 5,
    'genspan.redaction.time s': 3.5,
  });
  await meterProvider.shutdown();
});
