import type { ReadableSpanLike } from '@genspan/span-processor-base';

/** A span that waits, linked to those that came before and after it. */
export class QueuedSpan {
  previous: QueuedSpan | undefined = undefined;
  next: QueuedSpan | undefined = undefined;

  constructor(
    readonly span: ReadableSpanLike,
    /** Its memory, estimated. */
    readonly bytes: number,
    /** Larger than that of any span that came before. */
    readonly sequence: number,
  ) {}
}

/** What leaves the queue together. */
export interface Batch {
  readonly spans: ReadableSpanLike[];
  /** Sequence of its first span. */
  readonly firstSequence: number;
}

/**
 * Spans in the order in which they came. Everything takes constant time, the removal of one in the middle too, and nothing
 * that has left is referred to: an array would have to move what is behind, or keep holes.
 */
export class SpanQueue {
  #head: QueuedSpan | undefined;
  #tail: QueuedSpan | undefined;
  #size = 0;
  #bytes = 0;
  #sequence = 0;

  get size(): number {
    return this.#size;
  }

  /** Memory of the spans, estimated. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The span that has waited longest. */
  get oldest(): QueuedSpan | undefined {
    return this.#head;
  }

  /** Sequence of the span that came last, whether it is still here or not. */
  get lastSequence(): number {
    return this.#sequence;
  }

  /** How many spans came up to `sequence` and are still here. */
  countThrough(sequence: number): number {
    let count = 0;
    for (let queued = this.#head; queued !== undefined && queued.sequence <= sequence; queued = queued.next) count += 1;
    return count;
  }

  add(span: ReadableSpanLike, bytes: number): QueuedSpan {
    this.#sequence += 1;
    const added = new QueuedSpan(span, bytes, this.#sequence);
    const tail = this.#tail;
    if (tail === undefined) this.#head = added;
    else {
      tail.next = added;
      added.previous = tail;
    }
    this.#tail = added;
    this.#size += 1;
    this.#bytes += bytes;
    return added;
  }

  /** Takes out one that is here. */
  remove(queued: QueuedSpan): void {
    const { previous, next } = queued;
    if (previous === undefined) this.#head = next;
    else previous.next = next;
    if (next === undefined) this.#tail = previous;
    else next.previous = previous;
    // A link left on one that was promoted to the old generation would keep all that came after it until a full collection.
    queued.previous = undefined;
    queued.next = undefined;
    this.#size -= 1;
    this.#bytes -= queued.bytes;
  }
}
