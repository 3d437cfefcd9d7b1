import { createContextKey, type Context } from '@opentelemetry/api';

/**
 * The key under which `suppressTracing()` of `@opentelemetry/core` marks a context. Context keys with the same
 * description are the same key, so the SDK, whose versions pin different API versions, need not be a dependency.
 */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Whether a context silences telemetry: spans (the SDK sees to those), and here metrics and events too. */
export function isTracingSuppressed(context: Context): boolean {
  return context.getValue(SUPPRESS_TRACING) === true;
}
