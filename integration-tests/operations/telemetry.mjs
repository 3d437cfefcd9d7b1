// A real SDK with everything in memory, and the account of which operation each span belongs to.
import { context, metrics, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

const OPERATION_TRACER = 'operations';
/** Says of a response that nobody read it, or not to its end. */
const OUTCOME = 'genspan.response.outcome';

/** Counts the spans that start and end in each trace, leaving out those that stand for an operation. */
class SpanAccount {
  #byTrace = new Map();

  of(traceId) {
    const account = this.#byTrace.get(traceId) ?? { started: 0, ended: 0, endedTwice: 0, unread: 0, ids: new Set() };
    this.#byTrace.set(traceId, account);
    return account;
  }

  onStart(span) {
    if (span.instrumentationScope.name !== OPERATION_TRACER) this.of(span.spanContext().traceId).started += 1;
  }

  onEnd(span) {
    if (span.instrumentationScope.name === OPERATION_TRACER) return;
    const { traceId, spanId } = span.spanContext();
    const account = this.of(traceId);
    account.ended += 1;
    if (account.ids.has(spanId)) account.endedTwice += 1;
    account.ids.add(spanId);
    if (span.attributes[OUTCOME] === 'unread') account.unread += 1;
  }

  forceFlush = async () => {};
  shutdown = async () => {};
}

/** Sets up traces, metrics and logs and registers them globally. */
export function startTelemetry() {
  const account = new SpanAccount();
  const spans = new InMemorySpanExporter();
  const points = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const records = new InMemoryLogRecordExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [account, new SimpleSpanProcessor(spans)] });
  const reader = new PeriodicExportingMetricReader({ exporter: points, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const loggerProvider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(tracerProvider);
  metrics.setGlobalMeterProvider(meterProvider);
  logs.setGlobalLoggerProvider(loggerProvider);
  return {
    account,
    tracer: tracerProvider.getTracer(OPERATION_TRACER),
    providers: { tracerProvider, meterProvider, loggerProvider },
    /** All that would have left the process, as one text to search, and the names of the metrics. */
    exported: async () => {
      await reader.forceFlush();
      const metricNames = points
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
        .map(({ descriptor }) => descriptor.name);
      const genai = spans.getFinishedSpans().filter((span) => span.instrumentationScope.name !== OPERATION_TRACER);
      const spanData = genai.map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
      const logData = records.getFinishedLogRecords().map(({ body, attributes }) => ({ body, attributes }));
      const text = JSON.stringify([spanData, logData, points.getMetrics()]);
      await reader.shutdown();
      return { text, metricNames: [...new Set(metricNames)].sort(), logRecords: logData.length };
    },
  };
}
