import { buildSpan, fuzz } from '@genspan/test-utils';
import { createTraceState } from '@opentelemetry/api';
import fc from 'fast-check';
import { OtlpDecodeError } from '../../src/otlp/decode-error.js';
import { decodeTraceRequest } from '../../src/otlp/decode-trace-request.js';
import { encodeTraceRequest } from '../../src/otlp/encode-trace-request.js';
import type { OtlpEncoding } from '../../src/otlp/otlp-payload.js';
import { realSpans } from '../real-spans.js';
import { span } from './arbitrary-spans.js';

const ENCODINGS: OtlpEncoding[] = ['protobuf', 'json'];

function decodesOrSaysWhyNot(bytes: Uint8Array, encoding: OtlpEncoding): void {
  try {
    decodeTraceRequest(bytes, encoding);
  } catch (error) {
    expect(error).toBeInstanceOf(OtlpDecodeError);
  }
}

describe.each(ENCODINGS)('%s', (encoding) => {
  test('gives back what the spans of an SDK say', () => {
    const given = realSpans({
      name: 'chat',
      kind: 2,
      attributes: { model: 'gpt', tokens: 12, ratio: 0.5, stream: true, reasons: ['stop'] },
      events: [{ name: 'first', attributes: { index: 1 } }],
      links: [
        {
          context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true },
          attributes: { x: 1 },
        },
      ],
      status: { code: 2, message: 'why' },
      remoteParent: true,
      children: [{ name: 'tool' }],
    });
    const decoded = decodeTraceRequest(encodeTraceRequest(given, encoding), encoding);
    expect(decoded).toHaveLength(given.length);
    decoded.forEach((one, i) => {
      const other = given[i];
      expect(one).toMatchObject({
        name: other?.name,
        kind: other?.kind,
        startTime: other?.startTime,
        endTime: other?.endTime,
        duration: other?.duration,
        ended: true,
        attributes: other?.attributes,
        status: other?.status,
        instrumentationScope: { name: 'test' },
        resource: { attributes: other?.resource.attributes },
      });
      const { traceState, ...ids } = other?.spanContext() ?? {};
      expect(one.spanContext()).toMatchObject(ids);
      expect(one.spanContext()).toBe(one.spanContext());
      expect(one.spanContext().traceState?.serialize()).toBe(traceState?.serialize());
      expect(one.parentSpanContext?.spanId).toBe(other?.parentSpanContext?.spanId);
      expect(one.parentSpanContext?.isRemote ?? false).toBe(other?.parentSpanContext?.isRemote ?? false);
      expect(one.events.map(({ name, time, attributes }) => ({ name, time, attributes }))).toEqual(
        other?.events.map(({ name, time, attributes }) => ({ name, time, attributes })),
      );
      expect(one.links.map(({ context }) => context)).toMatchObject(other?.links.map(({ context }) => context) ?? []);
    });
    expect(new Set(decoded.map(({ resource }) => resource)).size).toBe(1);
  });

  test('reads nothing but spans or an error out of bytes that were changed, cut off or made up', () => {
    const mutation = fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(
        fc.array(span, { minLength: 1, maxLength: 3 }),
        fc.array(mutation, { maxLength: 4 }),
        fc.nat(),
        (spans, mutations, cut) => {
          const bytes = encodeTraceRequest(spans, encoding);
          decodesOrSaysWhyNot(bytes.subarray(0, cut % bytes.length), encoding);
          for (const { at, value } of mutations) bytes[at % bytes.length] = value;
          decodesOrSaysWhyNot(bytes, encoding);
        },
      ),
      fuzz(120),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => decodesOrSaysWhyNot(bytes, encoding)),
      fuzz(300),
    );
  });

  test('an empty request has no spans', () => {
    expect(decodeTraceRequest(encodeTraceRequest([], encoding), encoding)).toEqual([]);
  });
});

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

test.each<[string, Buffer]>([
  ['a length beyond the end', hex('0a ff ff ff ff 0f')],
  ['a length of 2⁶⁴ − 1', hex('0a ff ff ff ff ff ff ff ff ff 01')],
  ['a varint of eleven bytes', hex('0a ff ff ff ff ff ff ff ff ff ff 01')],
  ['a group, which no OTLP has', hex('0b 0c')],
  ['field number 0', hex('02 00')],
  ['a known field of another type', hex('08 01')],
  ['a span without ids', hex('0a 04 12 02 12 00')],
])('refuses %s (protobuf)', (_what, bytes) => {
  expect(() => decodeTraceRequest(bytes, 'protobuf')).toThrow(OtlpDecodeError);
});

test('refuses values that are nested without end (protobuf)', () => {
  let value: Buffer = Buffer.alloc(0);
  const field = (tag: number, content: Buffer): Buffer => {
    let length = content.length;
    const bytes = [tag];
    for (; length > 127; length >>>= 7) bytes.push((length & 127) | 128);
    return Buffer.concat([Buffer.from([...bytes, length]), content]);
  };
  for (let i = 0; i < 2_000; i++) value = field(0x2a, field(0x0a, value));
  const request = field(0x0a, field(0x0a, field(0x0a, field(0x12, value))));
  expect(() => decodeTraceRequest(request, 'protobuf')).toThrow(/within each other/);
});

test('skips fields that it does not know (protobuf)', () => {
  const bytes = encodeTraceRequest([buildSpan({ name: 'known' })], 'protobuf');
  const unknown = hex('f8 07 05  fa 07 02 61 62  f9 07 00 00 00 00 00 00 00 00  fd 07 00 00 00 00');
  expect(decodeTraceRequest(Buffer.concat([unknown, bytes, unknown]), 'protobuf').map(({ name }) => name)).toEqual([
    'known',
  ]);
});

test.each<[string, string]>([
  ['text that is no JSON', '{"resourceSpans":['],
  ['no object', '[]'],
  ['another signal', '{"resourceLogs":[]}'],
  ['a list that is none', '{"resourceSpans":{}}'],
  ['members that are no objects', '{"resourceSpans":[1]}'],
  ['a span without ids', '{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"x"}]}]}]}'],
  [
    'a value of another type',
    '{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":{"intValue":true}}]}}]}',
  ],
  [
    'values nested without end',
    `{"resourceSpans":[{"resource":{"attributes":[{"key":"a","value":${'{"arrayValue":{"values":['.repeat(2_000)}{}${']}}'.repeat(2_000)}}]}}]}`,
  ],
])('refuses %s (JSON)', (_what, text) => {
  expect(() => decodeTraceRequest(Buffer.from(text), 'json')).toThrow(OtlpDecodeError);
});

test('an error holds nothing of what was read', () => {
  const secret = ['very', 'secret'].join('-');
  expect(() => decodeTraceRequest(Buffer.from(`{"a": ${secret}`), 'json')).toThrow(/^Expected JSON$/);
});

test('reads what other writers of JSON may write: null for what is absent, and integers as numbers', () => {
  const [decoded] = decodeTraceRequest(
    Buffer.from(
      JSON.stringify({
        resourceSpans: [
          {
            resource: null,
            scopeSpans: [
              {
                spans: [
                  {
                    traceId: 'A'.repeat(32),
                    spanId: 'b'.repeat(16),
                    parentSpanId: '',
                    startTimeUnixNano: 1_000_000_000,
                    endTimeUnixNano: '500000000',
                    attributes: [
                      { key: 'n', value: { intValue: 7 } },
                      { key: '__proto__', value: { stringValue: 'x' } },
                      { key: 'empty' },
                      { key: 'big', value: { intValue: '9007199254740993' } },
                    ],
                    status: {},
                    extra: 1,
                  },
                ],
              },
            ],
          },
        ],
      }),
    ),
    'json',
  );
  expect(decoded).toMatchObject({
    startTime: [1, 0],
    endTime: [0, 500_000_000],
    duration: [0, 0],
    status: { code: 0 },
  });
  expect(Object.entries(decoded?.attributes ?? {})).toEqual([
    ['n', 7],
    ['__proto__', 'x'],
    ['empty', undefined],
    ['big', 9007199254740992],
  ]);
  expect(decoded?.parentSpanContext).toBeUndefined();
});

test('keeps trace state as an object of the API', () => {
  const traceState = createTraceState('a=1,b=2');
  const [decoded] = decodeTraceRequest(encodeTraceRequest([buildSpan({ traceState })], 'protobuf'), 'protobuf');
  expect(decoded?.spanContext().traceState?.get('b')).toBe('2');
});
