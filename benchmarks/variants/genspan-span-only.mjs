// @genspan/instrumentation-openai where the application has no meter and no logger provider; content on the span.

import { createGenspanVariant } from './genspan-instrumentation.mjs';

export const name = 'genspan, span only';
export const genspan = true;
export const create = createGenspanVariant({ captureMessageContent: 'span_only' }, { signals: false });
