import type { Attributes } from '@opentelemetry/api';
import { OtlpDecodeError } from './decode-error.js';
import { setAttribute } from './decoded-span.js';
import { readObject, readObjects, readText } from './decode-json-fields.js';
import type { JsonObject } from './decode-json-fields.js';

/** As deep as a protobuf reader goes: a level of a value takes three messages of a hundred. */
const MAX_DEPTH = 32;

/** A list of KeyValue as attributes. @throws OtlpDecodeError */
export function readAttributes(object: JsonObject): Attributes {
  return readEntries({}, readObjects(object, 'attributes'), 0);
}

function readEntries<Target extends object>(target: Target, entries: readonly JsonObject[], depth: number): Target {
  for (const entry of entries) {
    setAttribute(target, readText(entry, 'key'), readValue(readObject(entry, 'value'), depth));
  }
  return target;
}

type ReadValue = (object: JsonObject, name: string, depth: number) => unknown;

/** How each member of AnyValue is read. */
const READ: Readonly<Record<string, ReadValue>> = {
  stringValue: readText,
  boolValue: (object, name) => {
    if (typeof object[name] === 'boolean') return object[name];
    throw new OtlpDecodeError('Expected `boolValue` to be true or false');
  },
  intValue: readInteger,
  doubleValue: readDouble,
  bytesValue: (object, name) => Uint8Array.from(Buffer.from(readText(object, name), 'base64')),
  arrayValue: (object, name, depth) =>
    readObjects(readObject(object, name), 'values').map((value) => readValue(value, depth + 1)),
  kvlistValue: (object, name, depth) => readEntries({}, readObjects(readObject(object, name), 'values'), depth + 1),
};

function readValue(value: JsonObject, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new OtlpDecodeError(`Expected values of at most ${MAX_DEPTH} levels`);
  for (const name in value) {
    const read = Object.hasOwn(READ, name) ? READ[name] : undefined;
    if (read !== undefined && value[name] !== null) return read(value, name, depth);
  }
  return undefined;
}

/** 64 bits with a sign, as text or as a number; beyond 2⁵³ the nearest number there is. */
function readInteger(object: JsonObject, name: string): number {
  const value = object[name];
  if ((typeof value === 'string' && /^-?\d{1,19}$/.test(value)) || Number.isInteger(value)) return Number(value);
  throw new OtlpDecodeError(`Expected \`${name}\` to be a whole number as decimal text`);
}

function readDouble(object: JsonObject, name: string): number {
  const value = object[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && (value === 'NaN' || !Number.isNaN(number))) return number;
  throw new OtlpDecodeError(`Expected \`${name}\` to be a number`);
}
