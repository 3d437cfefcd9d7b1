import { BatchSpanProcessor, InMemorySpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { DelegatingSpanProcessor, SpanView } from '../src/index.js';
import type { ReadableSpanLike, SpanProcessorLike } from '../src/index.js';
import { RecordingProcessor, ThrowingProcessor } from './recording-processor.js';

class Stage extends DelegatingSpanProcessor {
  constructor(delegate: SpanProcessorLike) {
    super('Stage', delegate);
  }
  stats() {
    return this.failureStats();
  }
}

class Renaming extends Stage {
  protected override handleEnd(span: ReadableSpanLike): ReadableSpanLike {
    const view = new SpanView(span);
    view.name = `${span.name}!`;
    return view;
  }
}

class Failing extends Stage {
  protected override handleStart(): void {
    throw new Error('start');
  }
  protected override handleEnding(): void {
    throw new Error('ending');
  }
  protected override handleEnd(): ReadableSpanLike {
    throw new Error('end');
  }
  protected override handleFlush(): void {
    throw new Error('flush');
  }
}

function tracerOf(...spanProcessors: SpanProcessorLike[]) {
  return new TracerProvider({ spanProcessors }).getTracer('test');
}

test('hands every call on, in order', async () => {
  const end = new RecordingProcessor();
  const stage = new Stage(new Stage(end));
  tracerOf(stage).startSpan('a').end();
  await stage.forceFlush();
  await stage.shutdown();
  expect(end.calls).toEqual(['onStart', 'onEnding', 'onEnd', 'forceFlush', 'shutdown']);
});

test('works with a delegate that has no onEnding, as the BatchSpanProcessor has none', async () => {
  const exporter = new InMemorySpanExporter();
  const batch = new BatchSpanProcessor({ exporter });
  expect(Reflect.get(batch, 'onEnding')).toBeUndefined();
  const stage = new Renaming(batch);
  tracerOf(stage).startSpan('a').end();
  await stage.forceFlush();
  expect(exporter.getFinishedSpans().map((span) => span.name)).toEqual(['a!']);
  await stage.shutdown();
});

test('changes the span for the delegate only: a sibling keeps the original', () => {
  const [inner, sibling] = [new RecordingProcessor(), new RecordingProcessor()];
  tracerOf(new Renaming(inner), sibling).startSpan('a').end();
  expect(inner.ended.map((span) => span.name)).toEqual(['a!']);
  expect(sibling.ended.map((span) => span.name)).toEqual(['a']);
});

test('hands the original on when a stage fails, and counts each failure', async () => {
  const end = new RecordingProcessor();
  const stage = new Failing(end);
  tracerOf(stage).startSpan('a').end();
  await stage.forceFlush();
  expect(end.calls).toEqual(['onStart', 'onEnding', 'onEnd', 'forceFlush']);
  expect(end.ended[0]?.name).toBe('a');
  expect(stage.stats()).toEqual({
    droppedByFailure: 0,
    failures: { handleStart: 1, handleEnding: 1, handleEnd: 1, handleFlush: 1 },
  });
});

test('a stage that fails closed hands on its replacement', () => {
  class Closed extends Failing {
    protected override handleFailure(span: ReadableSpanLike): ReadableSpanLike {
      const view = new SpanView(span);
      view.name = 'masked';
      return view;
    }
  }
  const end = new RecordingProcessor();
  tracerOf(new Closed(end)).startSpan('secret').end();
  expect(end.ended.map((span) => span.name)).toEqual(['masked']);
});

test.each([
  ['gives no replacement', () => undefined],
  [
    'fails on the replacement too',
    () => {
      throw new Error('again');
    },
  ],
])('a stage that fails closed and %s drops the span and counts it', (_, replacement: () => undefined) => {
  class Closed extends Failing {
    protected override handleFailure(): undefined {
      return replacement();
    }
  }
  const end = new RecordingProcessor();
  const stage = new Closed(end);
  tracerOf(stage).startSpan('secret').end();
  expect(end.ended).toEqual([]);
  expect(stage.stats().droppedByFailure).toBe(1);
});

test('survives a delegate that throws from everything', async () => {
  const stage = new Stage(new ThrowingProcessor());
  tracerOf(stage).startSpan('a').end();
  expect(stage.stats().failures).toEqual({ 'delegate.onStart': 1, 'delegate.onEnding': 1, 'delegate.onEnd': 1 });
  await expect(stage.forceFlush()).rejects.toThrow('forceFlush');
  await expect(stage.shutdown()).rejects.toThrow('shutdown');
});

class Holding extends Stage {
  readonly held: ReadableSpanLike[] = [];
  protected override handleEnd(span: ReadableSpanLike): undefined {
    this.held.push(span);
  }
  protected override handleFlush(): void {
    for (const span of this.held.splice(0)) this.forward(span);
  }
}

test('a stage that holds spans hands them on before the delegate shuts down, in the same tick', () => {
  const end = new RecordingProcessor();
  const stage = new Holding(end);
  tracerOf(stage).startSpan('a').end();
  expect(end.calls).not.toContain('onEnd');
  void stage.shutdown();
  expect(end.calls.slice(-2)).toEqual(['onEnd', 'shutdown']);
});

test('waits for an asynchronous flush, and flushes the delegate even when it rejects', async () => {
  class Writing extends Stage {
    protected override handleFlush(): Promise<void> {
      return Promise.reject(new Error('disk'));
    }
  }
  const end = new RecordingProcessor();
  const stage = new Writing(end);
  await stage.forceFlush();
  expect(end.calls).toEqual(['forceFlush']);
  expect(stage.stats().failures).toEqual({ handleFlush: 1 });
});

test('shuts the delegate down once', async () => {
  const end = new RecordingProcessor();
  const stage = new Stage(end);
  await Promise.all([stage.shutdown(), stage.shutdown()]);
  expect(end.calls).toEqual(['shutdown']);
});

test('refuses a delegate that is not a span processor', () => {
  expect(() => void Reflect.construct(Stage, [undefined])).toThrow('Expected `delegate` to be a span processor');
});
