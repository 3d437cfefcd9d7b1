import { ATTR_GENSPAN_REDACTION } from '@genspan/semconv';
import { FreeKeys } from './free-keys.js';
import { ownBytes } from './own-bytes.js';
import type { Redaction } from './redaction.js';
import { REMOVED } from './redaction-engine.js';
import type { RedactionField } from './redaction-field.js';
import { MASK } from './replacer.js';

/**
 * Redacts keys and values, in their order. An attribute that cannot be read is masked.
 *
 * @returns the identical object when nothing is found, else a new one with values of the same kinds
 */
export function redactAttributes<T extends Readonly<Record<string, unknown>> | undefined>(
  redaction: Redaction,
  attributes: T,
  field: RedactionField,
): T {
  if (attributes === undefined) return attributes;
  const { engine } = redaction;
  let next: [string, unknown][] | undefined;
  let free: FreeKeys | undefined;
  // Not for-in: the SDK's attributes are a hash table to V8, of which that takes half as long again.
  const keys = Object.keys(attributes);
  for (const key of keys) {
    const given = read(redaction, attributes, key);
    const value = given === UNREADABLE ? MASK : own(redaction, given);
    const redacted = engine.attribute(key, value, field);
    const redactedKey = engine.key(key, field);
    if (next === undefined || free === undefined) {
      if (engine.dryRun || (redactedKey === key && Object.is(redacted, given))) continue;
      next = keys.slice(0, keys.indexOf(key)).map((before) => [before, attributes[before]]);
      free = new FreeKeys(next.map(([before]) => before));
    }
    if (redacted !== REMOVED) next.push([free.take(redactedKey), redacted]);
  }
  // Defines members, so that one called `__proto__` is one.
  return next === undefined ? attributes : (Object.fromEntries(next) as T);
}

/**
 * Adds what a dry run found.
 *
 * @returns the identical object when that is nothing, else a copy with the number of matches of each detector
 */
export function markAttributes<T extends Readonly<Record<string, unknown>>>(redaction: Redaction, attributes: T): T {
  const marks = redaction.engine.takeMarks();
  if (marks === undefined) return attributes;
  const marked: Record<string, unknown> = Object.assign({}, attributes);
  for (const [detector, count] of Object.entries(marks)) marked[ATTR_GENSPAN_REDACTION(detector)] = count;
  return marked as T;
}

const UNREADABLE = Symbol('unreadable');

function read(redaction: Redaction, attributes: Readonly<Record<string, unknown>>, key: string): unknown {
  try {
    return attributes[key];
  } catch (error) {
    redaction.failures.record('attribute', error);
    return UNREADABLE;
  }
}

function own(redaction: Redaction, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  try {
    return ownBytes(value);
  } catch (error) {
    redaction.failures.record('attribute', error);
    return MASK;
  }
}
