import { SpanStatusCode } from '@opentelemetry/api';
import { sizeOfSpan } from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { buildSpan } from '@genspan/test-utils';
import { BoundedSpanQueue } from '../src/bounded-span-queue.js';
import type { QueueBounds } from '../src/bounded-span-queue.js';

/** A queue, and the names of what it dropped. */
function open(bounds: Partial<QueueBounds>) {
  const dropped: string[] = [];
  const queue = new BoundedSpanQueue(
    { maxQueueSize: 3, maxQueueBytes: 1e9, dropPolicy: 'newest', ...bounds },
    ({ name }) => dropped.push(name),
  );
  const names = (): string[] => queue.takeBatch(Infinity, Infinity).spans.map(({ name }) => name);
  return { queue, dropped, names };
}

/** A span whose name begins with its trace: `a1`; one that ends with `!` failed. */
function span(name: string, characters = 0): ReadableSpanLike {
  return buildSpan({
    name,
    traceId: (name.codePointAt(0) ?? 0).toString(16).padStart(32, '0'),
    attributes: { text: 'x'.repeat(characters) },
    status: { code: name.endsWith('!') ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
  });
}

test.each([
  ['newest', 'a1 b1 c1 d1 e1', 'd1 e1', 'a1 b1 c1'],
  ['oldest', 'a1 b1 c1 d1 e1', 'a1 b1', 'c1 d1 e1'],
  ['leastImportant', 'a1 b1! c1 d1 e1', 'a1 c1', 'b1! d1 e1'],
  // Siblings that came before the error count, too.
  ['leastImportant', 'a1 b1 a2! c1 d1', 'b1 c1', 'a1 a2! d1'],
  ['leastImportant', 'a1 a2! a3 b1 c1', 'b1 c1', 'a1 a2! a3'],
  // A trace that turned important after its span was passed over.
  ['leastImportant', 'a1! b1! c1 b2 d1', 'c1 d1', 'a1! b1! b2'],
  // Only important ones are left: the oldest goes.
  ['leastImportant', 'a1! b1! c1! d1!', 'a1!', 'b1! c1! d1!'],
  ['leastImportant', 'a1! b1! c1! d1', 'd1', 'a1! b1! c1!'],
  ['leastImportant', 'a1 b1! a2! c1! d1!', 'a1 b1!', 'a2! c1! d1!'],
] as const)('%s: of %s drops %s', (dropPolicy, offered, dropped, left) => {
  const app = open({ dropPolicy });
  for (const name of offered.split(' ')) app.queue.offer(span(name));
  expect(app.dropped.join(' ')).toBe(dropped);
  expect(app.names().join(' ')).toBe(left);
});

test.each(['newest', 'oldest', 'leastImportant'] as const)(
  '%s: holds the bound of bytes with spans of 1 MB',
  (dropPolicy) => {
    const maxQueueBytes = 8 * 1024 * 1024;
    const app = open({ dropPolicy, maxQueueSize: 1000, maxQueueBytes });
    for (let i = 0; i < 50; i++) {
      app.queue.offer(span(`a${i}`, 1024 * 1024));
      expect(app.queue.bytes).toBeLessThanOrEqual(maxQueueBytes);
    }
    expect(app.queue.size).toBe(3);
    expect(app.dropped).toHaveLength(47);
  },
);

test.each(['newest', 'oldest', 'leastImportant'] as const)(
  '%s: drops a span that finds no room even alone, and no other for it',
  (dropPolicy) => {
    const app = open({ dropPolicy, maxQueueBytes: 10_000 });
    for (const name of ['a1', 'b1']) app.queue.offer(span(name));
    app.queue.offer(span('c1', 10_000));
    expect(app.dropped).toEqual(['c1']);
    expect(app.names()).toEqual(['a1', 'b1']);
  },
);

test('cuts batches by spans and by bytes, and lets a span that is larger than a batch go alone', () => {
  const { queue } = open({ maxQueueSize: 100 });
  for (const [name, characters] of [
    ['a1', 0],
    ['b1', 0],
    ['c1', 5000],
    ['d1', 0],
    ['e1', 0],
  ] as const) {
    queue.offer(span(name, characters));
  }
  const small = sizeOfSpan(span('a1'));
  const batches: string[][] = [];
  while (queue.size > 0) batches.push(queue.takeBatch(2, 2 * small).spans.map(({ name }) => name));
  expect(batches).toEqual([['a1', 'b1'], ['c1'], ['d1', 'e1']]);
  expect(queue.takeBatch(2, 2 * small)).toEqual({ spans: [], firstSequence: Infinity });
});

test('takes a span whose size cannot be read', () => {
  const { queue, names } = open({});
  queue.offer({
    ...buildSpan({ name: 'odd' }),
    get attributes(): never {
      throw new Error('gone');
    },
  });
  expect(queue.bytes).toBeGreaterThan(0);
  expect(names()).toEqual(['odd']);
});

test('drops of 20,000 spans among important ones take no longer each than of a few', () => {
  const { queue, dropped } = open({ dropPolicy: 'leastImportant', maxQueueSize: 20_000 });
  const failed = span('a1!');
  const plain = span('b1');
  for (let i = 0; i < 20_000; i++) queue.offer(i % 2 === 0 ? failed : plain);
  const started = performance.now();
  for (let i = 0; i < 100_000; i++) queue.offer(i % 2 === 0 ? failed : plain);
  // A search from the oldest for each drop would look at a billion spans.
  expect(performance.now() - started).toBeLessThan(2000);
  expect(dropped).toHaveLength(100_000);
});
