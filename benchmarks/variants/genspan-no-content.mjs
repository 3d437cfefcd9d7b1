// @genspan/instrumentation-openai as it comes: metrics and events on, content off.

import { createGenspanVariant } from './genspan-instrumentation.mjs';

export const name = 'genspan, content off';
export const genspan = true;
export const create = createGenspanVariant({ captureMessageContent: false }, { signals: true });
