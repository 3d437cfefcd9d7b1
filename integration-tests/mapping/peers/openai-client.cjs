// Makes the calls with the OpenAI client, watched by one instrumentation. usage: node openai-client.cjs <name> <base URL>
const { metrics } = require('@opentelemetry/api');
const { printCalls, tracerProvider, loggerProvider } = require('./telemetry.cjs');
const { CALLS } = require('./calls.cjs');

const INSTRUMENTATIONS = {
  opentelemetry: () => {
    const { OpenAIInstrumentation } = require('@opentelemetry/instrumentation-openai');
    return new OpenAIInstrumentation({ captureMessageContent: true });
  },
  traceloop: () => {
    const { OpenAIInstrumentation } = require('@traceloop/instrumentation-openai');
    return new OpenAIInstrumentation({ traceContent: true });
  },
  openinference: () => {
    const { OpenAIInstrumentation } = require('@arizeai/openinference-instrumentation-openai');
    return new OpenAIInstrumentation();
  },
};

const [name, baseURL] = process.argv.slice(2);
const instrumentation = INSTRUMENTATIONS[name]();
instrumentation.setTracerProvider(tracerProvider);
instrumentation.setLoggerProvider?.(loggerProvider);
// One of them throws inside the caller's stream when nobody gives it meters.
instrumentation.setMeterProvider(metrics.getMeterProvider());
instrumentation.enable();
const { OpenAI } = require('openai');
const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0 });
printCalls(CALLS, (call) => call(client)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
