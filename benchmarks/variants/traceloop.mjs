// @traceloop/instrumentation-openai, content on, its token estimate off (its default).

import { OpenAIInstrumentation } from '@traceloop/instrumentation-openai';

export const name = 'traceloop';
export const create = ({ openai, client, telemetry }) => {
  const instrumentation = new OpenAIInstrumentation({ traceContent: true });
  instrumentation.setTracerProvider(telemetry.tracerProvider);
  instrumentation.manuallyInstrument(openai.OpenAI);
  return { call: (params) => client.chat.completions.create(params) };
};
