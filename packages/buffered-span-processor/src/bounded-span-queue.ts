import { sizeOfSpan } from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { DropPolicy } from './buffered-options.js';
import { ImportantTraces } from './important-traces.js';
import { SpanQueue } from './span-queue.js';

/** Of a span that cannot be measured, as one with an attribute that throws when it is read. */
const UNKNOWN_BYTES = 4096;
/** Traces remembered as important, at least. */
const MIN_TRACES = 1024;

/** What leaves the queue together. */
export interface Batch {
  readonly spans: ReadableSpanLike[];
  /** Sequence of its first span. */
  readonly firstSequence: number;
}

/** The bounds of a {@link BoundedSpanQueue}. */
export interface QueueBounds {
  readonly maxQueueSize: number;
  readonly maxQueueBytes: number;
  readonly dropPolicy: DropPolicy;
}

/**
 * A queue that drops a span where there is no room for all.
 *
 * With `leastImportant` all spans before the queue's mark are important. The mark only moves on, so that each span is looked at
 * once however many are dropped.
 */
export class BoundedSpanQueue {
  readonly #queue = new SpanQueue();
  readonly #bounds: QueueBounds;
  readonly #dropped: (span: ReadableSpanLike) => void;
  readonly #important: ImportantTraces | undefined;

  /** @param dropped - told each span that is dropped, after it is out of the queue */
  constructor(bounds: QueueBounds, dropped: (span: ReadableSpanLike) => void) {
    this.#bounds = bounds;
    this.#dropped = dropped;
    if (bounds.dropPolicy === 'leastImportant') {
      this.#important = new ImportantTraces(Math.max(MIN_TRACES, bounds.maxQueueSize));
    }
  }

  get size(): number {
    return this.#queue.size;
  }

  get bytes(): number {
    return this.#queue.bytes;
  }

  /** Sequence of the span that has waited longest; `Infinity` when none waits. */
  get oldestSequence(): number {
    return this.#queue.oldestSequence;
  }

  get lastSequence(): number {
    return this.#queue.lastSequence;
  }

  /** How many spans came up to `sequence` and are still here. */
  countThrough(sequence: number): number {
    return this.#queue.countThrough(sequence);
  }

  /** Takes a span in; where that is one too many, it or another is dropped. */
  offer(span: ReadableSpanLike): void {
    const bytes = bytesOf(span);
    const { maxQueueBytes, dropPolicy } = this.#bounds;
    // Others do not go for one that finds no room even then.
    if (bytes > maxQueueBytes || (dropPolicy === 'newest' && !this.#hasRoomFor(bytes))) {
      this.#important?.learn(span);
      this.#dropped(span);
      return;
    }
    this.#queue.add(span, bytes);
    this.#important?.learn(span);
    while (this.#isOverfull()) this.#dropOne();
  }

  /** Takes the spans that have waited longest: at least one, if there is one. */
  takeBatch(maxSpans: number, maxBytes: number): Batch {
    const firstSequence = this.oldestSequence;
    const spans: ReadableSpanLike[] = [];
    let bytes = 0;
    while (spans.length < maxSpans) {
      bytes += this.#queue.oldestBytes;
      if (bytes > maxBytes && spans.length > 0) break;
      const span = this.#queue.takeOldest();
      if (span === undefined) break;
      spans.push(span);
    }
    return { spans, firstSequence };
  }

  #hasRoomFor(bytes: number): boolean {
    return this.#queue.size < this.#bounds.maxQueueSize && this.#queue.bytes + bytes <= this.#bounds.maxQueueBytes;
  }

  #isOverfull(): boolean {
    return this.#queue.size > this.#bounds.maxQueueSize || this.#queue.bytes > this.#bounds.maxQueueBytes;
  }

  #dropOne(): void {
    const span = this.#takeLeastImportant() ?? this.#queue.takeOldest();
    if (span !== undefined) this.#dropped(span);
  }

  #takeLeastImportant(): ReadableSpanLike | undefined {
    if (this.#important === undefined) return undefined;
    for (let span = this.#queue.marked; span !== undefined; span = this.#queue.marked) {
      if (!this.#important.includes(span)) return this.#queue.takeMarked();
      this.#queue.moveMark();
    }
    return undefined;
  }
}

function bytesOf(span: ReadableSpanLike): number {
  try {
    return sizeOfSpan(span);
  } catch {
    return UNKNOWN_BYTES;
  }
}
