import { TracerProvider } from '@opentelemetry/sdk-trace';
import { GuardedSpanProcessor } from '../src/guarded-span-processor.js';
import { RecordingProcessor, ThrowingProcessor } from './recording-processor.js';

/** What a user writes who does not know that nobody awaits these. */
class AsyncProcessor {
  async onStart() {}
  async onEnd() {
    throw new Error('late');
  }
  async forceFlush() {}
  async shutdown() {}
}

test('keeps every throw out of startSpan() and end(), and counts it', () => {
  const guarded = new GuardedSpanProcessor(new ThrowingProcessor());
  const after = new RecordingProcessor();
  const tracer = new TracerProvider({ spanProcessors: [guarded, after] }).getTracer('test');

  tracer.startSpan('a').end();
  tracer.startSpan('b').end();

  expect(guarded.stats()).toEqual({ failures: { onStart: 2, onEnding: 2, onEnd: 2 } });
  expect(after.ended.map((span) => span.name)).toEqual(['a', 'b']);
});

test('without the guard the same processor breaks the application', () => {
  const tracer = new TracerProvider({ spanProcessors: [new ThrowingProcessor()] }).getTracer('test');
  expect(() => tracer.startSpan('a')).toThrow('onStart');
});

test('turns a throw of forceFlush() and shutdown() into a rejection', async () => {
  const guarded = new GuardedSpanProcessor(new ThrowingProcessor());
  await expect(guarded.forceFlush()).rejects.toThrow('forceFlush');
  await expect(guarded.shutdown()).rejects.toThrow('shutdown');
});

test('counts the rejection of a processor whose methods are async', async () => {
  const guarded = new GuardedSpanProcessor(new AsyncProcessor());
  new TracerProvider({ spanProcessors: [guarded] }).getTracer('test').startSpan('a').end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(guarded.stats()).toEqual({ failures: { onEnd: 1 } });
});

test('passes everything through to a processor that works', async () => {
  const inner = new RecordingProcessor();
  const provider = new TracerProvider({ spanProcessors: [new GuardedSpanProcessor(inner)] });
  provider.getTracer('test').startSpan('a').end();
  await provider.forceFlush();
  await provider.shutdown();
  expect(inner.calls).toEqual(['onStart', 'onEnding', 'onEnd', 'forceFlush', 'shutdown']);
});

test('refuses what is not a span processor', () => {
  expect(() => void Reflect.construct(GuardedSpanProcessor, [{}])).toThrow(
    /Expected `processor` to be a span processor/,
  );
});
