// The hand-written span and the metrics genspan records.

import { createMetrics } from './hand-written/metrics.mjs';
import { createTracedChat } from './hand-written/traced-chat.mjs';

export const name = 'hand-written span + metrics';
export const create = ({ client, telemetry }) => ({
  call: createTracedChat({
    client,
    tracer: telemetry.tracerProvider.getTracer('hand-written'),
    metrics: createMetrics(telemetry.meterProvider.getMeter('hand-written')),
  }),
});
