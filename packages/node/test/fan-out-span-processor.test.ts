import { TracerProvider } from '@opentelemetry/sdk-trace';
import { buildSpan } from '@genspan/test-utils';
import { FanOutSpanProcessor } from '../src/fan-out-span-processor.js';
import { RecordingSpanProcessor } from './recording-span-processor.js';

describe('FanOutSpanProcessor', () => {
  it('hands everything to each processor, in order', async () => {
    const calls: string[] = [];
    const both = new FanOutSpanProcessor(['a', 'b'].map((name) => new RecordingSpanProcessor(name, calls)));
    const provider = new TracerProvider({ spanProcessors: [both] });
    provider.getTracer('test').startSpan('work').end();
    await provider.forceFlush();
    await provider.shutdown();
    const steps = ['onStart', 'onEnding', 'onEnd', 'forceFlush', 'shutdown'];
    expect(calls).toEqual(steps.flatMap((step) => [`a ${step}`, `b ${step}`]));
  });

  it('hands a span to the second processor when the first throws', () => {
    const calls: string[] = [];
    const failing = new RecordingSpanProcessor('a', calls, new Error('no'));
    new FanOutSpanProcessor([failing, new RecordingSpanProcessor('b', calls)]).onEnd(buildSpan());
    expect(calls).toEqual(['a onEnd', 'b onEnd']);
  });

  it('rejects with the first failure, after all have finished', async () => {
    const calls: string[] = [];
    const failing = new RecordingSpanProcessor('a', calls, new Error('no'));
    const both = new FanOutSpanProcessor([failing, new RecordingSpanProcessor('b', calls)]);
    await expect(both.forceFlush()).rejects.toThrow('no');
    await expect(both.shutdown()).rejects.toThrow('no');
    expect(calls).toEqual(['a forceFlush', 'b forceFlush', 'a shutdown', 'b shutdown']);
  });
});
