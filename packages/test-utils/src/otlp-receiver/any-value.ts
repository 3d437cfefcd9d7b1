import { asJsonObject, asJsonObjects, asString } from '../json.js';

/** Attributes as a plain object; integers are numbers, bytes are base64 text. */
export type PlainAttributes = Readonly<Record<string, unknown>>;

/** A list of OTLP `KeyValue`s as a plain object. */
export function plainAttributes(keyValues: unknown): PlainAttributes {
  return Object.fromEntries(asJsonObjects(keyValues).map(({ key, value }) => [asString(key), plainValue(value)]));
}

/** An OTLP `AnyValue` as the value it stands for; `undefined` when it is empty. */
export function plainValue(anyValue: unknown): unknown {
  const value = asJsonObject(anyValue);
  if ('stringValue' in value) return value['stringValue'];
  if ('boolValue' in value) return value['boolValue'];
  if ('intValue' in value) return Number(value['intValue']);
  if ('doubleValue' in value) return value['doubleValue'];
  if ('bytesValue' in value) return value['bytesValue'];
  if ('arrayValue' in value) return asJsonObjects(asJsonObject(value['arrayValue'])['values']).map(plainValue);
  if ('kvlistValue' in value) return plainAttributes(asJsonObject(value['kvlistValue'])['values']);
  return undefined;
}
