import { OtlpDecodeError } from './decode-error.js';

// Members of JSON objects as proto3 reads them: one that is absent or null has its default, one of another type is refused.

/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether `value` is an object that is neither `null` nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws OtlpDecodeError (as all of these do) when the member is no object */
export function readObject(object: JsonObject, name: string): JsonObject {
  const value = object[name] ?? {};
  if (isJsonObject(value)) return value;
  throw new OtlpDecodeError(`Expected \`${name}\` to be an object`);
}

export function readObjects(object: JsonObject, name: string): JsonObject[] {
  const value = object[name] ?? [];
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw new OtlpDecodeError(`Expected \`${name}\` to be an array of objects`);
}

export function readText(object: JsonObject, name: string): string {
  const value = object[name] ?? '';
  if (typeof value === 'string') return value;
  throw new OtlpDecodeError(`Expected \`${name}\` to be text`);
}

/** 32 bits without a sign; 0 when absent. */
export function readCount(object: JsonObject, name: string): number {
  const value = object[name] ?? 0;
  const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= 0xffff_ffff) return number;
  throw new OtlpDecodeError(`Expected \`${name}\` to be a whole number of 32 bits`);
}

const MAX_TIME = 2n ** 64n - 1n;

/** 64 bits without a sign; 0 when absent. */
export function readNanos(object: JsonObject, name: string): bigint {
  const value = object[name] ?? 0;
  if ((typeof value === 'string' && /^\d{1,20}$/.test(value)) || Number.isInteger(value)) {
    const nanos = BigInt(value as string | number);
    if (nanos >= 0n && nanos <= MAX_TIME) return nanos;
  }
  throw new OtlpDecodeError(`Expected \`${name}\` to be nanoseconds as decimal text`);
}
