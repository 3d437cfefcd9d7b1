import type { SpanProcessorLike } from '@genspan/span-processor-base';

/** Takes nothing on. */
export const NOWHERE: SpanProcessorLike = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
