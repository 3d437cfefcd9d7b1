// What all genspan variants do; only the options and the providers differ.

/**
 * @param options - of OpenAIInstrumentation
 * @param signals - whether metrics and log records are recorded too
 * @returns the `create` of a variant; it gives nothing while the package is not built
 */
export const createGenspanVariant =
  (options, { signals }) =>
  ({ openai, client, telemetry, require }) => {
    const { OpenAIInstrumentation } = require('@genspan/instrumentation-openai');
    if (OpenAIInstrumentation === undefined) return undefined;
    const instrumentation = new OpenAIInstrumentation(options);
    instrumentation.setTracerProvider(telemetry.tracerProvider);
    if (signals) {
      instrumentation.setMeterProvider(telemetry.meterProvider);
      instrumentation.setLoggerProvider(telemetry.loggerProvider);
    }
    instrumentation.manuallyInstrument(openai.OpenAI);
    return { call: (params) => client.chat.completions.create(params) };
  };
