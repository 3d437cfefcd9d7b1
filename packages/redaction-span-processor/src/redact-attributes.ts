import { ATTR_GENSPAN_REDACTION } from '@genspan/semconv';
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
  let next: Record<string, unknown> | undefined;
  // Not for-in: the SDK's attributes are a hash table to V8, of which that takes half as long again.
  const keys = Object.keys(attributes);
  for (const key of keys) {
    const given = read(redaction, attributes, key);
    const value = given === UNREADABLE ? MASK : own(redaction, given);
    const redacted = engine.attribute(key, value, field);
    const redactedKey = engine.key(key, field);
    if (next === undefined) {
      if (engine.dryRun || (redactedKey === key && Object.is(redacted, given))) continue;
      next = copyUpTo(attributes, keys, key);
    }
    if (redacted !== REMOVED) next[freeKey(next, redactedKey)] = redacted;
  }
  return next === undefined ? attributes : (next as T);
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

function copyUpTo(
  attributes: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  end: string,
): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of keys) {
    if (key === end) break;
    copy[key] = attributes[key];
  }
  return copy;
}

/** Two keys may be the same once what was secret in them is gone. */
function freeKey(attributes: Record<string, unknown>, key: string): string {
  if (!Object.hasOwn(attributes, key)) return key;
  let number = 2;
  while (Object.hasOwn(attributes, `${key}.${number}`)) number++;
  return `${key}.${number}`;
}
