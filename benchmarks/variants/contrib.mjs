// @opentelemetry/instrumentation-openai; it writes content to log records, never to spans.

import { OpenAIInstrumentation } from '@opentelemetry/instrumentation-openai';

export const name = 'contrib';
export const create = ({ openai, client, telemetry }) => {
  const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true });
  instrumentation.setTracerProvider(telemetry.tracerProvider);
  instrumentation.setMeterProvider(telemetry.meterProvider);
  instrumentation.setLoggerProvider(telemetry.loggerProvider);
  // It has no method for a module that is loaded already; this is the function its require hook would call.
  instrumentation.getModuleDefinitions()[0].patch(openai);
  return { call: (params) => client.chat.completions.create(params) };
};
