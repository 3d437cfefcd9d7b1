import { types } from 'node:util';
import { MAX_DEPTH, MAX_VALUES } from './structure-limits.js';

/**
 * Replaces bytes by copies. The SDK copies lists and maps when they are set, but not bytes: a buffer that the application uses
 * again would leave with what is in it then, and not with what was searched.
 *
 * @returns the identical value when there are none in it
 * @throws RangeError when it is nested too deeply, or in itself, or a list in it is too long
 */
export function ownBytes(value: object, depth = 0): object {
  if (depth > MAX_DEPTH) throw new RangeError(`Expected at most ${MAX_DEPTH} levels`);
  // Not slice(): that of a Buffer is no copy.
  if (types.isUint8Array(value)) return new Uint8Array(value);
  if (Array.isArray(value)) {
    // One with a gap can be longer than can be looked through.
    if (value.length > MAX_VALUES) throw new RangeError(`Expected at most ${MAX_VALUES} values`);
    // Embeddings are long.
    if (!value.some((item) => isObject(item))) return value as unknown[];
  }
  let next: object | undefined;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    const member: unknown = Reflect.get(value, key);
    if (!isObject(member)) continue;
    const owned = ownBytes(member, depth + 1);
    if (owned === member) continue;
    next ??= Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    Reflect.set(next, key, owned);
  }
  return next ?? value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
