// Collects the spans and log records of an instrumentation, and prints them as JSON, a line for each call.
const { context, trace } = require('@opentelemetry/api');
const { logs } = require('@opentelemetry/api-logs');
const { AsyncLocalStorageContextManager } = require('@opentelemetry/context-async-hooks');
const { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } = require('@opentelemetry/sdk-logs');
const { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');

const spans = new InMemorySpanExporter();
const records = new InMemoryLogRecordExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
const loggerProvider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(tracerProvider);
logs.setGlobalLoggerProvider(loggerProvider);

/** Makes each call, and prints what it left. */
async function printCalls(calls, makeCall) {
  for (const [call, arg] of Object.entries(calls)) {
    spans.reset();
    records.reset();
    await makeCall(arg, call);
    // Some end their spans after the caller has got the answer.
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all([tracerProvider.forceFlush(), loggerProvider.forceFlush()]);
    const events = records.getFinishedLogRecords();
    const ended = spans.getFinishedSpans().map((span) => ({
      name: span.name,
      scopeName: span.instrumentationScope.name,
      spanId: span.spanContext().spanId,
      parentSpanId: span.parentSpanContext?.spanId,
      kind: span.kind,
      status: span.status,
      startTimeMillis: span.startTime[0] * 1e3 + span.startTime[1] / 1e6,
      attributes: span.attributes,
      events: [
        ...span.events.map(({ name, attributes }) => ({ name, attributes })),
        ...events
          .filter(({ spanContext }) => spanContext?.spanId === span.spanContext().spanId)
          .map(({ eventName, attributes, body }) => ({
            name: eventName ?? attributes['event.name'],
            attributes,
            body,
          })),
      ],
    }));
    process.stdout.write(`${JSON.stringify({ call, spans: ended })}\n`);
  }
}

module.exports = { printCalls, tracerProvider, loggerProvider };
