import { diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import * as base from '@opentelemetry/sdk-trace-base';
import type { SpanLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { RedactionSpanProcessor } from '../src/index.js';

const secret = 'ann@example.com';

const onEnding = (stage: RedactionSpanProcessor, span: object): void => stage.onEnding(span as SpanLike);

describe('in place', () => {
  it.each([0, 1, 2])('redacts what every exporter gets, as number %i in the list', (position) => {
    const exporters = [new InMemorySpanExporter(), new InMemorySpanExporter()];
    const stage = new RedactionSpanProcessor();
    const spanProcessors: SpanProcessor[] = exporters.map((exporter) => new SimpleSpanProcessor({ exporter }));
    spanProcessors.splice(position, 0, stage);
    const span = new TracerProvider({ spanProcessors }).getTracer('test').startSpan('s');
    span.setAttributes({ a: secret, [`to ${secret}`]: 1, z: 2 });
    span.recordException(new Error(secret));
    span.end();
    for (const exporter of exporters) {
      const [exported] = exporter.getFinishedSpans();
      expect(Object.entries(exported?.attributes ?? {})).toEqual([
        ['a', '[REDACTED]'],
        ['to [REDACTED]', 1],
        ['z', 2],
      ]);
      expect(exported?.events[0]?.attributes?.['exception.message']).toBe('[REDACTED]');
    }
    expect(stage.stats()).toMatchObject({ spans: 1, failures: {} });
  });

  it('works with the older package of SDK 2', () => {
    const exporter = new base.InMemorySpanExporter();
    const spanProcessors = [new base.SimpleSpanProcessor(exporter), new RedactionSpanProcessor()];
    const provider = new base.BasicTracerProvider({ spanProcessors });
    provider
      .getTracer('test')
      .startSpan('s', { attributes: { a: secret } })
      .end();
    expect(exporter.getFinishedSpans()[0]?.attributes).toEqual({ a: '[REDACTED]' });
  });

  it('leaves the objects of the application alone', () => {
    const attributes = { a: secret };
    const link = { context: buildSpan().spanContext(), attributes: { l: secret } };
    const provider = new TracerProvider({ spanProcessors: [new RedactionSpanProcessor()] });
    provider
      .getTracer('test')
      .startSpan('s', { attributes, links: [link] })
      .end();
    expect([attributes.a, link.attributes.l]).toEqual([secret, secret]);
  });

  it('lets processors after it write on the span', () => {
    const exporter = new InMemorySpanExporter();
    const late: SpanProcessor = {
      onStart: () => undefined,
      onEnding: (span) => void span.setAttribute('late', 1),
      onEnd: () => undefined,
      forceFlush: () => Promise.resolve(),
      shutdown: () => Promise.resolve(),
    };
    const spanProcessors = [new RedactionSpanProcessor(), late, new SimpleSpanProcessor({ exporter })];
    new TracerProvider({ spanProcessors })
      .getTracer('test')
      .startSpan('s', { attributes: { a: secret } })
      .end();
    expect(exporter.getFinishedSpans()[0]?.attributes).toEqual({ a: '[REDACTED]', late: 1 });
  });

  it('redacts a span once, but looks again at one that ended around another', () => {
    const stage = new RedactionSpanProcessor();
    const [outer, inner] = [buildSpan({ name: secret }), buildSpan({ name: secret })];
    onEnding(stage, outer);
    onEnding(stage, inner);
    stage.onEnd(inner);
    stage.onEnd(outer);
    expect([outer.name, inner.name]).toEqual(['[REDACTED]', '[REDACTED]']);
    expect(stage.stats().matches).toEqual({ email: { 'span.name': 2 } });
  });

  it('marks the span itself in a dry run', () => {
    const span = buildSpan({ name: secret });
    const stage = new RedactionSpanProcessor({ dryRun: true });
    onEnding(stage, span);
    stage.onEnd(span);
    expect(span).toMatchObject({ name: secret, attributes: { 'genspan.redaction.email': 1 } });
  });

  it('has nothing to flush', async () => {
    const stage = new RedactionSpanProcessor();
    stage.onStart(buildSpan() as unknown as SpanLike, ROOT_CONTEXT);
    await expect(Promise.all([stage.forceFlush(), stage.shutdown()])).resolves.toEqual([undefined, undefined]);
  });

  it('works in onEnd where nobody calls onEnding, and says so once', () => {
    const warnings: string[] = [];
    const ignore = (): void => undefined;
    const warn = (message: string): void => void warnings.push(message);
    diag.setLogger({ debug: ignore, error: ignore, info: ignore, verbose: ignore, warn });
    const stage = new RedactionSpanProcessor();
    const spans = [1, 2].map(() => buildSpan({ name: secret }));
    for (const span of spans) stage.onEnd(span);
    diag.disable();
    expect(spans.map(({ name }) => name)).toEqual(['[REDACTED]', '[REDACTED]']);
    expect(warnings).toEqual([expect.stringContaining('onEnding')]);
  });
});

describe('what cannot be written', () => {
  const spanWith = () =>
    buildSpan({
      attributes: { a: secret, [`to ${secret}`]: 1 },
      events: [{ name: 'e', attributes: { m: secret } }],
      status: { code: 2, message: secret },
    });

  it('is replaced from inside when only the span is frozen', () => {
    const span = Object.freeze(spanWith());
    const stage = new RedactionSpanProcessor();
    onEnding(stage, span);
    expect(span.attributes).toEqual({ a: '[REDACTED]', 'to [REDACTED]': 1 });
    expect(span.events).toMatchObject([{ name: 'e', attributes: { m: '[REDACTED]' } }]);
    expect(span.status).toEqual({ code: 2, message: '[REDACTED]' });
    expect(stage.stats().failures).toEqual({});
  });

  it('is counted, and does not throw', () => {
    const span = spanWith();
    Object.freeze(span.attributes);
    Object.freeze(span.events[0]?.attributes);
    Object.freeze(span.events[0]);
    Object.freeze(span.events);
    const stage = new RedactionSpanProcessor();
    onEnding(stage, Object.freeze(span));
    expect(span.attributes['a']).toBe(secret);
    expect(span.status).toEqual({ code: 2, message: '[REDACTED]' });
    expect(stage.stats().failures).toEqual({ overwrite: 2 });
  });

  it('is masked by the parts that can be read', () => {
    const span = Object.defineProperty(spanWith(), 'events', {
      get: () => {
        throw new Error('broken');
      },
    });
    const stage = new RedactionSpanProcessor();
    onEnding(stage, span);
    expect(span.name).toBe('[REDACTED]');
    expect(span.attributes).toEqual({ a: '[REDACTED]', 'to [REDACTED]': 1 });
    expect(span.status).toEqual({ code: 2 });
    expect(stage.stats().failures).toEqual({ read: 1, overwrite: 1 });
  });
});
