// Spans with everything in them that an encoding can get wrong.
import { SpanKind, SpanStatusCode, createTraceState } from '@opentelemetry/api';
import { buildResource } from '@genspan/test-utils';
import { manySpans } from './read-back.mjs';

const TEXTS = {
  accents: 'Grüße, señor — naïve café',
  'east asian': '日本語 한국어 中文',
  emoji: '👋🏽 👩‍👩‍👧‍👦 🏳️‍🌈',
  'right to left': 'שלום مرحبا',
  combining: `e${'\u0301'.repeat(50)}`,
  'line breaks': 'a\nb\r\nc\u2028d\u2029e\u0085f\vg\fh',
  control: Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join(''),
  delete: '\u007f\u0080\u009f\ufeff\ufffe\uffff',
  quotes: '"\\"/\'`${}</script>',
  'last code point': '\u{10ffff}',
  'half a pair': 'a\ud83db\udc00c',
  json: JSON.stringify({ nested: JSON.stringify({ text: 'a\n"b"' }) }),
  empty: '',
};

/** Each text as name, key, value, in a list, in an event and as status message. */
export const UNICODE_SPANS = manySpans(Object.keys(TEXTS).length, (index) => {
  const [key, text] = Object.entries(TEXTS)[index];
  return {
    name: `${key} ${text}`,
    attributes: { [`key ${text}`]: 1, text, list: [text, text], long: text.repeat(1_000) },
    events: [{ name: `event ${text}`, attributes: { text } }],
    status: { code: SpanStatusCode.ERROR, message: text },
  };
});

const NUMBERS = {
  zero: 0,
  'minus zero': -0,
  integer: 42,
  negative: -42,
  'largest safe': Number.MAX_SAFE_INTEGER,
  'smallest safe': Number.MIN_SAFE_INTEGER,
  'beyond safe': 2 ** 53 + 2,
  'just below 64 bits': 2 ** 63 - 1024,
  'smallest of 64 bits': -(2 ** 63),
  '64 bits': 2 ** 63,
  huge: 1e300,
  fraction: 0.1 + 0.2,
  tiny: 5e-324,
  largest: Number.MAX_VALUE,
  NaN: NaN,
  infinite: Infinity,
  'negative infinite': -Infinity,
};

/** What SDK 2 takes, and what only SDK 3 does: maps, lists of mixed types, bytes, nothing. */
const VALUES = {
  numbers: NUMBERS,
  'list of numbers': Object.values(NUMBERS),
  booleans: [true, false],
  mixed: ['text', 1, 1.5, true, null, undefined, ['nested', []], { map: {} }],
  'empty list': [],
  'empty map': {},
  nothing: null,
  bytes: Uint8Array.from({ length: 256 }, (_, byte) => byte),
  'no bytes': new Uint8Array(0),
  messages: [
    { role: 'user', parts: [{ type: 'text', content: 'Wie ist das Wetter in 東京?' }] },
    { role: 'assistant', parts: [{ type: 'tool_call', id: 'call_1', name: 'weather', arguments: { celsius: 21.5 } }] },
  ],
  // Encoders end at 30 levels; each turn makes two.
  deep: Array.from({ length: 14 }).reduce((value) => ({ value: [value] }), 'bottom'),
};

export const STRUCTURED_SPANS = [
  ...manySpans(1, () => ({ name: 'numbers', attributes: NUMBERS })),
  ...manySpans(1, () => ({ name: 'values', traceId: 'a'.repeat(32), attributes: VALUES })),
  ...manySpans(1, () => ({
    name: 'in an event',
    traceId: 'b'.repeat(32),
    events: [{ name: 'details', attributes: VALUES }],
  })),
];

const REMOTE = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), traceFlags: 1, isRemote: true };

export const FIELD_SPANS = [
  ...Object.values(SpanKind)
    .filter((kind) => typeof kind === 'number')
    .flatMap((kind) => manySpans(1, () => ({ name: `kind ${kind}`, kind, traceId: String(kind + 1).repeat(32) }))),
  ...[SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR].flatMap((code) =>
    manySpans(1, () => ({ name: `status ${code}`, status: { code }, traceId: String(code + 6).repeat(32) })),
  ),
  ...manySpans(1, () => ({
    name: 'everything',
    traceId: 'f'.repeat(32),
    parentSpanId: 'e'.repeat(16),
    remoteParent: true,
    traceFlags: 3,
    traceState: createTraceState('ot=th:c;rv:01020304050607,vendor=1'),
    startMillis: 1_750_000_000_123.456,
    links: [
      {
        context: { ...REMOTE, traceState: createTraceState('a=b') },
        attributes: { why: 'batch' },
        droppedAttributesCount: 3,
      },
      { context: { ...REMOTE, isRemote: false, traceFlags: 0 } },
    ],
    events: [{ name: 'no attributes' }, { name: 'dropped', attributes: { a: 1 }, droppedAttributesCount: 4 }],
    resource: Object.assign(buildResource({ 'service.name': 'other', list: ['a', 'b'] }), {
      schemaUrl: 'https://example.com/resource/1.0.0',
    }),
    scope: { name: 'scope', version: '1.0.0', schemaUrl: 'https://example.com/scope/1.0.0' },
  })).map((span) => Object.assign(span, { droppedAttributesCount: 5, droppedEventsCount: 6, droppedLinksCount: 7 })),
];
