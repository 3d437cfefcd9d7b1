import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Context, Span, SpanContext } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { parseMaxSpanDepth, SpanDepth } from '../src/span-depth.js';
import { SpanDepthStep } from '../src/span-depth-step.js';
import { SpanDraft } from '../src/span-draft.js';

const DEPTH = 'genspan.span.depth';

function setUp(maxSpanDepth: number) {
  const exporter = new InMemorySpanExporter();
  const depth = new SpanDepth(maxSpanDepth);
  const provider = new BasicTracerProvider({
    spanProcessors: [
      {
        onStart: (span, parent) => depth.onStart(span, parent),
        onEnd: () => undefined,
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(),
      },
      new SimpleSpanProcessor(exporter),
    ],
  });
  return { provider, exporter, tracer: provider.getTracer('test') };
}

function depths(spans: readonly ReadableSpan[]): Record<string, unknown> {
  return Object.fromEntries(spans.map((span) => [span.name, span.attributes[DEPTH]]));
}

function below(parent: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, parent);
}

describe('SpanDepth', () => {
  it('marks spans deeper than the limit, of whatever tracer', () => {
    const { provider, exporter } = setUp(2);
    let parent: Span | undefined;
    for (const name of ['one', 'two', 'three', 'four']) {
      const span = provider.getTracer(name).startSpan(name, {}, parent === undefined ? ROOT_CONTEXT : below(parent));
      parent = span;
    }
    parent?.end();
    trace.getTracer('none');
    expect(depths(exporter.getFinishedSpans())).toEqual({ four: 4 });
  });

  it('begins anew below a remote parent, below none, and for a new root', () => {
    const { tracer, exporter } = setUp(1);
    const root = tracer.startSpan('root');
    const remote: SpanContext = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1, isRemote: true };
    tracer.startSpan('remote', {}, trace.setSpanContext(ROOT_CONTEXT, remote)).end();
    tracer.startSpan('anew', { root: true }, below(root)).end();
    tracer.startSpan('sibling', {}, below(root)).end();
    expect(depths(exporter.getFinishedSpans())).toEqual({ remote: undefined, anew: undefined, sibling: 2 });
  });

  it('knows a parent that something wraps', () => {
    const { tracer, exporter } = setUp(1);
    const wrapped: Span = Object.create(tracer.startSpan('root')) as Span;
    tracer.startSpan('child', {}, below(wrapped)).end();
    tracer.startSpan('by context', {}, trace.setSpanContext(ROOT_CONTEXT, wrapped.spanContext())).end();
    expect(depths(exporter.getFinishedSpans())).toEqual({ child: 2, 'by context': 2 });
  });

  it('follows the active context across await', async () => {
    const manager = new AsyncLocalStorageContextManager().enable();
    context.setGlobalContextManager(manager);
    try {
      const { tracer, exporter } = setUp(1);
      await tracer.startActiveSpan('outer', async (outer) => {
        await Promise.resolve();
        tracer.startSpan('inner').end();
        outer.end();
      });
      expect(depths(exporter.getFinishedSpans())).toEqual({ inner: 2, outer: undefined });
    } finally {
      context.disable();
    }
  });

  it('costs no more for the ten-thousandth span of a chain, and is told right', () => {
    const { tracer, exporter } = setUp(9_999);
    let parent = tracer.startSpan('1');
    for (let depth = 2; depth <= 10_000; depth++) parent = tracer.startSpan(String(depth), {}, below(parent));
    parent.end();
    expect(depths(exporter.getFinishedSpans())).toEqual({ '10000': 10_000 });
  });
});

describe('SpanDepthStep', () => {
  it('takes content off marked spans, and leaves what is none', () => {
    const { tracer, exporter } = setUp(1);
    const child = tracer.startSpan('child', {}, below(tracer.startSpan('root')));
    child.setAttributes({
      'gen_ai.input.messages': '[]',
      'gen_ai.completion.0.content': 'x',
      'gen_ai.usage.input_tokens': 1,
    });
    child.addEvent('gen_ai.choice', { content: 'x', finish_reason: 'stop' });
    child.addEvent('exception', { 'exception.message': 'boom' });
    child.end();
    const [span] = exporter.getFinishedSpans();
    if (span === undefined) throw new Error('Expected a span');
    const step = new SpanDepthStep(1);
    const draft = new SpanDraft(span);
    step.apply(draft);
    expect(draft.attributes).toEqual({ [DEPTH]: 2, 'gen_ai.usage.input_tokens': 1 });
    expect(draft.events.map(({ attributes }) => attributes)).toEqual([
      { finish_reason: 'stop' },
      { 'exception.message': 'boom' },
    ]);
    expect(span.events[0]?.attributes).toEqual({ content: 'x', finish_reason: 'stop' });
    expect(step.stats()).toEqual({ deepSpans: 1, removedAttributes: 3 });
  });

  it('changes nothing on a span within the limit', () => {
    const { tracer, exporter } = setUp(1);
    tracer.startSpan('root', { attributes: { 'gen_ai.input.messages': '[]', [DEPTH]: 1 } }).end();
    const [span] = exporter.getFinishedSpans();
    if (span === undefined) throw new Error('Expected a span');
    const draft = new SpanDraft(span);
    new SpanDepthStep(1).apply(draft);
    expect(draft.changes).toBeUndefined();
  });
});

describe('parseMaxSpanDepth', () => {
  it('is 100 by default and an integer of at least 1', () => {
    expect(parseMaxSpanDepth('maxSpanDepth', undefined)).toBe(100);
    expect(parseMaxSpanDepth('maxSpanDepth', 3)).toBe(3);
    expect(() => parseMaxSpanDepth('maxSpanDepth', 0)).toThrow(
      'Expected `maxSpanDepth` to be an integer of at least 1',
    );
  });
});
