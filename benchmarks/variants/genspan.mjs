// @genspan/instrumentation-openai with everything on: metrics, events, and content on the span.

import { createGenspanVariant } from './genspan-instrumentation.mjs';

export const name = 'genspan';
export const genspan = true;
export const create = createGenspanVariant({ captureMessageContent: 'span_only' }, { signals: true });
