// The OpenTelemetry SDK each variant writes to: the real one, with an exporter that throws everything away.

import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';

// Every application with the SDK has one; on Node 20 it also taxes each promise, so the bare client runs with it too.
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

/** Counts the spans and keeps the last one, for the check that a variant does what its row says. */
class DiscardingSpanExporter {
  spans = 0;
  last = undefined;

  export(spans, resultCallback) {
    this.spans += spans.length;
    this.last = spans.at(-1);
    resultCallback({ code: 0 });
  }

  async shutdown() {}
}

/** Aggregates like any reader, but collects only when asked. */
class IdleMetricReader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

class DiscardingLogRecordProcessor {
  records = 0;

  onEmit() {
    this.records++;
  }

  async forceFlush() {}
  async shutdown() {}
}

/** One set of providers, not registered globally. `flush()` empties the span queue, as the exporter would in time. */
export function createTelemetry() {
  const exporter = new DiscardingSpanExporter();
  const reader = new IdleMetricReader();
  const logProcessor = new DiscardingLogRecordProcessor();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const loggerProvider = new LoggerProvider({ processors: [logProcessor] });
  return {
    tracerProvider,
    meterProvider,
    loggerProvider,
    exporter,
    logProcessor,
    reader,
    flush: () => tracerProvider.forceFlush(),
    shutdown: () => Promise.all([tracerProvider.shutdown(), meterProvider.shutdown(), loggerProvider.shutdown()]),
  };
}
