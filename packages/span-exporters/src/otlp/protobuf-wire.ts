import type { HrTime } from '@opentelemetry/api';
import type { ByteWriter } from './byte-writer.js';
import { toNanos } from './wire-values.js';

/** Up to this many characters, to copy them one by one is faster than to call the engine's own encoder. */
const SHORT_TEXT = 48;

/** Bytes that a varint of 32 bits takes. */
export function varintBytes(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}

/** Puts a varint of 32 bits at `at`, for which there must be room, and returns the position after it. */
export function putVarint(bytes: Buffer, at: number, value: number): number {
  let rest = value;
  while (rest > 0x7f) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at] = rest;
  return at + 1;
}

/**
 * Puts text as UTF-8 at `at`, where there must be room for three bytes a character, and returns how many it took. What is
 * no character (half a surrogate pair) becomes U+FFFD: a receiver refuses a request that is not valid UTF-8.
 */
export function putUtf8(bytes: Buffer, at: number, text: string): number {
  const { length } = text;
  if (length > SHORT_TEXT) return bytes.write(text, at);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) return i + bytes.write(text.slice(i), at + i);
    bytes[at + i] = code;
  }
  return length;
}

/** Writes a field of a varint of 32 bits. `tag` is one byte. */
export function writeCount(writer: ByteWriter, tag: number, value: number): void {
  writer.reserve(6);
  const { bytes } = writer;
  bytes[writer.position] = tag;
  writer.position = putVarint(bytes, writer.position + 1, value);
}

/** Writes a field of text. `tag` is one byte. */
export function writeText(writer: ByteWriter, tag: number, text: string): void {
  const { length } = text;
  writer.reserve(6 + 3 * length);
  const { bytes, position } = writer;
  bytes[position] = tag;
  const start = putVarint(bytes, position + 1, length);
  const count = putUtf8(bytes, start, text);
  writer.position = start + count;
  if (count !== length) setLength(writer, position + 1, start, count);
}

/** Writes a field of bytes. `tag` is one byte. */
export function writeBytes(writer: ByteWriter, tag: number, value: Uint8Array): void {
  writer.reserve(6 + value.length);
  writer.bytes[writer.position] = tag;
  const start = putVarint(writer.bytes, writer.position + 1, value.length);
  writer.bytes.set(value, start);
  writer.position = start + value.length;
}

/** Starts a field that is a message; what it returns is for {@link endMessage}. `lengthBytes` is a guess, 1 to 5. */
export function startMessage(writer: ByteWriter, tag: number, lengthBytes = 1): number {
  writer.reserve(6);
  writer.bytes[writer.position] = tag;
  writer.position += 1 + lengthBytes;
  return writer.position;
}

/** Ends the message that started at `start`, now that its length is known. */
export function endMessage(writer: ByteWriter, start: number, lengthBytes = 1): void {
  setLength(writer, start - lengthBytes, start, writer.position - start);
}

/** Writes the length at `at` of content that stands at `start`; moves the content where the length takes other room. */
function setLength(writer: ByteWriter, at: number, start: number, length: number): void {
  const moved = at + varintBytes(length);
  if (moved !== start) {
    writer.reserve(5);
    writer.bytes.copyWithin(moved, start, start + length);
    writer.position += moved - start;
  }
  putVarint(writer.bytes, at, length);
}

const TWO_32 = 0x1_0000_0000;

/** Writes a field of 64 bits: nanoseconds since 1970. `tag` is one byte. */
export function writeTime(writer: ByteWriter, tag: number, time: HrTime): void {
  writer.reserve(9);
  const { bytes, position } = writer;
  bytes[position] = tag;
  writer.position = position + 9;
  const [seconds, nanos] = time;
  if (!(seconds >= 0 && seconds < TWO_32 && nanos >= 0 && nanos < 1e9 && Number.isInteger(seconds))) {
    bytes.writeBigUInt64LE(toNanos(time), position + 1);
    return;
  }
  // seconds × 10⁹ in two halves, since it is beyond 2⁵³: each product and sum here is exact.
  const high = (seconds >>> 16) * 1e9;
  const low = (seconds & 0xffff) * 1e9 + (high % 0x1_0000) * 0x1_0000 + Math.floor(nanos);
  putUint32(bytes, position + 1, low % TWO_32);
  putUint32(bytes, position + 5, Math.floor(high / 0x1_0000) + Math.floor(low / TWO_32));
}

/** Puts 32 bits at `at`, where there must be room. */
export function putUint32(bytes: Buffer, at: number, value: number): void {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
}

/** The value of each hexadecimal digit by its character code; 255 for what is none. */
const HEX_DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 255 : value;
});

/**
 * Writes a field of `byteCount` bytes that are given in hexadecimal.
 * @throws TypeError when they are not: a receiver would refuse everything that is sent with them.
 */
export function writeHexId(writer: ByteWriter, tag: number, byteCount: number, hex: string): void {
  writer.reserve(2 + byteCount);
  const { bytes, position } = writer;
  bytes[position] = tag;
  bytes[position + 1] = byteCount;
  let seen = hex.length === 2 * byteCount ? 0 : 255;
  for (let i = 0, at = position + 2; i < 2 * byteCount; i += 2, at++) {
    const high = HEX_DIGITS[hex.charCodeAt(i)] ?? 255;
    const low = HEX_DIGITS[hex.charCodeAt(i + 1)] ?? 255;
    seen |= high | low;
    bytes[at] = (high << 4) | low;
  }
  if (seen > 15) throw new TypeError(`Expected an id of ${2 * byteCount} hexadecimal digits`);
  writer.position = position + 2 + byteCount;
}
