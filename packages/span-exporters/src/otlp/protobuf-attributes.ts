import { types } from 'node:util';
import type { ByteWriter } from './byte-writer.js';
import { keyField } from './protobuf-keys.js';
import { endMessage, putUtf8, putVarint, startMessage, varintBytes, writeBytes, writeText } from './protobuf-wire.js';
import { ValueWalk } from './value-walk.js';
import { isDouble } from './wire-values.js';

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

/** Up to here a number is written as a varint of 32 bits. */
const MAX_SMALL = 0x7fff_ffff;

/** Writes attributes as a repeated field of KeyValue. `tag` is one byte. */
export function writeAttributes(writer: ByteWriter, tag: number, attributes: object | undefined): void {
  if (attributes !== undefined) writeEntries(writer, tag, attributes, new ValueWalk());
}

function writeEntries(writer: ByteWriter, tag: number, container: object, walk: ValueWalk): void {
  const entries = container as Readonly<Record<string, unknown>>;
  const keys = Object.keys(entries);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? '';
    const value = entries[key];
    const field = keyField(key);
    // Nearly all entries: their length is known before they are written.
    if (typeof value === 'string') writeTextEntry(writer, tag, field, value);
    else if (typeof value === 'number') writeNumberEntry(writer, tag, field, value);
    else writeOtherEntry(writer, tag, field, value, walk);
  }
}

/** More than the tags and lengths of an entry and its value take, or a number does. */
const ENTRY_HEADER_BYTES = 32;

/** Writes a text, most of what a span consists of, where it belongs: with the lengths of ASCII, put right if it was not. */
function writeTextEntry(writer: ByteWriter, tag: number, key: Uint8Array, text: string): void {
  const { length } = text;
  writer.reserve(ENTRY_HEADER_BYTES + key.length + 3 * length);
  const { bytes, position } = writer;
  const start = putTextHeader(bytes, position, tag, key, length);
  const count = putUtf8(bytes, start, text);
  if (count === length) {
    writer.position = start + count;
    return;
  }
  const moved = position + textHeaderBytes(key.length, count);
  if (moved !== start) bytes.copyWithin(moved, start, start + count);
  putTextHeader(bytes, position, tag, key, count);
  writer.position = moved + count;
}

function writeNumberEntry(writer: ByteWriter, tag: number, key: Uint8Array, value: number): void {
  writer.reserve(ENTRY_HEADER_BYTES + key.length);
  writer.position = putEntryHeader(writer.bytes, writer.position, tag, key, numberBytes(value));
  writeNumber(writer, value);
}

function writeOtherEntry(writer: ByteWriter, tag: number, key: Uint8Array, value: unknown, walk: ValueWalk): void {
  const entry = startMessage(writer, tag);
  writer.reserve(key.length + 1);
  writer.bytes.set(key, writer.position);
  writer.position += key.length + 1;
  const message = writer.position;
  writeValue(writer, value, walk);
  endMessage(writer, message);
  endMessage(writer, entry);
}

/** Puts everything in front of a text. Returns the position of the text. */
function putTextHeader(bytes: Buffer, position: number, tag: number, key: Uint8Array, textBytes: number): number {
  const at = putEntryHeader(bytes, position, tag, key, 1 + varintBytes(textBytes) + textBytes);
  bytes[at] = STRING_VALUE;
  return putVarint(bytes, at + 1, textBytes);
}

/** Puts everything in front of a value. Returns its position. */
function putEntryHeader(bytes: Buffer, position: number, tag: number, key: Uint8Array, valueBytes: number): number {
  bytes[position] = tag;
  const at = putVarint(bytes, position + 1, entryBytes(key.length, valueBytes));
  bytes.set(key, at);
  return putVarint(bytes, at + key.length, valueBytes);
}

function entryBytes(keyBytes: number, valueBytes: number): number {
  return keyBytes + varintBytes(valueBytes) + valueBytes;
}

function textHeaderBytes(keyBytes: number, textBytes: number): number {
  const bytes = entryBytes(keyBytes, 1 + varintBytes(textBytes) + textBytes);
  return 1 + varintBytes(bytes) + bytes - textBytes;
}

/** Writes the fields of an AnyValue. What has no encoding (null, undefined, a bigint, a function) is the empty value. */
function writeValue(writer: ByteWriter, value: unknown, walk: ValueWalk): void {
  if (typeof value === 'string') writeText(writer, STRING_VALUE, value);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (typeof value === 'boolean') writeBoolean(writer, value);
  else if (typeof value === 'object' && value !== null) writeObject(writer, value, walk);
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
  if (isDouble(value)) {
    bytes[position] = DOUBLE_VALUE;
    bytes.writeDoubleLE(value, position + 1);
    writer.position = position + 9;
    return;
  }
  bytes[position] = INT_VALUE;
  writer.position =
    value >= 0 && value <= MAX_SMALL ? putVarint(bytes, position + 1, value) : putInt64(bytes, position + 1, value);
}

/** Bytes that {@link writeNumber} takes. */
function numberBytes(value: number): number {
  if (isDouble(value)) return 9;
  if (value < 0) return 11;
  if (value <= MAX_SMALL) return 1 + varintBytes(value);
  let count = 2;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) count++;
  return count;
}

/** Puts a whole number of up to 64 bits with a sign as a varint. */
function putInt64(bytes: Buffer, start: number, value: number): number {
  let at = start;
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes[at++] = Number(rest & 0x7fn) | 0x80;
  bytes[at] = Number(rest);
  return at + 1;
}

function writeObject(writer: ByteWriter, value: object, walk: ValueWalk): void {
  if (types.isUint8Array(value)) {
    writeBytes(writer, BYTES_VALUE, value);
    return;
  }
  if (!walk.enter(value)) return;
  if (Array.isArray(value)) {
    const list = startMessage(writer, ARRAY_VALUE);
    for (let i = 0; i < value.length; i++) {
      const item = startMessage(writer, VALUES);
      writeValue(writer, value[i], walk);
      endMessage(writer, item);
    }
    endMessage(writer, list);
  } else {
    const list = startMessage(writer, KVLIST_VALUE);
    writeEntries(writer, VALUES, value, walk);
    endMessage(writer, list);
  }
  walk.leave();
}
