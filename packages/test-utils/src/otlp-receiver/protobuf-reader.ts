import type { JsonObject } from '../json.js';

/** How a field is written, and what it becomes; the 64-bit integers become decimal text, as in OTLP/JSON. */
type FieldType =
  | 'string'
  | 'bool'
  | 'bytes'
  | 'hex'
  | 'double'
  | 'fixed32'
  | 'fixed64'
  | 'sfixed64'
  | 'int64'
  | 'uint32'
  | 'sint32'
  | { readonly message: string };

/** One field of a message. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly repeated?: boolean;
}

/** The fields of each message, by field number. */
export type Messages = Readonly<Record<string, Readonly<Record<number, Field>>>>;

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/**
 * Reads one protobuf message into the object its OTLP/JSON form has. Unknown fields are skipped.
 *
 * Written for the tests' own eyes: it shares no code with the exporters under test.
 *
 * @throws RangeError when the bytes are cut off or use a wire type that OTLP does not.
 */
export function readMessage(bytes: Buffer, message: string, messages: Messages): JsonObject {
  const fields = messages[message];
  if (fields === undefined) throw new RangeError(`Expected a known message, got \`${message}\``);
  const result: JsonObject = {};
  const cursor = { bytes, offset: 0 };
  while (cursor.offset < bytes.length) {
    const tag = Number(readVarint(cursor));
    const field = fields[tag >>> 3];
    const raw = readRaw(cursor, tag & 7);
    if (field === undefined) continue;
    const values = isPacked(field, tag & 7) ? unpack(raw, field) : [convert(raw, field, messages)];
    if (field.repeated === true) {
      const before = result[field.name];
      result[field.name] = Array.isArray(before) ? [...(before as unknown[]), ...values] : values;
    } else {
      result[field.name] = values[0];
    }
  }
  return result;
}

interface Cursor {
  readonly bytes: Buffer;
  offset: number;
}

function readVarint(cursor: Cursor): bigint {
  let value = 0n;
  for (let shift = 0n; ; shift += 7n) {
    const byte = cursor.bytes.readUInt8(cursor.offset);
    cursor.offset += 1;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

/** The bytes of one value; a varint is handed on as the 8 bytes of its value. */
function readRaw(cursor: Cursor, wireType: number): Buffer {
  switch (wireType) {
    case VARINT: {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt.asUintN(64, readVarint(cursor)));
      return bytes;
    }
    case FIXED64:
      return take(cursor, 8);
    case LENGTH_DELIMITED:
      return take(cursor, Number(readVarint(cursor)));
    case FIXED32:
      return take(cursor, 4);
    default:
      throw new RangeError(`Expected wire type 0, 1, 2 or 5, got \`${wireType}\``);
  }
}

function take(cursor: Cursor, length: number): Buffer {
  const end = cursor.offset + length;
  if (end > cursor.bytes.length) throw new RangeError(`Expected ${length} bytes, got the end of the message`);
  const bytes = cursor.bytes.subarray(cursor.offset, end);
  cursor.offset = end;
  return bytes;
}

function convert(raw: Buffer, { type }: Field, messages: Messages): unknown {
  if (typeof type === 'object') return readMessage(raw, type.message, messages);
  switch (type) {
    case 'string':
      return raw.toString('utf8');
    case 'bytes':
      return raw.toString('base64');
    case 'hex':
      return raw.toString('hex');
    case 'bool':
      return raw.readBigUInt64LE() !== 0n;
    case 'double':
      return raw.readDoubleLE();
    case 'fixed32':
      return raw.readUInt32LE();
    case 'uint32':
      return Number(raw.readBigUInt64LE());
    case 'fixed64':
      return raw.readBigUInt64LE().toString();
    case 'sfixed64':
    case 'int64':
      return raw.readBigInt64LE().toString();
    case 'sint32': {
      const zigzag = Number(raw.readBigUInt64LE());
      return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    }
  }
}

function isPacked(field: Field, wireType: number): boolean {
  return (
    wireType === LENGTH_DELIMITED && (field.type === 'fixed64' || field.type === 'double' || field.type === 'int64')
  );
}

function unpack(raw: Buffer, field: Field): unknown[] {
  const cursor = { bytes: raw, offset: 0 };
  const values: unknown[] = [];
  while (cursor.offset < raw.length) {
    values.push(convert(readRaw(cursor, field.type === 'int64' ? VARINT : FIXED64), field, {}));
  }
  return values;
}
