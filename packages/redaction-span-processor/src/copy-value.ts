import { types } from 'node:util';
import { errorMembers, isError } from './plain-value.js';
import { MAX_DEPTH, MAX_VALUES } from './structure-limits.js';

/**
 * A copy of a structure. The SDK takes the body of a log record as it is, so the application can write into it until it is
 * exported: what leaves must be what was searched. Exporters make of the copy what they would have made of the original:
 * dates, Maps, Sets and errors are copied in kind, and anything else becomes its enumerable members, without functions.
 *
 * @returns anything else as it is
 * @throws RangeError when it is nested too deeply, or in itself, or is too large
 */
export function copyValue(value: unknown): unknown {
  return new Copy().of(value, 0);
}

class Copy {
  #valuesLeft = MAX_VALUES;

  of(value: unknown, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
    if (depth > MAX_DEPTH) throw new RangeError(`Expected at most ${MAX_DEPTH} levels`);
    // Not slice(): that of a Buffer is no copy.
    if (types.isUint8Array(value)) return new Uint8Array(value);
    if (Array.isArray(value)) return this.#items(value, depth);
    if (types.isDate(value)) return new Date(value);
    if (types.isMap(value)) return new Map(this.#items([...value], depth) as [unknown, unknown][]);
    if (types.isSet(value)) return new Set(this.#items([...value], depth));
    if (types.isBoxedPrimitive(value)) return value.valueOf();
    if (isError(value)) return this.#error(value, depth);
    return Object.fromEntries(this.#entries(value, depth));
  }

  #items(items: readonly unknown[], depth: number): unknown[] {
    // Before anything is done with each: an array with a gap can be longer than anything can be done with.
    this.#spend(items.length);
    return items.map((item) => this.of(item, depth + 1));
  }

  #entries(value: object, depth: number): [string, unknown][] {
    const entries = Object.entries(value);
    this.#spend(entries.length);
    return entries.map(([key, member]) => [key, this.of(member, depth + 1)]);
  }

  #error(error: Error, depth: number): Error {
    const copy = new Error();
    for (const [key, value] of this.#entries(errorMembers(error), depth)) {
      const enumerable = Object.prototype.propertyIsEnumerable.call(error, key);
      Object.defineProperty(copy, key, { value, enumerable, configurable: true, writable: true });
    }
    return copy;
  }

  #spend(count: number): void {
    this.#valuesLeft -= count;
    if (this.#valuesLeft < 0) throw new RangeError(`Expected at most ${MAX_VALUES} values`);
  }
}
