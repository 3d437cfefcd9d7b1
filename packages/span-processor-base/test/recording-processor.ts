import type { ReadableSpanLike, SpanProcessorLike } from '../src/index.js';

/** Remembers the spans that reached it and the calls it got, in order. */
export class RecordingProcessor implements SpanProcessorLike {
  readonly calls: string[] = [];
  readonly ended: ReadableSpanLike[] = [];

  onStart(): void {
    this.calls.push('onStart');
  }
  onEnding(): void {
    this.calls.push('onEnding');
  }
  onEnd(span: ReadableSpanLike): void {
    this.calls.push('onEnd');
    this.ended.push(span);
  }
  forceFlush(): Promise<void> {
    this.calls.push('forceFlush');
    return Promise.resolve();
  }
  shutdown(): Promise<void> {
    this.calls.push('shutdown');
    return Promise.resolve();
  }
}

/** Throws from everything, synchronously. */
export class ThrowingProcessor implements SpanProcessorLike {
  onStart(): void {
    throw new Error('onStart');
  }
  onEnding(): void {
    throw new Error('onEnding');
  }
  onEnd(): void {
    throw new Error('onEnd');
  }
  forceFlush(): Promise<void> {
    throw new Error('forceFlush');
  }
  shutdown(): Promise<void> {
    throw new Error('shutdown');
  }
}
