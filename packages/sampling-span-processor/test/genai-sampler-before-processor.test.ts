import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { GenAISampler } from '../src/genai-sampler.js';
import type { GenAISamplerOptions } from '../src/genai-sampler-options.js';
import { readOtSampling } from '../src/ot-trace-state.js';
import { SamplingSpanProcessor } from '../src/sampling-span-processor.js';
import type { SamplingSpanProcessorOptions } from '../src/sampling-options.js';
import { stricter, thresholdOf } from '../src/threshold.js';

function service(head: GenAISamplerOptions, tail: Omit<SamplingSpanProcessorOptions, 'delegate'>) {
  const exporter = new InMemorySpanExporter();
  const processor = new SamplingSpanProcessor({ ...tail, delegate: new SimpleSpanProcessor({ exporter }) });
  const provider = new TracerProvider({ sampler: new GenAISampler(head), spanProcessors: [processor] });
  const tracer = provider.getTracer('test');
  const request = (name: string, failed: boolean): string => {
    const root = tracer.startSpan(name, {}, ROOT_CONTEXT);
    const call = tracer.startSpan('chat', {}, trace.setSpan(ROOT_CONTEXT, root));
    if (failed) call.setStatus({ code: SpanStatusCode.ERROR });
    call.end();
    root.end();
    return root.spanContext().traceId;
  };
  const thresholds = () =>
    new Map(
      exporter.getFinishedSpans().map((span) => {
        const { traceId, traceState } = span.spanContext();
        return [traceId, readOtSampling(traceState).threshold];
      }),
    );
  return { request, thresholds, exporter };
}

test.each([
  [0.5, 0.25],
  [0.25, 0.5],
])('a head rate of %d and a tail rate of %d keep what the lower one keeps, not their product', (head, tail) => {
  const { request, thresholds } = service({ rate: head }, { rate: tail });
  const traceIds = Array.from({ length: 400 }, () => request('serve', false));
  const threshold = stricter(thresholdOf(head), thresholdOf(tail));
  const kept = traceIds.filter((traceId) => traceId.slice(18) >= threshold);
  expect(thresholds()).toEqual(new Map(kept.map((traceId) => [traceId, threshold])));
});

test('with spans of unsampled traces recorded, every failed trace is kept, whole, and no other by its rate', () => {
  const { request, thresholds, exporter } = service({ rate: 0.25, recordUnsampled: true }, { recordUnsampled: true });
  const fine = Array.from({ length: 200 }, () => request('serve', false));
  const failed = Array.from({ length: 200 }, () => request('serve', true));
  const kept = new Set([...fine.filter((traceId) => traceId.slice(18) >= thresholdOf(0.25)), ...failed]);
  expect(new Set(thresholds().keys())).toEqual(kept);
  expect(exporter.getFinishedSpans()).toHaveLength(kept.size * 2);
});

test('without, a trace that the head drops is gone whatever happens in it', () => {
  const { request, exporter } = service({ rate: 0 }, { recordUnsampled: true });
  request('serve', true);
  expect(exporter.getFinishedSpans()).toEqual([]);
});
