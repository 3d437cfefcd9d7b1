// @arizeai/openinference-instrumentation-openai, as it comes: content on.

import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';

export const name = 'arize';
export const create = ({ openai, client, telemetry }) => {
  const instrumentation = new OpenAIInstrumentation({ tracerProvider: telemetry.tracerProvider });
  instrumentation.manuallyInstrument(openai);
  return { call: (params) => client.chat.completions.create(params) };
};
