import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { encodeTraceRequest } from '../../src/otlp/encode-trace-request.js';
import { realSpans } from '../real-spans.js';

test('writes real spans of the SDK byte for byte as its own protobuf serializer does', () => {
  const spans = realSpans(
    {
      name: 'chat',
      kind: 2,
      resource: { 'service.name': 'é'.repeat(90), replicas: 3 },
      scope: ['lib', '1.2.3'],
      attributes: {
        'gen_ai.input.messages': 'x'.repeat(3_000),
        clé: 'ü'.repeat(100),
        small: 1,
        negative: -1,
        fraction: 0.5,
        flag: true,
        list: ['a', 'b'],
        numbers: [1, -2, 0.5],
        wide: 2 ** 40,
        negativeWide: -(2 ** 40),
        widest: 2 ** 62,
      },
      events: [{ name: 'first', attributes: { index: 1 } }],
      links: [
        { context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }, attributes: { why: 'z' } },
      ],
      status: { code: 2, message: 'why' },
      remoteParent: true,
      children: [{ name: 'tool' }],
    },
    { name: 'other' },
  );
  const theirs = Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []);
  expect(encodeTraceRequest(spans, 'protobuf').equals(theirs)).toBe(true);
});
