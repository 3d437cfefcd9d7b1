import type { ReadableSpanLike } from '@genspan/span-processor-base';

/** Places of a chunk; one in which a single span is left keeps 1 KiB. */
const CHUNK_SIZE = 64;

/** Some places in a row. */
class Chunk {
  readonly spans: (ReadableSpanLike | undefined)[] = [];
  /** Memory of each span, estimated. */
  readonly bytes: number[] = [];
  /** Spans that are still here. */
  live = 0;
  previous: Chunk | undefined = undefined;
  next: Chunk | undefined = undefined;

  constructor(
    /** Sequence of its first place. */
    readonly firstSequence: number,
  ) {}
}

/**
 * Spans in the order in which they came, with a mark that moves from the oldest to the newest and at which one can be taken
 * out. Everything takes constant time, and nothing is referred to that has left.
 *
 * Chunks rather than one array, which would have to move what is behind a span that is taken out; rather than a link for each
 * span, which the garbage collector follows one by one: with those, 4,096 spans ended at once took a tenth longer.
 */
export class SpanQueue {
  #head: Chunk;
  /** Place of the oldest span in the first chunk; that of the next to come when there is none. */
  #headIndex = 0;
  #tail: Chunk;
  /** `undefined`: the mark is behind the newest, and will be at the next to come. */
  #markChunk: Chunk | undefined;
  #markIndex = 0;
  #size = 0;
  #bytes = 0;

  constructor() {
    this.#head = this.#tail = new Chunk(1);
  }

  get size(): number {
    return this.#size;
  }

  /** Memory of the spans, estimated. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Sequence of the oldest span, which is larger than that of any that came before it; `Infinity` when there is none. */
  get oldestSequence(): number {
    return this.#size === 0 ? Infinity : this.#head.firstSequence + this.#headIndex;
  }

  /** Bytes of the oldest span; 0 when there is none. */
  get oldestBytes(): number {
    return this.#head.bytes[this.#headIndex] ?? 0;
  }

  /** Sequence of the span that came last, whether it is still here or not; 0 before the first. */
  get lastSequence(): number {
    return this.#tail.firstSequence + this.#tail.spans.length - 1;
  }

  /** The span at the mark. */
  get marked(): ReadableSpanLike | undefined {
    return this.#markChunk?.spans[this.#markIndex];
  }

  add(span: ReadableSpanLike, bytes: number): void {
    let tail = this.#tail;
    if (tail.spans.length === CHUNK_SIZE) tail = this.#grow();
    if (this.#markChunk === undefined) {
      this.#markChunk = tail;
      this.#markIndex = tail.spans.length;
    }
    tail.spans.push(span);
    tail.bytes.push(bytes);
    tail.live += 1;
    this.#size += 1;
    this.#bytes += bytes;
  }

  /** Takes the oldest span out. */
  takeOldest(): ReadableSpanLike | undefined {
    if (this.#size === 0) return undefined;
    if (this.#markChunk === this.#head && this.#markIndex === this.#headIndex) this.moveMark();
    return this.#take(this.#head, this.#headIndex);
  }

  /** Takes the span at the mark out; the mark moves on. */
  takeMarked(): ReadableSpanLike | undefined {
    const chunk = this.#markChunk;
    if (chunk === undefined) return undefined;
    const index = this.#markIndex;
    this.moveMark();
    return this.#take(chunk, index);
  }

  /** Moves the mark to the next span. */
  moveMark(): void {
    let chunk = this.#markChunk;
    let index = this.#markIndex + 1;
    while (chunk !== undefined) {
      const { spans } = chunk;
      while (index < spans.length && spans[index] === undefined) index += 1;
      if (index < spans.length) break;
      chunk = chunk.next;
      index = 0;
    }
    this.#markChunk = chunk;
    this.#markIndex = index;
  }

  /** How many spans came up to `sequence` and are still here. */
  countThrough(sequence: number): number {
    let count = 0;
    for (let chunk: Chunk | undefined = this.#head; chunk !== undefined; chunk = chunk.next) {
      const end = sequence - chunk.firstSequence + 1;
      if (end >= CHUNK_SIZE) count += chunk.live;
      else if (end > 0) count += chunk.spans.slice(0, end).filter((span) => span !== undefined).length;
    }
    return count;
  }

  #grow(): Chunk {
    const full = this.#tail;
    const tail = new Chunk(full.firstSequence + CHUNK_SIZE);
    this.#tail = tail;
    if (this.#size === 0) {
      this.#head = tail;
      this.#headIndex = 0;
    } else if (full.live > 0) {
      full.next = tail;
      tail.previous = full;
    } else {
      tail.previous = full.previous;
      if (full.previous !== undefined) full.previous.next = tail;
    }
    return tail;
  }

  #take(chunk: Chunk, index: number): ReadableSpanLike | undefined {
    const span = chunk.spans[index];
    chunk.spans[index] = undefined;
    chunk.live -= 1;
    this.#size -= 1;
    this.#bytes -= chunk.bytes[index] ?? 0;
    if (chunk === this.#head) this.#moveHead();
    else if (chunk.live === 0 && chunk !== this.#tail) unlink(chunk);
    return span;
  }

  #moveHead(): void {
    while (this.#head.live === 0 && this.#head.next !== undefined) {
      const { next } = this.#head;
      unlink(this.#head);
      this.#head = next;
      this.#headIndex = 0;
    }
    const { spans } = this.#head;
    while (this.#headIndex < spans.length && spans[this.#headIndex] === undefined) this.#headIndex += 1;
  }
}

function unlink(chunk: Chunk): void {
  const { previous, next } = chunk;
  if (previous !== undefined) previous.next = next;
  if (next !== undefined) next.previous = previous;
  // A link left on one that was promoted to the old generation would keep all that came after it until a full collection.
  chunk.previous = undefined;
  chunk.next = undefined;
}
