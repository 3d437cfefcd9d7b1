import type { Attributes, Link, SpanStatus } from '@opentelemetry/api';
import { ROOT_CONTEXT, SpanKind, TraceFlags, createTraceState, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

/** What a test says about a span; the rest is made up by the SDK. */
export interface SpanSpec {
  name: string;
  kind?: SpanKind;
  attributes?: Attributes;
  status?: SpanStatus;
  events?: { name: string; attributes?: Attributes }[];
  links?: Link[];
  /** Scope name and version. */
  scope?: [string, string?];
  resource?: Attributes;
  startMillis?: number;
  endMillis?: number;
  /** A parent in another process. */
  remoteParent?: boolean;
  children?: SpanSpec[];
}

/** Real ended spans of the installed SDK, children before parents as they ended. */
export function realSpans(...specs: SpanSpec[]): ReadableSpan[] {
  const spans: ReadableSpan[] = [];
  for (const spec of specs) {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({
      spanProcessors: [new SimpleSpanProcessor({ exporter })],
      resource: resourceFromAttributes(spec.resource ?? { 'service.name': 'test' }),
    });
    run(provider, spec, ROOT_CONTEXT);
    spans.push(...exporter.getFinishedSpans());
  }
  return spans;
}

function run(provider: TracerProvider, spec: SpanSpec, parent: typeof ROOT_CONTEXT): void {
  const remote = {
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
    traceState: createTraceState('vendor=1'),
  };
  const context = spec.remoteParent ? trace.setSpanContext(parent, remote) : parent;
  const span = provider.getTracer(spec.scope?.[0] ?? 'test', spec.scope?.[1]).startSpan(
    spec.name,
    {
      kind: spec.kind ?? SpanKind.INTERNAL,
      attributes: spec.attributes ?? {},
      links: spec.links ?? [],
      startTime: spec.startMillis ?? 1_700_000_000_000,
    },
    context,
  );
  for (const child of spec.children ?? []) run(provider, child, trace.setSpan(context, span));
  for (const event of spec.events ?? []) span.addEvent(event.name, event.attributes, 1_700_000_000_123);
  if (spec.status) span.setStatus(spec.status);
  span.end(spec.endMillis ?? 1_700_000_001_000);
}

/** Exports and resolves with the result. */
export function exported<Result>(
  exporter: { export(spans: ReadableSpan[], callback: (result: Result) => void): void },
  spans: ReadableSpan[],
): Promise<Result> {
  return new Promise((resolve) => exporter.export(spans, resolve));
}
