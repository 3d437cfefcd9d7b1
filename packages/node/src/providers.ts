import { hasMethods } from '@genspan/span-processor-base';
import type { SdkModules } from './sdk-modules.js';

/** A provider of the SDK, for any signal. */
export interface Provider {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * The providers that are registered now, for traces, metrics and logs. A signal that is switched off has none.
 *
 * `NodeSDK` has no `forceFlush()`, and its `shutdown()` settles with the first failure while the other signals go on.
 */
export function registeredProviders(sdk: SdkModules): Provider[] {
  const { api } = sdk;
  const tracerProvider: unknown = api.trace.getTracerProvider();
  const delegate = hasMethods(tracerProvider, ['getDelegate']) ? tracerProvider.getDelegate() : tracerProvider;
  return [delegate, api.metrics.getMeterProvider(), registeredLoggerProvider(sdk)].filter(isProvider);
}

/** Waits for all, then rejects with the failures, if any. */
export async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const failures = (await Promise.allSettled(work)).flatMap((result) =>
    result.status === 'rejected' ? [result.reason as unknown] : [],
  );
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- an array of errors, as the SDK's own providers do
  if (failures.length > 0) throw failures.flat();
}

/** The logger provider: its API is in `@opentelemetry/api` from SDK 3 on, and in a package of its own before. */
export function registeredLoggerProvider(sdk: SdkModules): unknown {
  const api: object = sdk.api;
  const holder: unknown = 'logs' in api ? api : sdk.load('@opentelemetry/api-logs');
  const logs: unknown = typeof holder === 'object' && holder !== null ? Reflect.get(holder, 'logs') : undefined;
  return hasMethods(logs, ['getLoggerProvider']) ? logs.getLoggerProvider() : undefined;
}

function isProvider(value: unknown): value is Provider {
  return hasMethods(value, ['forceFlush', 'shutdown']);
}
