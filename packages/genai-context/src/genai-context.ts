import { context as contextApi, createContextKey } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { GenAIContextValues } from './genai-context-values.js';
import { CONTEXT_ATTRIBUTES } from './context-attributes.js';
import type { GenAIContextKey } from './context-attributes.js';
import { withBaggage } from './context-baggage.js';
import { usableValues } from './usable-values.js';
import { warnOnce } from './warn-once.js';

/** The API makes equal keys of equal names (`Symbol.for`), so all copies of this package in a process read each other's values. */
const KEY = createContextKey('genspan.genai-context');

/** Options of {@link withGenAIContext} and {@link setGenAIContext}. */
export interface GenAIContextOptions {
  /**
   * Values that other services get, too: they are put into the baggage of the context, from where the propagator of the
   * OpenTelemetry set-up writes them into the header `baggage` of **every** outgoing request, those to the model's provider
   * and to other third parties among them. A value takes up to 512 bytes, all together 2,048.
   * @defaultValue none: nothing leaves the process
   */
  readonly baggage?: readonly GenAIContextKey[];
}

/**
 * Runs `fn` with these values in the active OpenTelemetry context, so that everything that `fn` starts can see them:
 * callees, promises, timers, spans of any instrumentation.
 *
 * Values of an enclosing call stay: single values are replaced, `tags` are united, `metadata` is merged key by key.
 * Without a registered context manager (every OpenTelemetry SDK set-up registers one) `fn` runs without the values.
 *
 * @param values - What to add. A value that cannot be used is left out and its key said once through `diag`; `fn` runs anyway.
 * @param fn - Called once, at once, without arguments.
 * @param options - What else is to become of the values.
 * @returns what `fn` returns, the same promise if it is one
 * @throws what `fn` throws, and nothing else
 */
export function withGenAIContext<T>(values: GenAIContextValues, fn: () => T, options?: GenAIContextOptions): T {
  return contextApi.with(setGenAIContext(contextApi.active(), values, options), fn);
}

/**
 * A context with these values added to those it has, in the way of {@link withGenAIContext}. For code that hands on
 * contexts itself. The given context is not changed. Never throws.
 */
export function setGenAIContext(
  context: Context,
  values: GenAIContextValues,
  { baggage = [] }: GenAIContextOptions = {},
): Context {
  try {
    const merged = merge(getGenAIContext(context), usableValues(values));
    if (merged === undefined) return context;
    const keys = usableKeys(baggage);
    const next = context.setValue(KEY, merged);
    return keys.length === 0 ? next : withBaggage(next, merged, keys);
  } catch {
    // A getter or a proxy among the values threw.
    warnOnce('values', 'an object that can be read');
    return context;
  }
}

/**
 * The values in a context, frozen in depth.
 *
 * @param context - as a rule left out. Default: the active context
 * @returns `undefined` where none were set
 */
export function getGenAIContext(context: Context = contextApi.active()): GenAIContextValues | undefined {
  return context.getValue(KEY) as GenAIContextValues | undefined;
}

function merge(outer: GenAIContextValues | undefined, inner: GenAIContextValues): GenAIContextValues | undefined {
  const merged = { ...outer, ...inner };
  if (inner.tags !== undefined) merged.tags = Object.freeze([...new Set([...(outer?.tags ?? []), ...inner.tags])]);
  if (inner.metadata !== undefined) merged.metadata = Object.freeze({ ...outer?.metadata, ...inner.metadata });
  return Object.keys(merged).length === 0 ? undefined : Object.freeze(merged);
}

function usableKeys(given: unknown): readonly GenAIContextKey[] {
  const items: readonly unknown[] = Array.isArray(given) ? given : [];
  const keys = items.filter(isContextKey);
  if (!Array.isArray(given) || keys.length < items.length) {
    warnOnce('baggage', `an array of ${Object.keys(CONTEXT_ATTRIBUTES).join(', ')}`);
  }
  return keys;
}

function isContextKey(item: unknown): item is GenAIContextKey {
  return typeof item === 'string' && Object.hasOwn(CONTEXT_ATTRIBUTES, item);
}
