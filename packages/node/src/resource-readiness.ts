import type { SpanLike, SpanProcessorLike } from '@genspan/span-processor-base';

/**
 * Has the resource complete soon after the first span has started.
 *
 * The SDK looks some attributes up in the background, such as the id of the host, and asks whether they are there only when
 * it exports for the first time; then it waits. Where that is the exit of the process there is nothing left to wait with, and
 * not even the console gets the spans.
 */
export class ResourceReadiness implements SpanProcessorLike {
  #isAsked = false;

  onStart({ resource }: SpanLike): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    // What fails here is told by the SDK, and again when it exports.
    if (resource.asyncAttributesPending === true) resource.waitForAsyncAttributes?.().catch(() => undefined);
  }

  onEnd(): void {}

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
