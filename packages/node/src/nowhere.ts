import { EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { SpanExporterLike, SpanProcessorLike } from '@genspan/span-processor-base';

/** Takes nothing on. */
export const NOWHERE: SpanProcessorLike = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** Exports nothing. */
export const NOWHERE_EXPORTER: SpanExporterLike = {
  export: (_, resultCallback) => resultCallback({ code: EXPORT_SUCCESS }),
  shutdown: () => Promise.resolve(),
};
