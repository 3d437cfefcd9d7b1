import { putUtf8, putVarint, varintBytes } from './protobuf-wire.js';

/** Field 1 of KeyValue. */
const KEY = 0x0a;
/** The tag of field 2 of KeyValue. */
const VALUE = 0x12;

/** Keys as they are written. Instrumentations use a few dozen; what an application makes up must not fill the memory. */
const KEYS = new Map<string, Uint8Array>();
const MAX_KEYS = 2_000;
const MAX_KEY_LENGTH = 100;

/** The field `key` of a KeyValue, and the tag of its `value`: what stands between the lengths of the two. */
export function keyField(key: string): Uint8Array {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const field = encodedKey(key);
  if (KEYS.size < MAX_KEYS && key.length <= MAX_KEY_LENGTH) KEYS.set(key, field);
  return field;
}

function encodedKey(key: string): Uint8Array {
  const text = Buffer.allocUnsafeSlow(3 * key.length);
  const count = putUtf8(text, 0, key);
  const field = Buffer.allocUnsafeSlow(2 + varintBytes(count) + count);
  field[0] = KEY;
  const at = putVarint(field, 1, count);
  text.copy(field, at, 0, count);
  field[at + count] = VALUE;
  return field;
}
