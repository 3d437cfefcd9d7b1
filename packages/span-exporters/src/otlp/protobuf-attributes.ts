import { types } from 'node:util';
import type { ByteWriter } from './byte-writer.js';
import { endMessage, putUtf8, putVarint, startMessage, varintBytes, writeBytes, writeText } from './protobuf-wire.js';
import { MAX_VALUE_DEPTH } from './wire-values.js';

// Fields of KeyValue.
const KEY = 0x0a;
const VALUE = 0x12;
// Fields of AnyValue.
const STRING_VALUE = 0x0a;
const BOOL_VALUE = 0x10;
const INT_VALUE = 0x18;
const DOUBLE_VALUE = 0x21;
const ARRAY_VALUE = 0x2a;
const KVLIST_VALUE = 0x32;
const BYTES_VALUE = 0x3a;
/** The only field of ArrayValue and of KeyValueList. */
const VALUES = 0x0a;

const INT64_LIMIT = 2 ** 63;

/** Writes attributes as a repeated field of KeyValue. `tag` is one byte. */
export function writeAttributes(writer: ByteWriter, tag: number, attributes: object | undefined): void {
  if (attributes !== undefined) writeEntries(writer, tag, attributes, []);
}

/** @param ancestors - what `container` is in: it is not written again, and its depth is bounded */
function writeEntries(writer: ByteWriter, tag: number, container: object, ancestors: object[]): void {
  const entries = container as Readonly<Record<string, unknown>>;
  const keys = Object.keys(entries);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? '';
    const value = entries[key];
    if (typeof value === 'string' && writeTextEntry(writer, tag, key, value)) continue;
    const entry = startMessage(writer, tag);
    writeText(writer, KEY, key);
    const message = startMessage(writer, VALUE);
    writeValue(writer, value, ancestors);
    endMessage(writer, message);
    endMessage(writer, entry);
  }
}

/**
 * Writes the whole entry of a text, most of what a span consists of, where it belongs: the lengths are those of ASCII, and put
 * right if it was not. Returns whether it did: not for a key that is not ASCII.
 */
function writeTextEntry(writer: ByteWriter, tag: number, key: string, text: string): boolean {
  const { length } = text;
  writer.reserve(32 + 3 * (key.length + length));
  const { bytes, position } = writer;
  const start = putTextEntryHeader(bytes, position, tag, key, length);
  if (start < 0) return false;
  const count = putUtf8(bytes, start, text);
  if (count === length) {
    writer.position = start + count;
    return true;
  }
  const moved = position + textEntryHeaderBytes(key.length, count);
  if (moved !== start) bytes.copyWithin(moved, start, start + count);
  putTextEntryHeader(bytes, position, tag, key, count);
  writer.position = moved + count;
  return true;
}

/** Everything in front of the text. Returns the position of the text, or -1 when the key is not ASCII. */
function putTextEntryHeader(bytes: Buffer, position: number, tag: number, key: string, textBytes: number): number {
  const valueBytes = 1 + varintBytes(textBytes) + textBytes;
  const keyBytes = key.length;
  bytes[position] = tag;
  let at = putVarint(bytes, position + 1, 2 + varintBytes(keyBytes) + keyBytes + varintBytes(valueBytes) + valueBytes);
  bytes[at] = KEY;
  at = putVarint(bytes, at + 1, keyBytes);
  if (putUtf8(bytes, at, key) !== keyBytes) return -1;
  at += keyBytes;
  bytes[at] = VALUE;
  at = putVarint(bytes, at + 1, valueBytes);
  bytes[at] = STRING_VALUE;
  return putVarint(bytes, at + 1, textBytes);
}

function textEntryHeaderBytes(keyBytes: number, textBytes: number): number {
  const valueBytes = 1 + varintBytes(textBytes) + textBytes;
  const entryBytes = 2 + varintBytes(keyBytes) + keyBytes + varintBytes(valueBytes) + valueBytes;
  return 1 + varintBytes(entryBytes) + entryBytes - textBytes;
}

/** Writes the fields of an AnyValue. What has no encoding (null, undefined, a bigint, a function) is the empty value. */
function writeValue(writer: ByteWriter, value: unknown, ancestors: object[]): void {
  if (typeof value === 'string') writeText(writer, STRING_VALUE, value);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (typeof value === 'boolean') writeBoolean(writer, value);
  else if (typeof value === 'object' && value !== null) writeObject(writer, value, ancestors);
}

function writeBoolean(writer: ByteWriter, value: boolean): void {
  writer.reserve(2);
  writer.bytes[writer.position] = BOOL_VALUE;
  writer.bytes[writer.position + 1] = value ? 1 : 0;
  writer.position += 2;
}

function writeNumber(writer: ByteWriter, value: number): void {
  writer.reserve(11);
  const { bytes, position } = writer;
  if (!Number.isInteger(value) || value >= INT64_LIMIT || value < -INT64_LIMIT) {
    bytes[position] = DOUBLE_VALUE;
    bytes.writeDoubleLE(value, position + 1);
    writer.position = position + 9;
    return;
  }
  bytes[position] = INT_VALUE;
  writer.position =
    value >= 0 && value <= 0x7fff_ffff
      ? putVarint(bytes, position + 1, value)
      : putInt64(bytes, position + 1, BigInt.asUintN(64, BigInt(value)));
}

function putInt64(bytes: Buffer, at: number, value: bigint): number {
  let low = Number(value & 0xfff_ffffn);
  let rest = Number(value >> 28n);
  // The lower 28 bits are four whole groups of seven; what is left, 36 bits, is exact in a number.
  if (rest === 0) return putVarint(bytes, at, low);
  for (let i = 0; i < 4; i++, low >>>= 7) bytes[at++] = (low & 0x7f) | 0x80;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) | 0x80;
  bytes[at] = rest;
  return at + 1;
}

function writeObject(writer: ByteWriter, value: object, ancestors: object[]): void {
  if (types.isUint8Array(value)) {
    writeBytes(writer, BYTES_VALUE, value);
    return;
  }
  if (ancestors.length >= MAX_VALUE_DEPTH || ancestors.includes(value)) return;
  ancestors.push(value);
  if (Array.isArray(value)) {
    const list = startMessage(writer, ARRAY_VALUE);
    for (let i = 0; i < value.length; i++) {
      const item = startMessage(writer, VALUES);
      writeValue(writer, value[i], ancestors);
      endMessage(writer, item);
    }
    endMessage(writer, list);
  } else {
    const list = startMessage(writer, KVLIST_VALUE);
    writeEntries(writer, VALUES, value, ancestors);
    endMessage(writer, list);
  }
  ancestors.pop();
}
