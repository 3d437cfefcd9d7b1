import { context, createContextKey } from '@opentelemetry/api';

/**
 * The key under which `suppressTracing()` of `@opentelemetry/core` marks a context. Context keys with the same
 * description are the same key, so the SDK, whose versions pin different API versions, need not be a dependency.
 */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Runs `work`, and what follows from it, so that instrumentations record nothing of it: the requests of an export. */
export function withoutTracing<T>(work: () => T): T {
  return context.with(context.active().setValue(SUPPRESS_TRACING, true), work);
}
