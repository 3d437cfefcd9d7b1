import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { SpanNode } from '../src/span-forest.js';
import { buildSpanForest, toMillis } from '../src/span-forest.js';
import { realSpans } from './real-spans.js';

type Names = { [name: string]: Names };
const names = (nodes: SpanNode[]): Names =>
  Object.fromEntries(nodes.map(({ span, children }) => [span.name, names(children)]));

test('puts spans below their parents, in order of their start', () => {
  const spans = realSpans({
    name: 'root',
    children: [
      { name: 'second', startMillis: 1_700_000_000_020 },
      { name: 'first', startMillis: 1_700_000_000_010, children: [{ name: 'inner' }] },
    ],
  });
  const forest = buildSpanForest(spans);
  expect(names(forest)).toEqual({ root: { first: { inner: {} }, second: {} } });
  expect(forest[0]?.children.map(({ span }) => span.name)).toEqual(['first', 'second']);
});

test('a span whose parent is missing is a top of its own', () => {
  const spans = realSpans({ name: 'root', children: [{ name: 'a' }, { name: 'b' }] });
  expect(names(buildSpanForest(spans.filter((span) => span.name !== 'root')))).toEqual({ a: {}, b: {} });
});

test('shows every span once even when spans are each other’s parents', () => {
  const [a, b, own] = realSpans({ name: 'a' }, { name: 'b' }, { name: 'own' });
  if (!a || !b || !own) throw new Error('no spans');
  const below = (span: ReadableSpanLike, parent: ReadableSpanLike): ReadableSpanLike =>
    Object.create(span, { parentSpanContext: { value: parent.spanContext() } }) as ReadableSpanLike;
  const forest = buildSpanForest([below(a, b), below(b, a), below(own, own)]);
  const seen: string[] = [];
  const visit = (node: SpanNode): void => {
    seen.push(node.span.name);
    node.children.forEach(visit);
  };
  forest.forEach(visit);
  expect(seen.sort()).toEqual(['a', 'b', 'own']);
});

test('survives a trace of ten thousand levels', () => {
  const [span] = realSpans({ name: 'deep' });
  if (!span) throw new Error('no span');
  const level = (id: number): ReadableSpanLike =>
    Object.create(span, {
      spanContext: { value: () => ({ ...span.spanContext(), spanId: String(id) }) },
      parentSpanContext: { value: id === 0 ? undefined : { ...span.spanContext(), spanId: String(id - 1) } },
    }) as ReadableSpanLike;
  expect(buildSpanForest(Array.from({ length: 10_000 }, (_, id) => level(id)))).toHaveLength(1);
});

test('reads the time format of the SDK', () => {
  expect(toMillis([1, 500_000])).toBe(1_000.5);
});
