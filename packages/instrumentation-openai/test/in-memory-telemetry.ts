import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { DataPoint, MetricData } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan, Sampler, SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** A reader that collects when asked to. */
class ManualReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }
  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

export interface InMemoryTelemetry {
  readonly tracerProvider: BasicTracerProvider;
  readonly meterProvider: MeterProvider;
  readonly loggerProvider: LoggerProvider;
  /** Spans started so far. */
  readonly started: () => number;
  /** Spans ended so far. */
  readonly spans: () => readonly ReadableSpan[];
  readonly events: () => readonly ReadableLogRecord[];
  /** Collects now. */
  readonly metrics: () => Promise<ReadonlyMap<string, MetricData>>;
  readonly points: (name: string) => Promise<readonly DataPoint<unknown>[]>;
  readonly shutdown: () => Promise<void>;
}

/** A real SDK that keeps everything in memory, with a context manager installed globally. */
export function inMemoryTelemetry(options: { sampler?: Sampler } = {}): InMemoryTelemetry {
  const exporter = new InMemorySpanExporter();
  let started = 0;
  const counting: SpanProcessor = {
    onStart: () => void started++,
    onEnd: () => undefined,
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const tracerProvider = new BasicTracerProvider({
    ...options,
    spanProcessors: [counting, new SimpleSpanProcessor(exporter)],
  });
  const logs = new InMemoryLogRecordExporter();
  const loggerProvider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: logs })] });
  const reader = new ManualReader();
  const meterProvider = new MeterProvider({ readers: [reader] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

  const metrics = async (): Promise<ReadonlyMap<string, MetricData>> => {
    const { resourceMetrics } = await reader.collect();
    const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return new Map(all.map((metric) => [metric.descriptor.name, metric]));
  };
  return {
    tracerProvider,
    meterProvider,
    loggerProvider,
    started: () => started,
    spans: () => exporter.getFinishedSpans(),
    events: () => logs.getFinishedLogRecords(),
    metrics,
    points: async (name) => (await metrics()).get(name)?.dataPoints ?? [],
    shutdown: async () => {
      context.disable();
      await tracerProvider.shutdown();
      await meterProvider.shutdown();
      await loggerProvider.shutdown();
    },
  };
}
