import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Context, Span, SpanContext } from '@opentelemetry/api';
import { BasicTracerProvider, NoopSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { SpanView } from '@genspan/span-processor-base';
import type { ReadableSpanLike, SpanLike } from '@genspan/span-processor-base';
import { SpanLineage } from '../src/span-lineage.js';

const REMOTE: SpanContext = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1, isRemote: true };

function setUp() {
  const lineage = new SpanLineage();
  const started: SpanLike[] = [];
  const processor = new NoopSpanProcessor();
  processor.onStart = (span: SpanLike, context: Context) => {
    lineage.start(span, context);
    started.push(span);
  };
  const tracer = new BasicTracerProvider({ spanProcessors: [processor] }).getTracer('t');
  const start = (context: Context): { span: Span; below: Context; read: ReadableSpanLike } => {
    const span = tracer.startSpan('s', {}, context);
    const read = started.at(-1);
    if (read === undefined) throw new Error('Expected the span to be recorded');
    return { span, below: trace.setSpan(context, span), read };
  };
  return { lineage, start };
}

const idOf = ({ span }: { span: Span }): string => span.spanContext().spanId;

test('tells apart local roots of one trace, at any depth below them', () => {
  const { lineage, start } = setUp();
  const remote = trace.setSpanContext(ROOT_CONTEXT, REMOTE);
  const [one, two] = [start(remote), start(remote)];
  const belowOne = start(start(one.below).below);
  const belowTwo = start(two.below);
  expect(lineage.localRootIdOf(one.read)).toBe(idOf(one));
  expect(lineage.localRootIdOf(belowOne.read)).toBe(idOf(one));
  expect(lineage.localRootIdOf(belowTwo.read)).toBe(idOf(two));
});

test('knows a view, which has a context of its own', () => {
  const { lineage, start } = setUp();
  const root = start(ROOT_CONTEXT);
  const child = start(root.below);
  child.span.end();
  root.span.end();
  expect(lineage.localRootIdOf(new SpanView(child.read))).toBe(idOf(root));
  expect(lineage.localRootIdOf(new SpanView(root.read))).toBe(idOf(root));
});

test('has none for a span below one that is not recorded', () => {
  const { lineage, start } = setUp();
  const unrecorded = { ...REMOTE, isRemote: false };
  const child = start(trace.setSpanContext(ROOT_CONTEXT, unrecorded));
  expect(lineage.localRootIdOf(child.read)).toBeUndefined();
});
