import fc from 'fast-check';
import { buildSpan, fuzz } from '@genspan/test-utils';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { SpanQueue } from '../src/span-queue.js';

/** The same queue as a plain array. */
class Model {
  readonly entries: { span: ReadableSpanLike; bytes: number; sequence: number }[] = [];
  /** Sequence at or after which the mark is. */
  mark = 1;
  last = 0;

  marked() {
    return this.entries.find(({ sequence }) => sequence >= this.mark);
  }

  remove(entry: { sequence: number } | undefined) {
    const index = this.entries.findIndex(({ sequence }) => sequence === entry?.sequence);
    return index < 0 ? undefined : this.entries.splice(index, 1)[0]?.span;
  }
}

test('behaves like an array with a mark, however spans come, go and are taken out at the mark', () => {
  const command = fc.constantFrom('add', 'add', 'add', 'takeOldest', 'takeMarked', 'moveMark');
  fc.assert(
    fc.property(fc.array(fc.tuple(command, fc.integer({ min: 1, max: 90 })), { maxLength: 40 }), (commands) => {
      const queue = new SpanQueue();
      const model = new Model();
      for (const [name, times] of commands) {
        for (let i = 0; i < times; i++) {
          if (name === 'add') {
            const span = buildSpan();
            queue.add(span, times);
            model.last += 1;
            model.entries.push({ span, bytes: times, sequence: model.last });
          } else if (name === 'takeOldest') {
            expect(queue.takeOldest()).toBe(model.remove(model.entries[0]));
          } else if (name === 'takeMarked') {
            expect(queue.takeMarked()).toBe(model.remove(model.marked()));
          } else {
            queue.moveMark();
            model.mark = (model.marked()?.sequence ?? model.last) + 1;
          }
        }
        expect(queue.size).toBe(model.entries.length);
        expect(queue.bytes).toBe(model.entries.reduce((sum, { bytes }) => sum + bytes, 0));
        expect(queue.marked).toBe(model.marked()?.span);
        expect(queue.oldestSequence).toBe(model.entries[0]?.sequence ?? Infinity);
        expect(queue.oldestBytes).toBe(model.entries[0]?.bytes ?? 0);
        expect(queue.lastSequence).toBe(model.last);
        const middle = Math.floor(model.last / 2);
        expect(queue.countThrough(middle)).toBe(model.entries.filter(({ sequence }) => sequence <= middle).length);
        expect(queue.countThrough(model.last)).toBe(model.entries.length);
      }
    }),
    fuzz(40),
  );
});

test('finds the end of a long queue in the time of a short one', () => {
  const queue = new SpanQueue();
  const span = buildSpan();
  const runs = 100_000;
  for (let i = 0; i < runs; i++) queue.add(span, 1);
  const started = performance.now();
  for (let i = 0; i < runs; i++) {
    queue.add(span, 1);
    queue.takeOldest();
  }
  // An array that moves what is behind takes many seconds.
  expect(performance.now() - started).toBeLessThan(1000);
  expect(queue.size).toBe(runs);
});
