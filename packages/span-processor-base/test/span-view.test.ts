import { SpanKind, SpanStatusCode, TraceFlags, createTraceState } from '@opentelemetry/api';
import type { HrTime } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { buildSpan } from '@genspan/test-utils';
import { SpanView } from '../src/span-view.js';

/** A real, ended span with something in every field. */
function endedSpan(): ReadableSpan {
  let ended: ReadableSpan | undefined;
  const catching = {
    onStart() {},
    onEnd: (span: ReadableSpan) => void (ended = span),
    forceFlush: () => Promise.resolve(),
    shutdown: () => Promise.resolve(),
  };
  const tracer = new TracerProvider({ spanProcessors: [catching] }).getTracer('scope', '1.2.3');
  const linked = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: TraceFlags.SAMPLED };
  const span = tracer.startSpan('chat', {
    kind: SpanKind.CLIENT,
    attributes: { text: 'hello', count: 3, list: ['a', 'b'] },
    links: [{ context: linked, attributes: { why: 'batch' } }],
  });
  span.addEvent('first', { detail: 'one' });
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'failed' });
  span.end();
  if (ended === undefined) throw new Error('the span did not reach the processor');
  return ended;
}

/** The SDK's own serializers take the SDK's type, whose `resource` has methods that they do not call. */
function serialized(spans: unknown[], serializer: { serializeRequest(spans: never): Uint8Array | undefined }): Buffer {
  return Buffer.from(serializer.serializeRequest(spans as never) ?? []);
}

test.each([
  ['JSON', JsonTraceSerializer],
  ['protobuf', ProtobufTraceSerializer],
])('an unchanged view gives the same OTLP %s as the span', (_, serializer) => {
  const span = endedSpan();
  const twice = new SpanView(new SpanView(span));
  expect(serialized([twice], serializer)).toEqual(serialized([span], serializer));
});

test('a changed view is exported changed, with nothing of the original in the bytes', () => {
  const view = new SpanView(endedSpan());
  view.name = 'NAME';
  view.status = { code: SpanStatusCode.ERROR, message: 'MESSAGE' };
  view.ownAttributes()['text'] = 'ATTRIBUTE';
  for (const event of view.ownEvents()) event.attributes = { detail: 'EVENT' };
  for (const link of view.ownLinks()) link.attributes = { why: 'LINK' };
  view.traceFlags = TraceFlags.NONE;
  view.traceState = createTraceState('ot=th:c');

  const text = serialized([view], JsonTraceSerializer).toString();
  for (const own of ['NAME', 'MESSAGE', 'ATTRIBUTE', 'EVENT', 'LINK', 'ot=th:c']) expect(text).toContain(own);
  for (const original of ['"chat"', 'failed', 'hello', '"one"', 'batch']) expect(text).not.toContain(original);
  expect(JSON.parse(text).resourceSpans[0].scopeSpans[0].spans[0].flags & 1).toBe(0);
});

test('changes on a view never reach the span, whatever is changed', () => {
  const span = endedSpan();
  const before = serialized([span], JsonTraceSerializer).toString();
  const view = new SpanView(span);
  view.name = 'other';
  view.ownAttributes()['added'] = true;
  delete view.ownAttributes()['text'];
  view.ownEvents().pop();
  const link = view.ownLinks()[0];
  if (link?.attributes) link.attributes['why'] = 'changed';
  expect(serialized([span], JsonTraceSerializer).toString()).toBe(before);
});

test('events are copied with their attributes', () => {
  const span = endedSpan();
  const event = new SpanView(span).ownEvents()[0];
  if (event?.attributes) event.attributes['detail'] = 'changed';
  expect(span.events[0]?.attributes).toEqual({ detail: 'one' });
});

test('a view of a view shares its copies until it changes something itself', () => {
  const first = new SpanView(endedSpan());
  first.ownAttributes()['stage'] = 1;
  const second = new SpanView(first);
  expect(second.attributes).toBe(first.attributes);
  second.ownAttributes()['stage'] = 2;
  expect(first.attributes['stage']).toBe(1);
  expect(second.attributes['stage']).toBe(2);
});

test('copies nothing before it is asked to, and copies once', () => {
  const span = endedSpan();
  const view = new SpanView(span);
  expect(view.attributes).toBe(span.attributes);
  expect(view.events).toBe(span.events);
  expect(view.ownAttributes()).toBe(view.ownAttributes());
  expect(view.attributes).toBe(view.ownAttributes());
});

test('keeps the identity of resource and scope, by which exporters group', () => {
  const span = endedSpan();
  const view = new SpanView(span);
  expect(view.resource).toBe(span.resource);
  expect(view.instrumentationScope).toBe(span.instrumentationScope);
});

test('keeps duration, ended and the counts of what was dropped', () => {
  const span = endedSpan();
  const view = new SpanView(span);
  expect([view.startTime, view.endTime, view.duration, view.ended]).toEqual([
    span.startTime,
    span.endTime,
    span.duration,
    true,
  ]);
  expect([view.droppedAttributesCount, view.droppedEventsCount, view.droppedLinksCount]).toEqual([0, 0, 0]);
});

test('reads right below someone else’s Object.create()', () => {
  const view = new SpanView(endedSpan());
  view.ownAttributes()['text'] = 'mine';
  const foreign = Object.create(view, { name: { value: 'theirs' } }) as SpanView;
  expect([foreign.name, foreign.attributes['text'], foreign.spanContext()]).toEqual([
    'theirs',
    'mine',
    view.spanContext(),
  ]);
});

test('keeps times to the last digit, also those that are not whole numbers or too large for a small one', () => {
  const span = buildSpan();
  for (const time of [
    [0, 0],
    [1_732_000_000, 999_999_999],
    [2 ** 31, 0.5],
    [2 ** 40, 1e9 - 0.25],
    [-1, -0.5],
  ] as const) {
    const view = new SpanView({ ...span, startTime: [...time], endTime: [...time], duration: [...time] });
    expect([view.startTime, view.endTime, view.duration]).toEqual([time, time, time]);
  }
});

test.each<[string, HrTime, HrTime, HrTime]>([
  ['within a second', [5, 100], [5, 300], [0, 200]],
  ['over a second', [5, 900_000_000], [7, 100_000_000], [1, 200_000_000]],
  ['that somebody measured otherwise', [5, 100], [5, 300], [3, 7]],
  ['of a clock that went back', [5, 100], [4, 0], [0, 0]],
])('keeps a duration %s', (_, startTime, endTime, duration) => {
  const view = new SpanView({ ...buildSpan(), startTime, endTime, duration });
  expect([view.startTime, view.endTime, view.duration]).toEqual([startTime, endTime, duration]);
});

test('keeps the counts of what was dropped', () => {
  const counts = { droppedAttributesCount: 0, droppedEventsCount: 2, droppedLinksCount: 3 };
  const view = new SpanView({ ...buildSpan(), ...counts });
  expect(view).toMatchObject(counts);
});

test('what is written into an empty list that was read reaches no other view', () => {
  const [first, second] = [new SpanView(buildSpan()), new SpanView(buildSpan())];
  first.events.push({ name: 'stray', time: [0, 0] });
  expect(second.events).toEqual([]);
  first.ownEvents().push({ name: 'own', time: [0, 0] });
  first.ownLinks().push({ context: first.spanContext() });
  expect([first.events.length, first.links.length]).toEqual([1, 1]);
  expect([second.events, second.links]).toEqual([[], []]);
});

test('a status without a message stays one, and a message can be taken away', () => {
  const view = new SpanView(buildSpan({ status: { code: SpanStatusCode.ERROR, message: 'failed' } }));
  view.status = { code: SpanStatusCode.ERROR };
  expect(view.status).toEqual({ code: SpanStatusCode.ERROR });
  expect('message' in view.status).toBe(false);
});

test('counts attributes that were left out beside those that the SDK left out', () => {
  const view = new SpanView({ ...buildSpan(), droppedAttributesCount: 2, droppedEventsCount: 1 });
  view.countDroppedAttributes(3);
  expect([view.droppedAttributesCount, view.droppedEventsCount, view.droppedLinksCount]).toEqual([5, 1, 0]);
});
