// @genspan/instrumentation-openai with metrics, and content on the span.

import { createGenspanVariant } from './genspan-instrumentation.mjs';

export const name = 'genspan';
export const genspan = true;
export const create = createGenspanVariant(
  { captureMessageContent: 'span_only', emitEvents: false },
  { signals: true },
);
