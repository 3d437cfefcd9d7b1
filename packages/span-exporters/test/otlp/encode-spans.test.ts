import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { OTLP_MESSAGES, buildResource, buildSpan, fuzz, readMessage, spansOf } from '@genspan/test-utils';
import fc from 'fast-check';
import { encodeSpans } from '../../src/otlp/encode-spans.js';
import { encodeTraceRequest } from '../../src/otlp/encode-trace-request.js';
import type { EncodedSpans, OtlpEncoding } from '../../src/otlp/otlp-payload.js';
import { span } from './arbitrary-spans.js';

const ENCODINGS: OtlpEncoding[] = ['protobuf', 'json'];

const read = ({ encoding, bytes }: EncodedSpans) =>
  spansOf(
    encoding === 'json' ? JSON.parse(bytes.toString()) : readMessage(bytes, 'ExportTraceServiceRequest', OTLP_MESSAGES),
  );

const named = (name: string, textBytes: number, more: Parameters<typeof buildSpan>[0] = {}) =>
  buildSpan({ name, ...more, attributes: { text: 'x'.repeat(textBytes), ...more.attributes } });

describe.each(ENCODINGS)('%s', (encoding) => {
  test('every span is in one payload or lost, none is longer than allowed, and each says which spans are in it', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), fc.integer({ min: 1, max: 20_000 }), (spans, maxRequestBytes) => {
        const { payloads, losses, cutSpans } = encodeSpans(spans, { encoding, maxRequestBytes });
        let cut = 0;
        for (const payload of payloads) {
          expect(payload.bytes.length).toBeLessThanOrEqual(maxRequestBytes);
          const received = read(payload);
          expect(received.map(({ spanId }) => spanId)).toEqual(payload.spans.map((one) => one.spanContext().spanId));
          expect(payload.spanCount).toBe(payload.spans.length);
          cut += received.filter(({ attributes }) => 'genspan.export.cut_bytes' in attributes).length;
        }
        expect(cutSpans).toBe(cut);
        const lost = losses.flatMap((loss) => loss.spans ?? []);
        const all = [...payloads.flatMap((payload) => payload.spans), ...lost];
        expect(all).toHaveLength(spans.length);
        const distinct = new Set(all);
        expect(spans.every((one) => distinct.has(one))).toBe(true);
      }),
      fuzz(60),
    );
  });

  test('without a limit it is the one request that encodeTraceRequest makes', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 6 }), (spans) => {
        const { payloads } = encodeSpans(spans, { encoding, maxRequestBytes: Infinity });
        expect(payloads).toHaveLength(1);
        expect(payloads[0]?.bytes.equals(encodeTraceRequest(spans, encoding))).toBe(true);
      }),
      fuzz(50),
    );
  });

  test('a payload that was split off is byte for byte the request of its spans', () => {
    const spans = Array.from({ length: 40 }, (_, i) =>
      named(`s${i}`, 50 * i, { scope: { name: i % 3 === 0 ? 'a' : 'b' }, spanId: i.toString(16).padStart(16, '0') }),
    );
    const { payloads } = encodeSpans(spans, { encoding, maxRequestBytes: 5_000 });
    expect(payloads.length).toBeGreaterThan(5);
    for (const { bytes, spans: members } of payloads) {
      expect(bytes.equals(encodeTraceRequest(members, encoding))).toBe(true);
    }
  });

  test('fills payloads: no two that follow each other would have fitted into one', () => {
    const spans = Array.from({ length: 300 }, (_, i) => named(`s${i}`, (i * 37) % 900));
    const { payloads } = encodeSpans(spans, { encoding, maxRequestBytes: 10_000 });
    const total = payloads.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(payloads.length).toBeLessThanOrEqual(Math.ceil(total / 9_000));
  });

  test('a limit that a request meets exactly is not exceeded', () => {
    const spans = [named('a', 200), named('b', 200)];
    const exact = encodeTraceRequest(spans, encoding).length;
    expect(encodeSpans(spans, { encoding, maxRequestBytes: exact }).payloads).toHaveLength(1);
    expect(encodeSpans(spans, { encoding, maxRequestBytes: exact - 1 }).payloads).toHaveLength(2);
  });

  test('cuts a span that alone is too long down to its envelope, and says how long it was', () => {
    const giant = named('giant', 100_000, {
      parentSpanId: 'c'.repeat(16),
      attributes: { 'gen_ai.request.model': 'gpt', 'gen_ai.usage.input_tokens': 7, reasons: ['stop'] },
      events: [{ name: 'gone' }],
      status: { code: 2, message: 'why' },
    });
    const spans = [named('a', 10), giant, named('b', 10)];
    const { payloads, losses, cutSpans } = encodeSpans(spans, { encoding, maxRequestBytes: 4_000 });
    expect(cutSpans).toBe(1);
    expect(losses).toEqual([]);
    const received = payloads.flatMap(read);
    expect(received.map(({ name }) => name)).toEqual(['a', 'giant', 'b']);
    expect(received[1]).toMatchObject({
      parentSpanId: 'c'.repeat(16),
      attributes: {
        'gen_ai.request.model': 'gpt',
        'gen_ai.usage.input_tokens': 7,
        reasons: ['stop'],
        'genspan.export.cut_bytes': expect.any(Number),
      },
      status: { code: 'error', message: 'why' },
      events: [],
      droppedAttributesCount: 1,
    });
    const whole = encodeTraceRequest([giant], encoding).length;
    const cutBytes = Number(received[1]?.attributes['genspan.export.cut_bytes']);
    expect(whole - cutBytes).toBeGreaterThan(0);
    expect(whole - cutBytes).toBeLessThan(300);
    expect(payloads.flatMap((payload) => payload.spans)).toContain(giant);
  });

  test('cuts further where what is small is too much, too', () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`key${i}`, 'x'.repeat(200)]));
    const { payloads, cutSpans } = encodeSpans([named('giant'.repeat(300), 10, { attributes: many })], {
      encoding,
      maxRequestBytes: 1_500,
    });
    expect(cutSpans).toBe(1);
    expect(Object.keys(payloads.flatMap(read)[0]?.attributes ?? {})).toEqual(['text', 'genspan.export.cut_bytes']);
  });

  test('loses a span whose resource alone is longer than a request', () => {
    const wordy = named('a', 1, { resource: buildResource({ 'process.command_line': 'x'.repeat(5_000) }) });
    const { payloads, losses } = encodeSpans([wordy, named('b', 1)], { encoding, maxRequestBytes: 4_000 });
    expect(payloads.flatMap(read).map(({ name }) => name)).toEqual(['b']);
    expect(losses).toMatchObject([{ reason: 'encoding', count: 1, spans: [wordy] }]);
  });

  const THROWS = {
    get broken(): string {
      throw new Error('not to be read');
    },
  };

  test.each<[string, (good: ReadableSpanLike) => ReadableSpanLike]>([
    ['an attribute throws', (good) => ({ ...good, attributes: THROWS })],
    [
      'its context throws',
      (good) => ({
        ...good,
        spanContext: () => {
          throw new Error('no');
        },
      }),
    ],
    ['its trace id is no id', (good) => ({ ...good, spanContext: () => ({ ...good.spanContext(), traceId: 'zz' }) })],
    [
      'its span id is too long',
      (good) => ({ ...good, spanContext: () => ({ ...good.spanContext(), spanId: 'a'.repeat(17) }) }),
    ],
    [
      'its span id has letters beyond f',
      (good) => ({ ...good, spanContext: () => ({ ...good.spanContext(), spanId: 'g'.repeat(16) }) }),
    ],
    ['its parent’s id is no id', (good) => ({ ...good, parentSpanContext: { ...good.spanContext(), spanId: '7' } })],
    ['its resource throws', (good) => ({ ...good, resource: { attributes: THROWS } })],
    [
      'its scope throws',
      (good) => ({
        ...good,
        instrumentationScope: {
          get name(): string {
            throw new Error('no');
          },
        },
      }),
    ],
  ])('loses a span alone when %s', (_why, broken) => {
    const bad = broken(named('bad', 10));
    const { payloads, losses } = encodeSpans([named('a', 10), bad, named('b', 10)], { encoding, maxRequestBytes: 1e6 });
    expect(payloads.flatMap(read).map(({ name }) => name)).toEqual(['a', 'b']);
    expect(losses.map(({ reason, count }) => ({ reason, count }))).toEqual([{ reason: 'encoding', count: 1 }]);
    expect(losses[0]?.spans?.[0]).toBe(bad);
    expect(losses[0]?.error).toBeInstanceOf(Error);
    expect(() => encodeTraceRequest([bad], encoding)).toThrow();
  });

  test('ends a value that contains itself, and one that is deeper than any reader takes', () => {
    const circular: Record<string, unknown> = { name: 'x' };
    circular['self'] = circular;
    circular['list'] = [circular, circular];
    let deep: unknown = 'end';
    for (let i = 0; i < 50_000; i++) deep = [deep];
    const given = { ...named('odd', 1), attributes: { circular, deep } as never };
    const { payloads, losses } = encodeSpans([given], { encoding, maxRequestBytes: 1e6 });
    expect(losses).toEqual([]);
    expect(payloads.flatMap(read)[0]?.attributes['circular']).toEqual({
      name: 'x',
      self: undefined,
      list: [undefined, undefined],
    });
  });

  test('cuts a span whose values share parts so that written out they would not end', () => {
    let shared: unknown = ['x'];
    for (let i = 0; i < 29; i++) shared = [shared, shared];
    const { payloads, cutSpans } = encodeSpans([{ ...named('odd', 1), attributes: { shared } as never }], {
      encoding,
      maxRequestBytes: 1e6,
    });
    expect(cutSpans).toBe(1);
    expect(payloads.flatMap(read)[0]?.name).toBe('odd');
  });

  test('leaves out links without valid ids, and counts them as dropped', () => {
    const valid = { context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 } };
    const invalid = { context: { traceId: '', spanId: '', traceFlags: 0 } };
    const { payloads } = encodeSpans([{ ...named('a', 1), links: [invalid, valid] }], {
      encoding,
      maxRequestBytes: 1e6,
    });
    expect(payloads.flatMap(read)[0]?.links).toMatchObject([{ spanId: 'b'.repeat(16) }]);
  });

  test('makes of values of a wrong type what a receiver takes', () => {
    const odd = {
      ...named('', 1),
      name: 12 as never,
      kind: 'client' as never,
      startTime: [NaN, 0] as never,
      endTime: [-5, 0] as never,
      status: { code: 'ERROR' as never, message: 3 as never },
      droppedAttributesCount: -1,
      droppedEventsCount: 1.5,
    };
    const { payloads } = encodeSpans([odd], { encoding, maxRequestBytes: 1e6 });
    expect(payloads.flatMap(read)[0]).toMatchObject({
      name: '12',
      kind: 'unspecified',
      startTimeUnixNano: 0n,
      endTimeUnixNano: 0n,
      status: { code: 'unset', message: '3' },
      droppedAttributesCount: 0,
    });
  });

  test('a getter that encodes spans itself disturbs nothing', () => {
    const inner = named('inner', 1_000);
    const outer = {
      ...named('outer', 1),
      attributes: {
        a: 'first',
        get b(): number {
          return encodeTraceRequest([inner], encoding).length;
        },
      },
    };
    const { payloads } = encodeSpans([outer], { encoding, maxRequestBytes: 1e6 });
    expect(payloads.flatMap(read)[0]?.attributes).toEqual({
      a: 'first',
      b: encodeTraceRequest([inner], encoding).length,
    });
  });

  test('no spans are no payload', () => {
    expect(encodeSpans([], { encoding, maxRequestBytes: 1 })).toEqual({ payloads: [], losses: [], cutSpans: 0 });
  });
});
