import type { SpanProcessorLike } from '@genspan/span-processor-base';

/** Tells whether anything happened: counts starts and ends of spans. */
export class SpanActivity implements SpanProcessorLike {
  /** Spans started plus spans ended. */
  count = 0;

  onStart(): void {
    this.count += 1;
  }

  onEnd(): void {
    this.count += 1;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
