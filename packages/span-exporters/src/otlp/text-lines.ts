/** A line of a stream of text, without its end. */
export interface TextLine {
  /** Counted from 1. */
  readonly number: number;
  /** `undefined` for a line that is longer than the limit: it is passed over, and never held as a whole. */
  readonly text: string | undefined;
  /** Whether the stream ended within it. */
  readonly isTorn: boolean;
}

const NEWLINE = 0x0a;

/** The lines of a stream of UTF-8, one at a time. At most a line and a chunk are held. */
export async function* readTextLines(
  chunks: AsyncIterable<Uint8Array | string>,
  maxLineBytes: number,
): AsyncGenerator<TextLine, void, void> {
  let parts: Buffer[] = [];
  let bytes = 0;
  let number = 1;
  const add = (part: Buffer): void => {
    bytes += part.length;
    if (bytes > maxLineBytes) parts = [];
    else parts.push(part);
  };
  const take = (isTorn: boolean): TextLine => {
    const text = bytes > maxLineBytes ? undefined : Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
    parts = [];
    bytes = 0;
    return { number: number++, text, isTorn };
  };
  for await (const chunk of chunks) {
    const buffer =
      typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, start)) {
      add(buffer.subarray(start, end));
      yield take(false);
      start = end + 1;
    }
    if (start < buffer.length) add(buffer.subarray(start));
  }
  if (bytes > 0) yield take(true);
}
