import { startOpenAIServer, waitUntil, type OpenAIServer } from '@genspan/test-utils';
import OpenAI, { type ClientOptions } from 'openai';
import { OpenAIInstrumentation, type OpenAIInstrumentationConfig } from '@genspan/instrumentation-openai';
import { inMemoryTelemetry, type InMemoryTelemetry } from './in-memory-telemetry.js';

export interface ObservedOpenAI extends InMemoryTelemetry {
  readonly server: OpenAIServer;
  readonly instrumentation: OpenAIInstrumentation;
  /** A client of the server; `scenario` chooses how it answers. */
  readonly client: (scenario?: string, options?: ClientOptions) => OpenAI;
  readonly close: () => Promise<void>;
}

/** The real client, observed, against a real server on loopback, and a real SDK that keeps everything in memory. */
export async function observedOpenAI(config: OpenAIInstrumentationConfig = {}): Promise<ObservedOpenAI> {
  const telemetry = inMemoryTelemetry();
  const server = await startOpenAIServer();
  const instrumentation = new OpenAIInstrumentation(config);
  instrumentation.setTracerProvider(telemetry.tracerProvider);
  instrumentation.setMeterProvider(telemetry.meterProvider);
  instrumentation.setLoggerProvider(telemetry.loggerProvider);
  instrumentation.manuallyInstrument(OpenAI);
  return {
    ...telemetry,
    server,
    instrumentation,
    client: (scenario, options) =>
      new OpenAI({
        apiKey: 'none',
        baseURL: server.baseURL,
        maxRetries: 0,
        defaultHeaders: scenario === undefined ? {} : { 'x-scenario': scenario },
        ...options,
      }),
    close: async () => {
      instrumentation.disable();
      instrumentation.shutdown();
      await server.close();
      await telemetry.shutdown();
    },
  };
}

/** A chat request; `stream` is for the caller to add. */
export const QUESTION = {
  model: 'gpt-4o-mini',
  messages: [{ role: 'user' as const, content: 'What is the capital of France?' }],
};

/** Resolves once the condition holds. */
export function until(condition: () => boolean): Promise<void> {
  return waitUntil(condition, 5000, () => 'the condition to hold');
}
