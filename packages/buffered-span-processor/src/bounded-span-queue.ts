import { sizeOfSpan } from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import type { DropPolicy } from './buffered-options.js';
import { ImportantTraces } from './important-traces.js';
import { SpanQueue } from './span-queue.js';
import type { Batch, QueuedSpan } from './span-queue.js';

/** Of a span that cannot be measured, as one with an attribute that throws when it is read. */
const UNKNOWN_BYTES = 4096;
/** Traces remembered as important, at least. */
const MIN_TRACES = 1024;

/** The bounds of a {@link BoundedSpanQueue}. */
export interface QueueBounds {
  readonly maxQueueSize: number;
  readonly maxQueueBytes: number;
  readonly dropPolicy: DropPolicy;
}

/** A queue that drops a span where there is no room for all. */
export class BoundedSpanQueue {
  readonly #queue = new SpanQueue();
  readonly #bounds: QueueBounds;
  readonly #dropped: (span: ReadableSpanLike) => void;
  readonly #important: ImportantTraces | undefined;
  /**
   * With `leastImportant`: all before this one are important. It only moves on, so that each span is looked at once
   * however many are dropped; `undefined` when all are important.
   */
  #candidate: QueuedSpan | undefined;

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
    return this.#queue.oldest?.sequence ?? Infinity;
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
    const added = this.#queue.add(span, bytes);
    if (this.#important !== undefined) {
      this.#important.learn(span);
      this.#candidate ??= added;
    }
    while (this.#isOverfull()) this.#dropOne();
  }

  /** Takes the spans that have waited longest: at least one, if there is one. */
  takeBatch(maxSpans: number, maxBytes: number): Batch {
    const firstSequence = this.oldestSequence;
    const spans: ReadableSpanLike[] = [];
    let bytes = 0;
    for (let next = this.#queue.oldest; next !== undefined; next = this.#queue.oldest) {
      bytes += next.bytes;
      if (spans.length >= maxSpans || (bytes > maxBytes && spans.length > 0)) break;
      spans.push(next.span);
      this.#remove(next);
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
    const victim = this.#leastImportant() ?? this.#queue.oldest;
    if (victim === undefined) return;
    this.#remove(victim);
    this.#dropped(victim.span);
  }

  #leastImportant(): QueuedSpan | undefined {
    if (this.#important === undefined) return undefined;
    while (this.#candidate !== undefined && this.#important.includes(this.#candidate.span)) {
      this.#candidate = this.#candidate.next;
    }
    return this.#candidate;
  }

  #remove(queued: QueuedSpan): void {
    if (queued === this.#candidate) this.#candidate = queued.next;
    this.#queue.remove(queued);
  }
}

function bytesOf(span: ReadableSpanLike): number {
  try {
    return sizeOfSpan(span);
  } catch {
    return UNKNOWN_BYTES;
  }
}
