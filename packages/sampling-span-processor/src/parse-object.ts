import { OptionError } from '@genspan/span-processor-base';

/** Longest part of a key that a message repeats; what is longer may be something else than a key. */
const MAX_QUOTED_LENGTH = 40;

/** An object as a record, for keys that are not known beforehand. */
export function expectObject(option: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(option, 'to be an object', value);
  }
  return Object.fromEntries(Object.entries(value));
}

/**
 * An object as a record, checked for misspelt keys.
 *
 * @throws OptionError when it is not an object, or has a key that is not in `known`.
 */
export function expectObjectWith(
  option: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  const object = expectObject(option, value);
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown === undefined) return object;
  throw new OptionError(option, `to have only ${known.map((key) => `\`${key}\``).join(', ')}`, unknown);
}

/** A name that somebody chose, for a message: in quotes, on one line, cut when it is long. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > MAX_QUOTED_LENGTH ? `${name.slice(0, MAX_QUOTED_LENGTH)}…` : name);
}
