import fc from 'fast-check';
import type { Attributes } from '@opentelemetry/api';
import { TraceFlags, createTraceState } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { encodeTraceRequest as encode } from '../../src/otlp/encode-trace-request.js';
import type { SpanSpec } from '../real-spans.js';
import { realSpans } from '../real-spans.js';

const encodeTraceRequest = (spans: ReadableSpan[]): string => encode(spans, 'json').toString();

/** The SDK's own encoding, with integers as the strings that proto3 JSON prescribes: the one rule for finite, 64-bit numbers. */
function reference(spans: ReadableSpan[]): unknown {
  const text = Buffer.from(JsonTraceSerializer.serializeRequest(spans) ?? []).toString();
  return JSON.parse(text, (key, value: unknown) =>
    key === 'intValue' && typeof value === 'number' ? String(value) : value,
  );
}

const attributes = (): fc.Arbitrary<Attributes> =>
  fc.dictionary(
    fc.string({ minLength: 1, maxLength: 12 }).filter((key) => key !== '__proto__'),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.boolean(),
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, min: -1e15, max: 1e15 }),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.array(fc.integer(), { maxLength: 3 }),
      fc.array(fc.boolean(), { maxLength: 3 }),
    ),
    { maxKeys: 6 },
  );

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

const link = fc
  .record({
    traceId: hex(32),
    spanId: hex(16),
    traceFlags: fc.constantFrom(TraceFlags.NONE, TraceFlags.SAMPLED),
    isRemote: fc.boolean(),
    state: fc.option(fc.constantFrom('a=1', 'a=1,b=2'), { nil: undefined }),
    attributes: attributes(),
  })
  .map(({ attributes: linkAttributes, state, ...context }) => ({
    context: state === undefined ? context : { ...context, traceState: createTraceState(state) },
    attributes: linkAttributes,
  }));

const spec = (depth: number): fc.Arbitrary<SpanSpec> =>
  fc.record(
    {
      name: fc.string(),
      kind: fc.constantFrom(0, 1, 2, 3, 4),
      attributes: attributes(),
      status: fc.constantFrom({ code: 0 }, { code: 1 }, { code: 2 }, { code: 2, message: 'why' }),
      events: fc.array(fc.record({ name: fc.string(), attributes: attributes() }), { maxLength: 2 }),
      links: fc.array(link, { maxLength: 2 }),
      scope: fc.constantFrom<[string, string?]>(['a'], ['a', '1'], ['b', '1']),
      resource: attributes(),
      startMillis: fc.integer({ min: 0, max: 2_000_000_000_000 }),
      endMillis: fc.integer({ min: 0, max: 2_000_000_000_000 }),
      remoteParent: fc.boolean(),
      children: depth === 0 ? fc.constant([]) : fc.array(spec(depth - 1), { maxLength: 2 }),
    },
    { requiredKeys: ['name'] },
  );

test('equals the SDK’s own JSON encoding for any spans, resources and scopes', () => {
  fc.assert(
    fc.property(fc.array(spec(2), { maxLength: 4 }), (specs) => {
      const spans = realSpans(...specs);
      expect(JSON.parse(encodeTraceRequest(spans))).toEqual(reference(spans));
    }),
    { numRuns: 150 },
  );
});

/** A real span with values put in by hand, as SDK 3 keeps them: 2.x drops what is not primitive. */
function spanWith(values: Record<string, unknown>): ReadableSpan {
  const [span] = realSpans({ name: 'chat' });
  if (span === undefined) throw new Error('no span');
  Object.assign(span.attributes, values);
  return span;
}

test('equals the SDK’s own JSON encoding for structured values', () => {
  const values = fc.dictionary(
    fc.string(),
    fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.boolean(),
        fc.integer(),
        fc.constant(null),
        fc.uint8Array({ maxLength: 9 }),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
      ),
    })).value,
  );
  fc.assert(
    fc.property(values, (given) => {
      const spans = [spanWith(given)];
      expect(JSON.parse(encodeTraceRequest(spans))).toEqual(reference(spans));
    }),
    { numRuns: 200 },
  );
});

test.each([
  [3, { intValue: '3' }],
  [-0, { intValue: '0' }],
  [Number.MAX_SAFE_INTEGER, { intValue: '9007199254740991' }],
  [2 ** 62, { intValue: '4611686018427387904' }],
  [-(2 ** 63), { intValue: '-9223372036854775808' }],
  [2 ** 63, { doubleValue: 2 ** 63 }],
  [1e300, { doubleValue: 1e300 }],
  [0.5, { doubleValue: 0.5 }],
  [NaN, { doubleValue: 'NaN' }],
  [Infinity, { doubleValue: 'Infinity' }],
  [-Infinity, { doubleValue: '-Infinity' }],
  [null, {}],
  [undefined, {}],
  [10n, {}],
])('encodes the value %p as the protocol reads it', (value, encoded) => {
  const request = JSON.parse(encodeTraceRequest([spanWith({ value })]));
  expect(request.resourceSpans[0].scopeSpans[0].spans[0].attributes).toEqual([{ key: 'value', value: encoded }]);
});

test('puts the ids of the first span before anything that files have in common', () => {
  const resource = { 'process.command_line': 'x'.repeat(5_000) };
  const text = encodeTraceRequest(realSpans({ name: 'chat', resource }));
  expect(text.indexOf('"traceId"')).toBeLessThan(100);
});

test('an empty list is an empty request', () => {
  expect(encodeTraceRequest([])).toBe('{"resourceSpans":[]}');
});
