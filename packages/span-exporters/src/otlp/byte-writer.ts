const INITIAL_BYTES = 262_144;
/** A longer buffer is not kept: one huge batch must not cost its memory for ever. */
const MAX_KEPT_BYTES = 8_388_608;
/** A span that takes more is not written to its end; structured values that share parts can otherwise grow without bound. */
export const MAX_SPAN_BYTES = 67_108_864;

/** A span is longer than anybody takes, or its values do not end. */
export class SpanTooLargeError extends RangeError {
  override readonly name = 'SpanTooLargeError';

  constructor() {
    super(`Expected a span of at most ${MAX_SPAN_BYTES} bytes, and no more than 100000 arrays and objects`);
  }
}

/** Bytes one after the other, in a buffer that grows. `position` is where the next one goes. */
export class ByteWriter {
  bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  position = 0;
  /** Up to here may be written without a further look: the end of the buffer, or of what the span may take. */
  #end = INITIAL_BYTES;
  #limit = MAX_SPAN_BYTES;

  /** Begins an item that may take so many bytes from here. */
  startItem(): void {
    this.#limit = this.position + MAX_SPAN_BYTES;
    this.#end = Math.min(this.bytes.length, this.#limit);
  }

  /**
   * Makes room for `count` bytes from `position` on.
   * @throws SpanTooLargeError
   */
  reserve(count: number): void {
    if (this.position + count > this.#end) this.#grow(this.position + count);
  }

  /** Appends text as UTF-8; what is no character (half a surrogate pair) becomes U+FFFD. */
  writeUtf8(text: string): void {
    this.reserve(3 * text.length);
    this.position += this.bytes.write(text, this.position, 'utf8');
  }

  #grow(needed: number): void {
    // Room is asked for by the worst case, three bytes a character: refuse what is written, not what may come.
    if (this.position > this.#limit || needed > this.#limit + 3 * MAX_SPAN_BYTES) throw new SpanTooLargeError();
    if (needed > this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, needed));
      this.bytes.copy(grown, 0, 0, this.position);
      this.bytes = grown;
    }
    this.#end = Math.max(needed, Math.min(this.bytes.length, this.#limit));
  }
}

let idle: ByteWriter | undefined;

/**
 * Runs `work` with a writer that starts at 0. It is used again and again, so nothing of it may be kept; a getter of a span
 * that encodes spans itself gets another one.
 */
export function withByteWriter<Result>(work: (writer: ByteWriter) => Result): Result {
  const writer = idle ?? new ByteWriter();
  idle = undefined;
  try {
    writer.position = 0;
    return work(writer);
  } finally {
    if (writer.bytes.length <= MAX_KEPT_BYTES) idle = writer;
  }
}
