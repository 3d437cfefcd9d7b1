import { BatchSpanProcessor, InMemorySpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { createSpanPipeline } from '../src/index.js';

test.each(['safety', 'efficiency'] as const)('with order %s, spans reach the delegate', async (order) => {
  const exporter = new InMemorySpanExporter();
  const pipeline = createSpanPipeline({ order, delegate: new BatchSpanProcessor({ exporter }) });
  const provider = new TracerProvider({ spanProcessors: [pipeline] });
  provider.getTracer('app').startSpan('a').end();
  await provider.forceFlush();
  expect(exporter.getFinishedSpans().map((span) => span.name)).toEqual(['a']);
  await provider.shutdown();
});

test('keeps what a delegate throws out of the application', () => {
  const fail = () => {
    throw new Error('broken');
  };
  const delegate = { onStart: fail, onEnd: fail, forceFlush: fail, shutdown: fail };
  const pipeline = createSpanPipeline({ delegate });
  new TracerProvider({ spanProcessors: [pipeline] }).getTracer('app').startSpan('a').end();
  expect(pipeline.stats().failures).toEqual({ onStart: 1, onEnd: 1 });
});
