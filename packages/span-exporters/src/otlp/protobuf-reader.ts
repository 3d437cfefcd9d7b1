import { OtlpDecodeError } from './decode-error.js';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/** A message is not read beyond so many messages within each other; protobuf readers of other languages stop there, too. */
const MAX_DEPTH = 100;

/** Reads the fields of one protobuf message, one after the other. Each method throws OtlpDecodeError when the bytes end early. */
export class ProtobufReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  readonly #depth: number;
  #position: number;
  #wireType = 0;

  constructor(bytes: Buffer, start = 0, end = bytes.length, depth = 0) {
    this.#bytes = bytes;
    this.#position = start;
    this.#end = end;
    this.#depth = depth;
  }

  /** The number of the next field, 0 at the end. Its value must then be read or skipped. */
  next(): number {
    if (this.#position >= this.#end) return 0;
    const tag = this.#varint();
    const field = tag >> 3n;
    if (field === 0n || field > 0x1fff_ffffn) throw new OtlpDecodeError('Expected a field number of 1 to 536870911');
    this.#wireType = Number(tag & 7n);
    return Number(field);
  }

  skip(): void {
    switch (this.#wireType) {
      case VARINT:
        this.#varint();
        return;
      case FIXED64:
        this.#take(8);
        return;
      case LENGTH_DELIMITED:
        this.#take(this.#length());
        return;
      case FIXED32:
        this.#take(4);
        return;
      default:
        throw new OtlpDecodeError(`Expected wire type 0, 1, 2 or 5, got \`${this.#wireType}\``);
    }
  }

  text(): string {
    const start = this.#delimited();
    return this.#bytes.toString('utf8', start, this.#position);
  }

  hex(): string {
    const start = this.#delimited();
    return this.#bytes.toString('hex', start, this.#position);
  }

  /** A copy of the bytes. */
  bytes(): Uint8Array {
    const start = this.#delimited();
    return Uint8Array.from(this.#bytes.subarray(start, this.#position));
  }

  message(): ProtobufReader {
    if (this.#depth >= MAX_DEPTH) throw new OtlpDecodeError(`Expected at most ${MAX_DEPTH} messages within each other`);
    const start = this.#delimited();
    return new ProtobufReader(this.#bytes, start, this.#position, this.#depth + 1);
  }

  boolean(): boolean {
    this.#expect(VARINT);
    return this.#varint() !== 0n;
  }

  /** 32 bits without a sign. */
  count(): number {
    this.#expect(VARINT);
    return Number(this.#varint() & 0xffff_ffffn);
  }

  /** 64 bits with a sign; beyond 2⁵³ the nearest number there is. */
  integer(): number {
    this.#expect(VARINT);
    return Number(BigInt.asIntN(64, this.#varint()));
  }

  double(): number {
    this.#expect(FIXED64);
    return this.#bytes.readDoubleLE(this.#take(8));
  }

  fixed64(): bigint {
    this.#expect(FIXED64);
    return this.#bytes.readBigUInt64LE(this.#take(8));
  }

  fixed32(): number {
    this.#expect(FIXED32);
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  #expect(wireType: number): void {
    if (this.#wireType === wireType) return;
    throw new OtlpDecodeError(`Expected wire type ${wireType}, got \`${this.#wireType}\``);
  }

  /** Skips a length-delimited value and returns where it starts; it ends at `#position`. */
  #delimited(): number {
    this.#expect(LENGTH_DELIMITED);
    return this.#take(this.#length());
  }

  #length(): number {
    const length = this.#varint();
    return length > BigInt(this.#end) ? Infinity : Number(length);
  }

  #take(count: number): number {
    const start = this.#position;
    if (start + count > this.#end) throw new OtlpDecodeError('Expected more bytes, got the end of the message');
    this.#position = start + count;
    return start;
  }

  #varint(): bigint {
    let low = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#byte();
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new OtlpDecodeError('Expected a varint of at most 10 bytes');
  }

  #byte(): number {
    return this.#bytes[this.#take(1)] ?? 0;
  }
}
