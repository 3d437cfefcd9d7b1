import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { AggregationTemporality, MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { DataPoint, ExponentialHistogram, Histogram, ViewOptions } from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { GenAIRecorder, type GenAIRecorderOptions } from '../src/index.js';

/** A point of any instrument. */
export type Point = DataPoint<number | Histogram | ExponentialHistogram>;

/** A reader that collects when it is told to. */
export class ManualReader extends MetricReader {
  constructor(temporality = AggregationTemporality.CUMULATIVE) {
    super({ aggregationTemporalitySelector: () => temporality });
  }
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}

  /** The points by metric name. Fails on an error of the collection. */
  async points(): Promise<Map<string, Point[]>> {
    const { resourceMetrics, errors } = await this.collect();
    expect(errors).toEqual([]);
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return new Map(metrics.map(({ descriptor, dataPoints }) => [descriptor.name, [...dataPoints]]));
  }

  /** The points of one metric, empty when it was not exported. */
  async pointsOf(name: string): Promise<Point[]> {
    return (await this.points()).get(name) ?? [];
  }
}

/** The sum over points of a counter, or of the counts of a histogram. */
export function total(points: readonly Point[]): number {
  return points.reduce((sum, { value }) => sum + (typeof value === 'number' ? value : value.count), 0);
}

/** What a test asks of the telemetry around a recorder. */
export interface TelemetryOptions extends Partial<GenAIRecorderOptions> {
  readonly sampler?: Sampler;
  readonly views?: ViewOptions[];
}

/** A recorder on a real SDK, and what came out of it. */
export interface Telemetry {
  readonly recorder: GenAIRecorder;
  readonly reader: ManualReader;
  readonly meterProvider: MeterProvider;
  readonly spans: () => ReadableSpan[];
  /** The only span. */
  readonly span: () => ReadableSpan;
  readonly logs: () => readonly ReadableLogRecord[];
  readonly log: (eventName: string) => ReadableLogRecord | undefined;
}

export function startTelemetry({ sampler, views, ...options }: TelemetryOptions = {}): Telemetry {
  const spanExporter = new InMemorySpanExporter();
  const logExporter = new InMemoryLogRecordExporter();
  const reader = new ManualReader();
  const spanProcessors = [new SimpleSpanProcessor({ exporter: spanExporter })];
  const tracerProvider = new TracerProvider(sampler === undefined ? { spanProcessors } : { spanProcessors, sampler });
  const meterProvider = new MeterProvider({ readers: [reader], views: views ?? [] });
  const loggerProvider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logExporter })] });
  const recorder = new GenAIRecorder({
    namespace: 'test',
    tracer: tracerProvider.getTracer('test'),
    meter: meterProvider.getMeter('test'),
    logger: loggerProvider.getLogger('test'),
    ...options,
  });
  const spans = () => spanExporter.getFinishedSpans();
  return {
    recorder,
    reader,
    meterProvider,
    spans,
    span: () => {
      expect(spans()).toHaveLength(1);
      return spans()[0] as ReadableSpan;
    },
    logs: () => logExporter.getFinishedLogRecords(),
    log: (eventName) => logExporter.getFinishedLogRecords().find((record) => record.eventName === eventName),
  };
}
