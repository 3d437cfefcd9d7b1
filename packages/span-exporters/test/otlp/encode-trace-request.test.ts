import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { OTLP_MESSAGES, fuzz, readMessage } from '@genspan/test-utils';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import fc from 'fast-check';
import { decodeTraceRequest } from '../../src/otlp/decode-trace-request.js';
import { encodeTraceRequest } from '../../src/otlp/encode-trace-request.js';
import { span } from './arbitrary-spans.js';
import { canonical } from './canonical-request.js';

const ENCODINGS = ['protobuf', 'json'] as const;

const spans = fc.array(span, { maxLength: 6 });

test('says the same in both encodings, as a reader that shares no code with it sees them', () => {
  fc.assert(
    fc.property(spans, (given) => {
      const protobuf = readMessage(encodeTraceRequest(given, 'protobuf'), 'ExportTraceServiceRequest', OTLP_MESSAGES);
      const json: unknown = JSON.parse(encodeTraceRequest(given, 'json').toString());
      expect(canonical(protobuf)).toEqual(canonical(json));
    }),
    fuzz(100),
  );
});

test('is byte for byte what the SDK’s own protobuf serializer writes', () => {
  fc.assert(
    fc.property(spans, (given) => {
      // The SDK tells scopes apart by identity alone, so two equal ones are two groups of it.
      const separate = new Map(given.map((one) => [one.instrumentationScope, one.instrumentationScope.version]));
      fc.pre(new Set([...separate.keys()].map((scope) => JSON.stringify(scope))).size === separate.size);
      const theirs = Buffer.from(ProtobufTraceSerializer.serializeRequest(given as never) ?? []);
      expect(encodeTraceRequest(given, 'protobuf').equals(theirs)).toBe(true);
    }),
    fuzz(100),
  );
});

test.each(ENCODINGS)('decodes to spans that encode to the same bytes again (%s)', (encoding) => {
  fc.assert(
    fc.property(spans, (given) => {
      const bytes = encodeTraceRequest(given, encoding);
      const decoded: ReadableSpanLike[] = decodeTraceRequest(bytes, encoding);
      expect(encodeTraceRequest(decoded, encoding).equals(bytes)).toBe(true);
    }),
    fuzz(100),
  );
});
