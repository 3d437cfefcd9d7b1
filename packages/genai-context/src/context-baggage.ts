import { propagation } from '@opentelemetry/api';
import type { Attributes, Baggage, Context } from '@opentelemetry/api';
import { CONTEXT_ATTRIBUTES } from './context-attributes.js';
import type { GenAIContextKey } from './context-attributes.js';
import type { GenAIContextValues } from './genai-context-values.js';
import { warnOnce } from './warn-once.js';

/** Longest value that is sent or taken from elsewhere, in bytes as it is sent (percent-encoded). */
const MAX_VALUE_BYTES = 512;
/** Most that is added to one request; what is there already is not counted. The W3C asks receivers for 8,192 in all. */
const MAX_TOTAL_BYTES = 2_048;
/** Most entries that are taken from a request. */
const MAX_RECEIVED = 32;

interface Received {
  readonly keys: readonly GenAIContextKey[];
  readonly attributes: Attributes | undefined;
}

/** Baggage is never changed, and that of a request is read for each of its spans: thousands of entries only once. */
const RECEIVED = new WeakMap<Baggage, Received>();

/**
 * A context whose baggage holds those of the values that are named. Entries of others stay.
 *
 * A value too long to be sent, or one more than there is room for, is left out and its key said once.
 */
export function withBaggage(context: Context, values: GenAIContextValues, keys: readonly GenAIContextKey[]): Context {
  let baggage = propagation.getBaggage(context) ?? propagation.createBaggage();
  let room = MAX_TOTAL_BYTES;
  for (const key of keys) {
    for (const [name, value] of entriesOf(key, values)) {
      const bytes = encodedLength(value);
      const size = encodedLength(name) + bytes + 2;
      if (bytes > MAX_VALUE_BYTES || size > room) {
        warnOnce(`baggage.${key}`, `at most ${MAX_VALUE_BYTES} bytes, and ${MAX_TOTAL_BYTES} together`);
        continue;
      }
      room -= size;
      baggage = baggage.setEntry(name, { value });
    }
  }
  return propagation.setBaggage(context, baggage);
}

/**
 * The attributes that the baggage of a context has for these keys, as it came from another service. Other entries, and
 * values that are too long, are passed over. All values are strings, as baggage has no other; `tags` are a list.
 *
 * Baggage can be written by whoever calls the service: name only keys that may be believed.
 *
 * @returns a frozen object, `undefined` when there are none
 */
export function genAIBaggageAttributes(context: Context, keys: readonly GenAIContextKey[]): Attributes | undefined {
  const baggage = propagation.getBaggage(context);
  if (baggage === undefined) return undefined;
  const known = RECEIVED.get(baggage);
  if (known?.keys === keys) return known.attributes;
  const attributes = attributesOf(baggage, keys);
  RECEIVED.set(baggage, { keys, attributes });
  return attributes;
}

function attributesOf(baggage: Baggage, keys: readonly GenAIContextKey[]): Attributes | undefined {
  let attributes: Attributes | undefined;
  let received = 0;
  for (const [name, { value }] of baggage.getAllEntries()) {
    if (received === MAX_RECEIVED) break;
    if (value === '' || value.length > MAX_VALUE_BYTES || name.length > MAX_VALUE_BYTES) continue;
    const key = keys.find((candidate) => isNameOf(candidate, name));
    if (key === undefined) continue;
    received += 1;
    (attributes ??= {})[name] = key === 'tags' ? value.split(',') : value;
  }
  return attributes === undefined ? undefined : Object.freeze(attributes);
}

function isNameOf(key: GenAIContextKey, name: string): boolean {
  const own = CONTEXT_ATTRIBUTES[key];
  return key === 'metadata' ? name.startsWith(own) && name !== own : name === own;
}

function entriesOf(key: GenAIContextKey, values: GenAIContextValues): readonly (readonly [string, string])[] {
  const name = CONTEXT_ATTRIBUTES[key];
  if (key === 'metadata') {
    return Object.entries(values.metadata ?? {}).map(([item, value]) => [name + item, String(value)]);
  }
  const value = values[key];
  if (value === undefined) return [];
  return [[name, typeof value === 'string' ? value : value.join(',')]];
}

/** In UTF-8, percent-encoded. */
function encodedLength(text: string): number {
  try {
    return encodeURIComponent(text).length;
  } catch {
    // Half of a surrogate pair cannot be sent.
    return Infinity;
  }
}
