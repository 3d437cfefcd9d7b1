// One of several services of a trace: takes the context of the caller from its headers, and hands it on to the next one. Answers with
// the trace id, and with the `tracestate` that came in here and further on.
import { createServer } from 'node:http';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  defaultTextMapGetter,
  defaultTextMapSetter,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { SamplingSpanProcessor } from '@genspan/sampling-span-processor';

const { SERVICE, PORT, RATE, NEXT } = process.env;
const propagator = new W3CTraceContextPropagator();
const delegate = new BatchSpanProcessor(new OTLPTraceExporter());
const provider = new BasicTracerProvider({
  resource: resourceFromAttributes({ 'service.name': SERVICE }),
  spanProcessors: [new SamplingSpanProcessor({ rate: Number(RATE), delegate })],
});
const tracer = provider.getTracer('service');

const server = createServer((request, response) => {
  const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
  const span = tracer.startSpan(`GET ${SERVICE}`, { kind: SpanKind.SERVER }, parent);
  const here = trace.setSpan(parent, span);
  void answer(request, here).then(({ status, further }) => {
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    // Before the answer: who has it knows that the span has ended.
    span.end();
    const { traceId } = span.spanContext();
    const states = [request.headers.tracestate ?? '', ...further];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ traceId, states }));
  });
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));

process.once('SIGTERM', async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await provider.shutdown();
});

async function answer({ url }, context) {
  if (NEXT === undefined) return { status: url === '/fail' ? 500 : 200, further: [] };
  const call = tracer.startSpan('GET', { kind: SpanKind.CLIENT }, context);
  const headers = {};
  propagator.inject(trace.setSpan(context, call), headers, defaultTextMapSetter);
  const answered = await fetch(`${NEXT}${url}`, { headers });
  const { states } = await answered.json();
  if (!answered.ok) call.setStatus({ code: SpanStatusCode.ERROR });
  call.end();
  return { status: answered.status, further: states };
}
