import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { buildSpan } from '@genspan/test-utils';
import { EnrichmentSpanProcessor } from '../src/index.js';
import { SpanDraft } from '../src/span-draft.js';
import { TraceTotalsStep } from '../src/trace-totals-step.js';

const TRACE = 'a'.repeat(32);

interface Told {
  readonly operation?: string;
  readonly attributes?: Attributes;
  readonly kind?: SpanKind;
  readonly failed?: boolean;
  readonly parent?: 'local' | 'remote';
  readonly traceId?: string;
}

/** A step for traces with one local root. */
const stepFor = (maxTraces: number) => new TraceTotalsStep(maxTraces, (span) => span.spanContext().traceId);

/** Hands a span to the step and tells the totals written on it. */
function end(step: TraceTotalsStep, told: Told): Attributes {
  const { operation, attributes, kind = SpanKind.INTERNAL, failed = false, parent, traceId = TRACE } = told;
  const span = buildSpan({
    kind,
    traceId,
    attributes: { ...(operation !== undefined && { 'gen_ai.operation.name': operation }), ...attributes },
    status: { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    ...(parent !== undefined && { parentSpanId: 'b'.repeat(16), remoteParent: parent === 'remote' }),
  });
  const draft = new SpanDraft(span);
  step.apply(draft);
  return Object.fromEntries(
    Object.entries(draft.changes?.attributes ?? {}).filter(([key]) => key.startsWith('genspan.trace.')),
  );
}

const usage = (input: number, output: number, costUsd?: number): Attributes => ({
  'gen_ai.usage.input_tokens': input,
  'gen_ai.usage.output_tokens': output,
  'gen_ai.response.model': 'gpt-4o',
  ...(costUsd !== undefined && { 'genspan.usage.cost_usd': costUsd }),
});

test('writes the sums of a trace on its local root, and there only', () => {
  const step = stepFor(10);
  const chat: Told = { operation: 'chat', kind: SpanKind.CLIENT, parent: 'local' };
  expect(end(step, { ...chat, attributes: usage(10, 2, 0.25) })).toEqual({});
  expect(end(step, { operation: 'execute_tool', parent: 'local', failed: true })).toEqual({});
  expect(end(step, { ...chat, attributes: { ...usage(5, 1, 0.5), 'gen_ai.response.model': 'o3' } })).toEqual({});
  expect(end(step, { parent: 'local', failed: true })).toEqual({});
  // The agent repeats what its model calls used.
  expect(end(step, { operation: 'invoke_agent', attributes: usage(15, 3), parent: 'remote' })).toEqual({
    'genspan.trace.model_call_count': 2,
    'genspan.trace.tool_call_count': 1,
    'genspan.trace.error_count': 2,
    'genspan.trace.input_tokens': 15,
    'genspan.trace.output_tokens': 3,
    'genspan.trace.total_tokens': 18,
    'genspan.trace.cost_usd': 0.75,
    'genspan.trace.models': ['gpt-4o', 'o3'],
  });
  expect(step.followed).toBe(0);
});

test('counts a lone call as a trace', () => {
  const step = stepFor(10);
  expect(end(step, { operation: 'chat', kind: SpanKind.CLIENT, attributes: usage(3, 0) })).toMatchObject({
    'genspan.trace.model_call_count': 1,
    'genspan.trace.input_tokens': 3,
    'genspan.trace.output_tokens': 0,
    'genspan.trace.total_tokens': 3,
  });
  expect(step.followed).toBe(0);
});

test('says nothing of what was not reported', () => {
  const totals = end(stepFor(10), { operation: 'chat', kind: SpanKind.CLIENT });
  expect(totals).toEqual({
    'genspan.trace.model_call_count': 1,
    'genspan.trace.tool_call_count': 0,
    'genspan.trace.error_count': 0,
  });
});

test('leaves traces without GenAI alone', () => {
  const step = stepFor(10);
  expect(end(step, { parent: 'local' })).toEqual({});
  expect(end(step, { parent: 'local', failed: true })).toEqual({});
  expect(end(step, {})).toEqual({});
  expect(step.followed).toBe(0);
});

test('keeps traces apart, and forgets the oldest of too many', () => {
  const step = stepFor(2);
  const traces = ['1', '2', '3'].map((digit) => digit.repeat(32));
  for (const traceId of traces) end(step, { operation: 'chat', parent: 'local', attributes: usage(1, 1), traceId });
  expect(step.followed).toBe(2);
  expect(step.stats()).toEqual({ written: 0, evicted: 1 });
  const tokens = traces.map((traceId) => end(step, { traceId })['genspan.trace.total_tokens']);
  expect(tokens).toEqual([undefined, 2, 2]);
});

test('works behind a real SDK, where children end before their root', () => {
  const exporter = new InMemorySpanExporter();
  const processor = new EnrichmentSpanProcessor({ delegate: new SimpleSpanProcessor({ exporter }) });
  const tracer = new TracerProvider({ spanProcessors: [processor] }).getTracer('t');
  tracer.startActiveSpan('root', (root) => {
    const attributes = { 'gen_ai.operation.name': 'chat', ...usage(1, 2) };
    tracer.startSpan('chat', { attributes, root: true }).end();
    root.end();
  });
  const [chat, root] = exporter.getFinishedSpans();
  expect(chat?.attributes).toMatchObject({ 'genspan.trace.total_tokens': 3 });
  expect(root?.attributes).toEqual({});
  expect(processor.stats().steps).toMatchObject({ traceTotals: { written: 1, evicted: 0 } });
});
