import { StructureError } from './field-replace.js';

/** What exporters make of an object. */
export function plainOf(value: object): unknown {
  if (hasToJson(value)) return value.toJSON();
  if (value instanceof Map) return Object.fromEntries<unknown>(value);
  return value instanceof Set ? [...value] : value;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

/** @throws StructureError instead of what a getter or a proxy throws */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new StructureError('Expected a value that can be read', { cause: error });
  }
}
