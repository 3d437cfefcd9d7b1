// A `tracestate` that a caller got wrong costs no span: what our stage keeps, a Collector that reads `th` can read.
import { join } from 'node:path';
import { ROOT_CONTEXT, SpanStatusCode, TraceFlags, defaultTextMapGetter, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider, BatchSpanProcessor, SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { SamplingSpanProcessor } from '@genspan/sampling-span-processor';
import { spansOf } from '@genspan/test-utils';
import { startCollector } from '../collector.mjs';

const LOW = '10000000000000';
const HIGH = 'ffffffffffffff';
const members = (count) => Array.from({ length: count }, (_, index) => `vendor${index}=1`);

/**
 * What comes in, with the randomness in the trace id. Left out: a `th` above the randomness, which is passed on and which
 * the Collector drops, and 32 members, which W3C allows and the Collector does not.
 */
const CASES = {
  nothing: { randomness: HIGH, tracestate: '' },
  'th of a caller that said no': { randomness: LOW, tracestate: 'ot=th:8', flags: '00' },
  'short rv': { randomness: HIGH, tracestate: 'ot=th:0;rv:123' },
  'low rv in upper case': { randomness: HIGH, tracestate: 'ot=rv:0A0A0A0A0A0A0A' },
  'th without a number': { randomness: HIGH, tracestate: 'ot=th:zz' },
  'th too long': { randomness: HIGH, tracestate: 'ot=th:c00000000000000' },
  'field without a value': { randomness: HIGH, tracestate: 'ot=th:0;garbage' },
  'field with a wrong name': { randomness: HIGH, tracestate: 'ot=th:0;X:1;a-b:1' },
  'empty fields': { randomness: HIGH, tracestate: 'ot=;th:0;' },
  'fields of others': { randomness: HIGH, tracestate: 'ot=th:0;p:8;r:62' },
  '30 other members': { randomness: HIGH, tracestate: members(30).join() },
};

/** Our stage keeps everything for an error. 95 % is less than what LOW needs, and more than the rv in upper case would. */
const PROCESSORS = { probabilistic_sampler: { mode: 'equalizing', sampling_percentage: 95 } };

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* oddTraceStateChecks({ binary, folder }) {
  const collector = await startCollector(binary, join(folder, 'odd'), { processors: PROCESSORS });
  await record(`${collector.httpUrl}/v1/traces`);
  await collector.stop();
  const arrived = new Set(
    collector
      .requests()
      .flatMap(spansOf)
      .map(({ name }) => name),
  );
  const lost = Object.entries(CASES).filter(([name]) => !arrived.has(name));
  yield {
    title: 'odd tracestate: a consistent sampler loses nothing that we keep',
    problems: lost.map(([name, { tracestate }]) => `${name}, ${tracestate.slice(0, 60)}: lost`),
    figures: `${arrived.size} spans`,
  };
}

/** Records what the caller does not sample, too. */
const SAMPLER = {
  shouldSample: (context) => {
    const isSampled = trace.getSpanContext(context)?.traceFlags === TraceFlags.SAMPLED;
    return { decision: isSampled ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.RECORD };
  },
};

async function record(url) {
  const delegate = new BatchSpanProcessor(new OTLPTraceExporter({ url }));
  const stage = new SamplingSpanProcessor({ rate: 0, recordUnsampled: true, delegate });
  const provider = new BasicTracerProvider({ spanProcessors: [stage], sampler: SAMPLER });
  const tracer = provider.getTracer('odd');
  const propagator = new W3CTraceContextPropagator();
  for (const [index, [name, { randomness, tracestate, flags = '01' }]] of Object.entries(CASES).entries()) {
    const traceId = `${(index + 1).toString(16).padStart(18, '0')}${randomness}`;
    const headers = { traceparent: `00-${traceId}-${'1'.repeat(16)}-${flags}`, tracestate };
    const span = tracer.startSpan(name, {}, propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter));
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  }
  await provider.shutdown();
}
