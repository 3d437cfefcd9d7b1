import { buildResource, buildSpan } from '@genspan/test-utils';
import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';

describe('buildSpan', () => {
  it('is a ReadableSpan that the SDK exports', async () => {
    const exporter = new InMemorySpanExporter();
    const processor = new SimpleSpanProcessor(exporter);
    const span: ReadableSpan = buildSpan();
    processor.onEnd(span);
    await processor.forceFlush();
    expect(exporter.getFinishedSpans()).toEqual([span]);
  });

  it('has the times it is given', () => {
    const span = buildSpan({ startMillis: 1_500.25, durationMillis: 2_000.5 });
    expect([span.startTime, span.endTime, span.duration]).toEqual([
      [1, 500_250_000],
      [3, 500_750_000],
      [2, 500_000],
    ]);
  });

  it('is a root, a child, or a child of another process', () => {
    expect(buildSpan()).not.toHaveProperty('parentSpanContext');
    const child = buildSpan({ parentSpanId: '1'.repeat(16) });
    expect(child.parentSpanContext).toEqual({
      traceId: child.spanContext().traceId,
      spanId: '1'.repeat(16),
      traceFlags: TraceFlags.SAMPLED,
    });
    expect(buildSpan({ parentSpanId: '1'.repeat(16), remoteParent: true }).parentSpanContext?.isRemote).toBe(true);
  });

  it('copies what it is given', () => {
    const attributes = { a: 1 };
    const span = buildSpan({ attributes, kind: SpanKind.SERVER, status: { code: SpanStatusCode.OK } });
    span.attributes['a'] = 2;
    expect(attributes).toEqual({ a: 1 });
    expect(span).toMatchObject({ kind: SpanKind.SERVER, status: { code: SpanStatusCode.OK }, ended: true });
  });

  it('shares one resource, as spans of one process do', () => {
    expect(buildSpan().resource).toBe(buildSpan().resource);
    const resource = buildResource({ a: 1 }).merge(buildResource({ b: 2 }));
    expect(resource.getRawAttributes()).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect(buildSpan({ resource }).resource.attributes).toEqual({ a: 1, b: 2 });
  });
});
