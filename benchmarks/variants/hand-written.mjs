// A span written by hand around the call, with the attributes genspan sets, content included.

import { createTracedChat } from './hand-written/traced-chat.mjs';

export const name = 'hand-written span';
export const create = ({ client, telemetry }) => ({
  call: createTracedChat({ client, tracer: telemetry.tracerProvider.getTracer('hand-written') }),
});
