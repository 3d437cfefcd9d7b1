import * as api from '@opentelemetry/api';
import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import { logs as apiLogs } from '@opentelemetry/api-logs';
import { GenAIRecorder, type LoggerLike } from '@genspan/genai-operation';
import { resolveOptions, type ObservationOptions } from './config.js';
import type { Observer } from './observe-method.js';
import { PACKAGE_NAME, PACKAGE_VERSION } from './package-info.js';
import { patchInstance } from './patch.js';

/** What makes loggers; the LoggerProviders of both SDK lines do. */
export interface LoggerProviderLike {
  getLogger(name: string, version?: string): LoggerLike;
}

/** Options of {@link wrapOpenAI}. */
export interface WrapOpenAIOptions extends ObservationOptions {
  /** @defaultValue the global one */
  tracerProvider?: TracerProvider;
  /** @defaultValue the global one at the time of wrapping */
  meterProvider?: MeterProvider;
  /** @defaultValue the global one at the time of wrapping */
  loggerProvider?: LoggerProviderLike;
}

/**
 * Observes one client, of `openai` or of any package with the same resources and methods, and those made from it by
 * `withOptions()`. A client whose class is observed already is left as it is: each call is recorded once.
 *
 * @returns the same client
 * @throws TypeError when `client` is no object, or on a bad option
 */
export function wrapOpenAI<Client extends object>(client: Client, options: WrapOpenAIOptions = {}): Client {
  if (typeof client !== 'object' || client === null) {
    throw new TypeError(`Expected \`client\` to be an OpenAI client, got ${client === null ? 'null' : typeof client}`);
  }
  const { tracerProvider, meterProvider, loggerProvider, ...observation } = options;
  const { requestStreamUsage, requestHook, responseHook, ...settings } = resolveOptions(observation);
  const recorder = new GenAIRecorder({
    namespace: PACKAGE_NAME,
    tracer: (tracerProvider ?? api.trace).getTracer(PACKAGE_NAME, PACKAGE_VERSION),
    meter: (meterProvider ?? api.metrics).getMeter(PACKAGE_NAME, PACKAGE_VERSION),
    logger: (loggerProvider ?? globalLoggers()).getLogger(PACKAGE_NAME, PACKAGE_VERSION),
    ...settings,
  });
  const observer: Observer = { recorder, enabled: true, requestStreamUsage, requestHook, responseHook };
  const observed = patchInstance(client, () => observer);
  if (observed === 0) {
    api.diag.debug(`${PACKAGE_NAME}: found no method to observe: the client is observed already, or no OpenAI client`);
  }
  return client;
}

/** The logs API is a package of its own up to API 1.9 and part of the API from 1.10 on. */
function globalLoggers(): LoggerProviderLike {
  const { logs } = api as { logs?: LoggerProviderLike };
  return logs ?? apiLogs;
}
