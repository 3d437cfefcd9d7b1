// @langfuse/openai, as it comes: content on. Without its span processor, whose masking and media scan cost extra.

import { observeOpenAI } from '@langfuse/openai';
import { setLangfuseTracerProvider } from '@langfuse/tracing';

export const name = 'langfuse';
export const create = ({ client, telemetry }) => {
  setLangfuseTracerProvider(telemetry.tracerProvider);
  const observed = observeOpenAI(client);
  return { call: (params) => observed.chat.completions.create(params) };
};
