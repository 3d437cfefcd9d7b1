// @genspan/instrumentation-openai with everything on: metrics, content on the span, and an event for each call.

import { createGenspanVariant } from './genspan-instrumentation.mjs';

export const name = 'genspan + events';
export const genspan = true;
export const create = createGenspanVariant({ captureMessageContent: 'span_only' }, { signals: true });
