import fc from 'fast-check';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { TraceBuffer } from '../src/trace-buffer.js';
import type { CollectedTrace } from '../src/trace-buffer.js';
import type { SpanSpec } from './real-spans.js';
import { realSpans } from './real-spans.js';

const buffer = (limits = {}) => new TraceBuffer({ maxTraces: 10, maxSpans: 100, waitMillis: 1_000, ...limits });

/** The spans of one trace, by name. */
function trace(spec: SpanSpec): (name: string) => ReadableSpan {
  const spans = realSpans(spec);
  return (name) => {
    const found = spans.find((span) => span.name === name);
    if (found === undefined) throw new Error(`no span ${name}`);
    return found;
  };
}
const shown = (collected: CollectedTrace[]) =>
  collected.map(({ kind, spans }) => [kind, spans.map(({ name }) => name).sort()]);

const FAMILY = { name: 'root', children: [{ name: 'a', children: [{ name: 'b' }] }, { name: 'c' }] };

test('gives a trace when its local root has come, whatever the batches', () => {
  const get = trace(FAMILY);
  const target = buffer();
  expect(target.add([get('b')], 0)).toEqual([]);
  expect(target.add([get('c'), get('a')], 0)).toEqual([]);
  expect(shown(target.add([get('root')], 0))).toEqual([['complete', ['a', 'b', 'c', 'root']]]);
  expect(target.spanCount).toBe(0);
});

test('within a batch the order does not matter', () => {
  const get = trace(FAMILY);
  expect(shown(buffer().add([get('root'), get('b'), get('a'), get('c')], 0))).toEqual([
    ['complete', ['a', 'b', 'c', 'root']],
  ]);
});

test('a span whose parent is in another process is a local root', () => {
  const get = trace({ name: 'request', remoteParent: true, children: [{ name: 'a' }] });
  expect(shown(buffer().add([get('a'), get('request')], 0))).toEqual([['complete', ['a', 'request']]]);
});

test('two requests that continue one trace are two trees; the first leaves what is below the second', () => {
  const first = trace({ name: 'one', remoteParent: true, children: [{ name: 'a' }] });
  const second = trace({ name: 'two', remoteParent: true, children: [{ name: 'b' }] });
  const target = buffer();
  target.add([first('a'), second('b')], 0);
  expect(shown(target.add([first('one')], 0))).toEqual([['complete', ['a', 'one']]]);
  expect(target.spanCount).toBe(1);
  expect(shown(target.add([second('two')], 0))).toEqual([['complete', ['b', 'two']]]);
});

test('a span that comes after its tree is late, with what waited for it', () => {
  const get = trace(FAMILY);
  const target = buffer();
  target.add([get('root')], 0);
  expect(target.add([get('b')], 0)).toEqual([]);
  expect(shown(target.add([get('a')], 0))).toEqual([['late', ['a', 'b']]]);
  expect(shown(target.add([get('c')], 0))).toEqual([['late', ['c']]]);
});

test('gives up waiting for a root only when the trace has been quiet for the wait', () => {
  const get = trace(FAMILY);
  const target = buffer();
  target.add([get('b')], 0);
  target.add([get('a')], 900);
  expect(target.takeOverdue(1_500)).toEqual([]);
  expect(shown(target.takeOverdue(1_900))).toEqual([['incomplete', ['a', 'b']]]);
  expect(target.takeOverdue(9_999)).toEqual([]);
});

test('beyond the number of traces the one that has been quiet longest goes', () => {
  const target = buffer({ maxTraces: 2 });
  const traces = ['x', 'y', 'z'].map((name) => trace({ name: 'root', children: [{ name }, { name: `${name}2` }] }));
  target.add([traces[0]!('x')], 0);
  target.add([traces[1]!('y')], 0);
  target.add([traces[0]!('x2')], 0);
  expect(shown(target.add([traces[2]!('z')], 0))).toEqual([['incomplete', ['y']]]);
});

test('beyond the number of spans whole traces go', () => {
  const target = buffer({ maxSpans: 2 });
  const get = trace(FAMILY);
  const other = trace({ name: 'root', children: [{ name: 'd' }] });
  target.add([get('a'), get('b')], 0);
  expect(shown(target.add([other('d')], 0))).toEqual([['incomplete', ['a', 'b']]]);
  expect(target.spanCount).toBe(1);
});

test('counts a span that is exported twice once', () => {
  const get = trace(FAMILY);
  const target = buffer();
  target.add([get('a'), get('a')], 0);
  expect(target.spanCount).toBe(1);
  expect(shown(target.takeAll())).toEqual([['incomplete', ['a']]]);
  expect(target.spanCount).toBe(0);
});

test('gives every span exactly once, whatever the order, the batches and the limits', () => {
  const specs: SpanSpec[] = [FAMILY, { ...FAMILY, remoteParent: true }, { ...FAMILY, remoteParent: true }];
  const all = realSpans(...specs);
  const order = fc.shuffledSubarray(all, { minLength: all.length });
  const limits = fc.record({ maxTraces: fc.integer({ min: 1, max: 4 }), maxSpans: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(order, fc.array(fc.integer({ min: 1, max: 4 })), limits, (spans, sizes, limit) => {
      const target = buffer(limit);
      const given: CollectedTrace[] = [];
      const rest = [...spans];
      for (const size of sizes) given.push(...target.add(rest.splice(0, size), 0));
      given.push(...target.add(rest, 0), ...target.takeAll());
      const ids = given.flatMap((collected) => collected.spans.map((span) => span.spanContext().spanId));
      expect(ids.sort()).toEqual(all.map((span) => span.spanContext().spanId).sort());
      expect(target.spanCount).toBe(0);
    }),
  );
});
