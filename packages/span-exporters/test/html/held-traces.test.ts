import { sizeOfSpan } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { HeldTraces } from '../../src/html/held-traces.js';
import type { HeldTracesLimits } from '../../src/html/held-traces.js';

const span = (spanId: string, text = '') => buildSpan({ spanId, attributes: { text } });
const BYTES = sizeOfSpan(span('a'));

function held(limits: Partial<HeldTracesLimits>) {
  const evicted: string[] = [];
  const traces = new HeldTraces({ maxTraces: 9, maxSpans: 9, maxBytes: 9 * BYTES, ...limits }, ({ traceId }) => {
    evicted.push(traceId);
  });
  return { traces, evicted, ids: () => traces.values().map(({ traceId }) => traceId) };
}

test.each<[string, Partial<HeldTracesLimits>]>([
  ['traces', { maxTraces: 2 }],
  ['spans', { maxSpans: 2 }],
  ['bytes', { maxBytes: 2 * BYTES }],
])('with too many %s the trace that has been quiet longest goes', (_, limits) => {
  const { traces, evicted, ids } = held(limits);
  traces.add('one', [span('a')]);
  traces.add('two', [span('a')]);
  traces.add('three', [span('a')]);
  expect([evicted, ids()]).toEqual([['one'], ['two', 'three']]);
});

test('a trace that grows is not quiet', () => {
  const { traces, evicted } = held({ maxTraces: 2 });
  for (const traceId of ['one', 'two', 'one', 'three']) traces.add(traceId, [span('a')]);
  expect(evicted).toEqual(['two']);
});

test('a trace that is too large alone keeps what came first and counts the rest', () => {
  const { traces } = held({ maxSpans: 2 });
  const spans = [span('a'), span('b'), span('c')];
  const { trace, refused } = traces.add('one', spans);
  expect(refused).toEqual([spans[2]]);
  expect([...trace.spans.keys()]).toEqual(['a', 'b']);
  expect([trace.leftOutSpans, trace.unwritten]).toEqual([1, 2]);
});

test('one span is held however large it is, and the same span again takes no more room', () => {
  const { traces } = held({ maxBytes: 1_000 });
  expect(traces.add('one', [span('a', 'x'.repeat(10_000))]).refused).toEqual([]);
  const same = held({ maxSpans: 2 });
  for (let times = 0; times < 5; times++) same.traces.add('one', [span('a')]);
  expect(same.traces.add('one', [span('b')]).refused).toEqual([]);
});

test('what is given up makes room', () => {
  const { traces, evicted } = held({ maxSpans: 1 });
  traces.delete(traces.add('one', [span('a')]).trace);
  expect(traces.add('two', [span('a')]).refused).toEqual([]);
  expect(evicted).toEqual([]);
});
