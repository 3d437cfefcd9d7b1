import type { OtlpReceipt } from './otlp-payload.js';

/** What a receiver that took a request said about it. */
export interface OtlpAnswer extends OtlpReceipt {
  /** Whether it added words: the reason of a refusal or, if nothing was refused, a warning. They are never repeated. */
  readonly hasMessage: boolean;
}

/** Nothing refused; also what an answer means that cannot be read. */
const ALL_TAKEN: OtlpAnswer = { rejectedSpans: 0, hasMessage: false };

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

/**
 * Reads an `ExportTraceServiceResponse`. Never throws: the status said that the request was taken, and an answer that is
 * not one of OTLP does not change that.
 *
 * @param isJson - whether it is JSON; else it is protobuf
 * @see https://opentelemetry.io/docs/specs/otlp/#partial-success-1
 */
export function readOtlpResponse(body: Buffer, isJson: boolean): OtlpAnswer {
  if (body.length === 0) return ALL_TAKEN;
  try {
    return isJson ? readJson(body) : readProtobuf(body);
  } catch {
    return ALL_TAKEN;
  }
}

function readJson(body: Buffer): OtlpAnswer {
  const partial = field(JSON.parse(body.toString()), 'partialSuccess');
  // A 64-bit integer: a string, by the rules of proto3 JSON, or a number, as many write it.
  const rejected = field(partial, 'rejectedSpans');
  const count = typeof rejected === 'string' || typeof rejected === 'number' ? Number(rejected) : 0;
  const message = field(partial, 'errorMessage');
  return answer(count, typeof message === 'string' && message !== '');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function readProtobuf(body: Buffer): OtlpAnswer {
  let count = 0;
  let hasMessage = false;
  // partial_success = 1; in it, rejected_spans = 1 and error_message = 2.
  eachField(body, (number, value) => {
    if (number !== 1 || typeof value === 'number') return;
    eachField(value, (inner, innerValue) => {
      if (inner === 1 && typeof innerValue === 'number') count = innerValue;
      if (inner === 2 && typeof innerValue !== 'number') hasMessage = innerValue.length > 0;
    });
  });
  return answer(count, hasMessage);
}

function answer(count: number, hasMessage: boolean): OtlpAnswer {
  return { rejectedSpans: Number.isSafeInteger(count) && count > 0 ? count : 0, hasMessage };
}

/** Calls `visit` for each field of a message: a varint as a number, bytes as they are, anything else not at all. */
function eachField(message: Buffer, visit: (number: number, value: number | Buffer) => void): void {
  let offset = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message.readUInt8(offset);
      offset += 1;
      // Beyond 2^53 the low bits are lost; such a count is not believed anyway.
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (offset < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case VARINT:
        visit(number, varint());
        break;
      case LENGTH_DELIMITED: {
        const length = varint();
        if (offset + length > message.length) throw new RangeError('Cut off');
        visit(number, message.subarray(offset, offset + length));
        offset += length;
        break;
      }
      case FIXED64:
        offset += 8;
        break;
      case FIXED32:
        offset += 4;
        break;
      default:
        throw new RangeError('A wire type that OTLP does not have');
    }
  }
}
