import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { encodeTraceRequest } from '../../src/otlp/encode-trace-request.js';
import { realSpans } from '../real-spans.js';

test('equals the SDK', () => {
  const spans = realSpans({
    name: 'chat',
    attributes: {
      a: 'x'.repeat(3000),
      b: 1,
      c: -1,
      d: 0.5,
      e: true,
      f: ['a', 'b'],
      g: [1, 2],
      é: 'ü'.repeat(100),
      h: 2 ** 40,
      i: -(2 ** 40),
      j: 2 ** 62,
    },
    events: [{ name: 'e', attributes: { x: 1 } }],
    links: [{ context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }, attributes: { y: 'z' } }],
    status: { code: 2, message: 'why' },
    children: [{ name: 'tool' }],
    remoteParent: true,
  });
  expect(encodeTraceRequest(spans, 'protobuf').toString('hex')).toBe(
    Buffer.from(ProtobufTraceSerializer.serializeRequest(spans) ?? []).toString('hex'),
  );
});
