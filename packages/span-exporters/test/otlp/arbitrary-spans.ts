import { createTraceState } from '@opentelemetry/api';
import type { Attributes, HrTime } from '@opentelemetry/api';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { buildResource, buildSpan } from '@genspan/test-utils';
import fc from 'fast-check';

// Spans by hand: whatever an SDK, its wrappers and the applications in front of it may hand on, SDK 3's structured values included.

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  // Lengths at which a length field grows by a byte, in one, two and three bytes a character.
  fc
    .tuple(
      fc.constantFrom('x', 'é', '汉', '😀', '\ud800'),
      fc.constantFrom(40, 49, 62, 64, 127, 128, 5_460, 16_383, 16_384),
    )
    .map(([character, count]) => character.repeat(count)),
);

const key = fc.oneof(fc.constantFrom('gen_ai.input.messages', 'http.route', '__proto__', '1', ''), text);

const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(0, -0, -1, 127, 128, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 62, -(2 ** 63), 2 ** 63, -(2 ** 64), 1e300),
);

/** Attributes with any value at all that has an encoding. */
export const attributes = fc
  .letrec<{ value: unknown; attributes: Record<string, unknown> }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      number,
      fc.boolean(),
      fc.constant(undefined),
      fc.uint8Array({ maxLength: 9 }),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('attributes'),
    ),
    attributes: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(fromEntries),
  }))
  .attributes.map((object) => object as Attributes); // the API's types know no structured values

function fromEntries(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const object = {};
  for (const [name, value] of entries) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });

const time = fc
  .tuple(fc.integer({ min: 0, max: 18_446_744_072 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map((both): HrTime => both);

const traceState = fc
  .constantFrom(undefined, 'a=1', 'a=1,b=2', 'vendor=x,ot=th:c')
  .map((state) => (state === undefined ? {} : { traceState: createTraceState(state) }));

const context = fc
  .tuple(fc.record({ traceId: hex(32), spanId: hex(16), traceFlags: fc.integer({ min: 0, max: 3 }) }), traceState)
  .map(([ids, state]) => ({ ...ids, ...state }));

const event = fc.record({
  name: text,
  time,
  attributes,
  droppedAttributesCount: fc.nat(1_000),
});

const link = fc
  .tuple(context, fc.boolean(), attributes, fc.nat(300))
  .map(([linked, isRemote, own, droppedAttributesCount]) => ({
    context: { ...linked, isRemote },
    attributes: own,
    droppedAttributesCount,
  }));

const RESOURCES = [
  buildResource({ 'service.name': 'one' }),
  { ...buildResource({ 'service.name': 'two', long: 'é'.repeat(200) }), schemaUrl: 'https://example.com/schema' },
];

const SCOPES = [
  { name: 'a' },
  { name: 'a', version: '1' },
  { name: 'a', version: '1' },
  { name: 'b', schemaUrl: 'https://example.com/scope' },
  { name: 'c', attributes: { library: 'ü' }, droppedAttributesCount: 2 },
];

/** An ended span. */
export const span: fc.Arbitrary<ReadableSpanLike> = fc
  .record({
    context,
    parent: fc.option(fc.tuple(hex(16), fc.boolean()), { nil: undefined }),
    name: text,
    kind: fc.integer({ min: 0, max: 4 }),
    status: fc.oneof(
      fc.record({ code: fc.integer({ min: 0, max: 2 }) }),
      fc.record({ code: fc.constant(2), message: text }),
    ),
    startTime: time,
    endTime: time,
    attributes,
    events: fc.array(event, { maxLength: 2 }),
    links: fc.array(link, { maxLength: 2 }),
    resource: fc.constantFrom(...RESOURCES),
    instrumentationScope: fc.constantFrom(...SCOPES),
    dropped: fc.tuple(fc.nat(200), fc.nat(20_000), fc.nat(3_000_000)),
  })
  .map(({ context: own, parent, dropped, ...fields }): ReadableSpanLike => {
    const [droppedAttributesCount, droppedEventsCount, droppedLinksCount] = dropped;
    const built = { ...buildSpan(), ...fields, droppedAttributesCount, droppedEventsCount, droppedLinksCount };
    const span = { ...built, spanContext: () => own };
    if (parent === undefined) return span;
    const [spanId, isRemote] = parent;
    return { ...span, parentSpanContext: { traceId: own.traceId, spanId, traceFlags: own.traceFlags, isRemote } };
  });
