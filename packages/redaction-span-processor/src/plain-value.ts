import { types } from 'node:util';
import { StructureError } from './field-replace.js';
import { FreeKeys } from './free-keys.js';

/**
 * What is in an object that is more than its members: what `toJSON` returns, the entries of a Map, the items of a Set and of
 * an array of long numbers, what a `String` object wraps, and of an error name, message, stack and cause.
 *
 * @returns the object itself when it is its members and no more
 */
export function plainOf(value: object): unknown {
  if (hasToJson(value)) return value.toJSON();
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return value;
  if (types.isMap(value)) return objectOf(Array.from(value, ([key, member]) => [String(key), member]));
  if (types.isSet(value)) return [...value];
  if (types.isBoxedPrimitive(value)) return value.valueOf();
  if (isLongNumbers(value)) return Array.from<unknown>(value);
  if (isError(value)) return errorMembers(value);
  return value;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/**
 * The object with these members, also one called `__proto__`. Keys that are the same get numbers; a function `toJSON` is left
 * out, which would put another object in its place.
 */
export function objectOf(members: readonly (readonly [string, unknown])[]): object {
  const keys = new FreeKeys();
  return Object.fromEntries(
    members
      .filter(([key, member]) => key !== 'toJSON' || typeof member !== 'function')
      .map(([key, member]) => [keys.take(key), member]),
  );
}

/** Numbers that may have as many digits as a card, which is why they are no bytes. */
export function isLongNumbers(value: object): value is Float64Array | BigInt64Array | BigUint64Array {
  return types.isFloat64Array(value) || types.isBigInt64Array(value) || types.isBigUint64Array(value);
}

/** An error, also one of another realm. */
export function isError(value: object): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** What consoles print of an error: its members, most of which no other exporter sees. */
export function errorMembers(error: Error): Record<string, unknown> {
  const names = new Set(['name', 'message', 'stack', ...Object.getOwnPropertyNames(error)]);
  return Object.fromEntries(Array.from(names, (name) => [name, Reflect.get(error, name)]));
}

/**
 * @returns `value` if it is an array
 * @throws StructureError when it is a proxy that is none any more
 */
export function itemsOf(value: object): readonly unknown[] | undefined {
  return reading(() => (Array.isArray(value) ? value : undefined));
}

/** @throws StructureError instead of what a getter or a proxy throws */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new StructureError('Expected a value that can be read', { cause: error });
  }
}
