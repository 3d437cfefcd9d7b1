import { types } from 'node:util';
import type { ByteWriter } from './byte-writer.js';
import { endMessage, putUtf8, putVarint, startMessage, varintBytes, writeBytes, writeText } from './protobuf-wire.js';
import { ValueWalk } from './value-walk.js';
import { isDouble } from './wire-values.js';

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
    // Nearly all entries: their length is known before they are written.
    if (typeof value === 'string' && writeTextEntry(writer, tag, key, value)) continue;
    if (typeof value === 'number' && writeNumberEntry(writer, tag, key, value)) continue;
    const entry = startMessage(writer, tag);
    writeText(writer, KEY, key);
    const message = startMessage(writer, VALUE);
    writeValue(writer, value, walk);
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
  writer.reserve(ENTRY_HEADER_BYTES + 3 * (key.length + length));
  const { bytes, position } = writer;
  const start = putTextHeader(bytes, position, tag, key, length);
  if (start < 0) return false;
  const count = putUtf8(bytes, start, text);
  if (count === length) {
    writer.position = start + count;
    return true;
  }
  const moved = position + textHeaderBytes(key.length, count);
  if (moved !== start) bytes.copyWithin(moved, start, start + count);
  putTextHeader(bytes, position, tag, key, count);
  writer.position = moved + count;
  return true;
}

/** The same for a number, but one that takes more than 32 bits as a varint. */
function writeNumberEntry(writer: ByteWriter, tag: number, key: string, value: number): boolean {
  const isSmall = Number.isInteger(value) && value >= 0 && value <= MAX_SMALL;
  if (!isSmall && !isDouble(value)) return false;
  writer.reserve(ENTRY_HEADER_BYTES + 3 * key.length);
  const valueBytes = isSmall ? 1 + varintBytes(value) : 9;
  const at = putEntryHeader(writer.bytes, writer.position, tag, key, valueBytes);
  if (at < 0) return false;
  writer.position = at;
  writeNumber(writer, value);
  return true;
}

/** More than the tags and lengths of an entry and its value take, or a number does. */
const ENTRY_HEADER_BYTES = 32;

/** Everything in front of a text. Returns the position of the text, or -1 when the key is not ASCII. */
function putTextHeader(bytes: Buffer, position: number, tag: number, key: string, textBytes: number): number {
  const at = putEntryHeader(bytes, position, tag, key, 1 + varintBytes(textBytes) + textBytes);
  if (at < 0) return at;
  bytes[at] = STRING_VALUE;
  return putVarint(bytes, at + 1, textBytes);
}

/** Everything in front of a value. Returns its position, or -1 when the key is not ASCII. */
function putEntryHeader(bytes: Buffer, position: number, tag: number, key: string, valueBytes: number): number {
  const keyBytes = key.length;
  bytes[position] = tag;
  let at = putVarint(bytes, position + 1, entryBytes(keyBytes, valueBytes));
  bytes[at] = KEY;
  at = putVarint(bytes, at + 1, keyBytes);
  if (putUtf8(bytes, at, key) !== keyBytes) return -1;
  at += keyBytes;
  bytes[at] = VALUE;
  return putVarint(bytes, at + 1, valueBytes);
}

function entryBytes(keyBytes: number, valueBytes: number): number {
  return 2 + varintBytes(keyBytes) + keyBytes + varintBytes(valueBytes) + valueBytes;
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
    value >= 0 && value <= MAX_SMALL
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
