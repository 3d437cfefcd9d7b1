import { types } from 'node:util';
import { MAX_SPAN_BYTES, SpanTooLargeError } from './byte-writer.js';
import { ValueWalk } from './value-walk.js';
import { isDouble } from './wire-values.js';

/** Keys that were escaped before. Instrumentations use a few dozen; what an application makes up must not fill the memory. */
const KEYS = new Map<string, string>();
const MAX_KEYS = 2_000;
const MAX_KEY_LENGTH = 100;

/** Writes the attributes of one span as JSON, and keeps count: values that share parts can grow without bound. */
export class JsonAttributes {
  readonly #walk = new ValueWalk();
  #length = 0;

  /**
   * A list of KeyValue.
   * @throws SpanTooLargeError
   */
  list(attributes: object | undefined): string {
    if (attributes === undefined) return '[]';
    const entries = attributes as Readonly<Record<string, unknown>>;
    const keys = Object.keys(entries);
    let text = '';
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] ?? '';
      text += `${i === 0 ? '[' : ','}${keyHead(key)}${this.#value(entries[key])}}`;
    }
    return text === '' ? '[]' : `${text}]`;
  }

  /** An AnyValue. What has no encoding (null, undefined, a bigint, a function) is the empty one, as in the SDK. */
  #value(value: unknown): string {
    this.#length += 16;
    if (typeof value === 'string') {
      this.#length += value.length;
      return `{"stringValue":${JSON.stringify(value)}}`;
    }
    if (typeof value === 'number') return numberValue(value);
    if (typeof value === 'boolean') return value ? '{"boolValue":true}' : '{"boolValue":false}';
    return typeof value === 'object' && value !== null ? this.#object(value) : '{}';
  }

  #object(value: object): string {
    if (this.#length > MAX_SPAN_BYTES) throw new SpanTooLargeError();
    if (types.isUint8Array(value)) {
      const { buffer, byteOffset, byteLength } = value;
      return `{"bytesValue":"${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}"}`;
    }
    if (!this.#walk.enter(value)) return '{}';
    const text = Array.isArray(value) ? this.#array(value) : `{"kvlistValue":{"values":${this.list(value)}}}`;
    this.#walk.leave();
    return text;
  }

  #array(values: readonly unknown[]): string {
    let text = '';
    for (let i = 0; i < values.length; i++) {
      if (this.#length > MAX_SPAN_BYTES) throw new SpanTooLargeError();
      text += `${i === 0 ? '' : ','}${this.#value(values[i])}`;
    }
    return `{"arrayValue":{"values":[${text}]}}`;
  }
}

function keyHead(key: string): string {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const head = `{"key":${JSON.stringify(key)},"value":`;
  if (KEYS.size < MAX_KEYS && key.length <= MAX_KEY_LENGTH) KEYS.set(key, head);
  return head;
}

function numberValue(value: number): string {
  if (!Number.isFinite(value)) return `{"doubleValue":"${value}"}`;
  if (isDouble(value)) return `{"doubleValue":${value}}`;
  return `{"intValue":"${Number.isSafeInteger(value) ? value : BigInt(value)}"}`;
}
