import { buildSpan, spansOf } from '@genspan/test-utils';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import fc from 'fast-check';

import { OTLP_MESSAGES } from '../../src/otlp-receiver/otlp-messages';
import { readMessage, type Messages } from '../../src/otlp-receiver/protobuf-reader';

const MESSAGES: Messages = {
  Point: { 1: { name: 'x', type: 'sint32' }, 2: { name: 'wide', type: 'int64' } },
  Line: {
    1: { name: 'points', type: { message: 'Point' }, repeated: true },
    2: { name: 'weights', type: 'double', repeated: true },
    3: { name: 'id', type: 'hex' },
  },
};

describe('readMessage', () => {
  it('reads what the specification of protobuf prescribes', () => {
    const bytes = Buffer.from([0x0a, 0x02, 0x08, 0x03, 0x0a, 0x02, 0x08, 0x04, 0x1a, 0x02, 0xca, 0xfe]);
    expect(readMessage(bytes, 'Line', MESSAGES)).toEqual({ points: [{ x: -2 }, { x: 2 }], id: 'cafe' });
  });

  it('reads integers of 64 bits, negative ones too', () => {
    const minusOne = Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
    expect(readMessage(minusOne, 'Point', MESSAGES)).toEqual({ wide: '-1' });
  });

  it('skips fields it does not know', () => {
    expect(readMessage(Buffer.from([0x7a, 0x01, 0x41, 0x08, 0x01]), 'Point', MESSAGES)).toEqual({ x: -1 });
  });

  it.each([
    ['a length beyond the end', [0x0a, 0x7f], 'got the end of the message'],
    ['a wire type that does not exist', [0x0f], 'got `7`'],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readMessage(Buffer.from(bytes), 'Line', MESSAGES)).toThrow(message);
  });

  it('reads the same from protobuf as JSON says', () => {
    const text = fc.string({ unit: 'grapheme' });
    const value = fc.oneof(
      text,
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(text),
    );
    const attributes = fc.dictionary(fc.string({ minLength: 1 }), value, { noNullPrototype: true });
    fc.assert(
      fc.property(text, attributes, (name, some) => {
        const span = buildSpan({ name, attributes: some, events: [{ name, attributes: some }] });
        const bytes = Buffer.from(ProtobufTraceSerializer.serializeRequest([span]) ?? []);
        const json: unknown = JSON.parse(Buffer.from(JsonTraceSerializer.serializeRequest([span]) ?? []).toString());
        expect(spansOf(readMessage(bytes, 'ExportTraceServiceRequest', OTLP_MESSAGES))).toEqual(spansOf(json));
      }),
    );
  });
});
