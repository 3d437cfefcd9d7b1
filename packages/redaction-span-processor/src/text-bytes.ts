/** Characters that are copied at once. */
const CHUNK = 32_768;
/** How many characters in front of a chunk and behind it are copied, too: more than any clue has. */
export const MARGIN = 32;

/** Longest text for {@link copyShort}. */
export const SHORT_LENGTH = 40;

/** A text is searched as if a line ended in front of it. */
const LINE_END = 10;

const buffer = Buffer.alloc(CHUNK + 2 * MARGIN);
/** Where texts with characters of two bytes are copied to first. */
let wideBuffer: Buffer | undefined;

/** One byte for each character of a chunk of a text, from index `MARGIN` on. What is beside the text is left over from others. */
export const bytes: Uint8Array = buffer;
/** The same, two by two. */
export const bytePairs = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length / 2);

/** Which of the values in {@link bytePairs} stands for these two bytes: that depends on the machine. */
export function pairOf(first: number, second: number): number {
  return IS_LITTLE_ENDIAN ? first | (second << 8) : (first << 8) | second;
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The byte that stands for a character: its own in Latin-1; of others one that is beyond ASCII. */
export function byteOf(code: number): number {
  return code < 256 ? code : (code & 255) | 128;
}

/**
 * Copies a chunk of a text, since a loop gets through bytes several times as fast as through the characters of a string.
 *
 * @param from - index in `text`; 0, or where the chunk before it ends
 * @param isWide - whether the text has characters beyond Latin-1
 * @returns where the chunk ends in the text
 */
export function copyChunk(text: string, from: number, isWide: boolean): number {
  const end = Math.min(text.length, from + CHUNK);
  const first = Math.max(0, from - MARGIN);
  const chunk = first === 0 && end === text.length ? text : text.slice(first, end + MARGIN);
  const index = MARGIN - (from - first);
  if (from === 0) buffer[MARGIN - 1] = LINE_END;
  if (isWide) copyWide(chunk, index);
  else buffer.write(chunk, index, 'latin1');
  return end;
}

/**
 * Copies all of a text of no more than {@link SHORT_LENGTH} characters, of which there are many: a loop is faster for them.
 *
 * @returns whether it has characters beyond Latin-1
 */
export function copyShort(text: string): boolean {
  let all = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    all |= code;
    buffer[MARGIN + index] = code < 256 ? code : code | 128;
  }
  buffer[MARGIN - 1] = LINE_END;
  return all > 255;
}

function copyWide(chunk: string, index: number): void {
  wideBuffer ??= Buffer.alloc(2 * buffer.length);
  const units = new Uint32Array(wideBuffer.buffer, wideBuffer.byteOffset, bytePairs.length);
  wideBuffer.write(chunk, 2 * index, 'utf16le');
  const pairs = bytePairs;
  const end = Math.ceil((index + chunk.length) / 2);
  for (let pair = index / 2; pair < end; pair++) {
    // Two characters at once: the upper byte of each, if there is one, becomes the upper bit of the lower one.
    const two = units[pair] ?? 0;
    const upper = (((two & 0x7f007f00) + 0x7f007f00) | two) & 0x80008000;
    const lower = (two & 0x00ff00ff) | (upper >>> 8);
    pairs[pair] = lower | (lower >>> 8);
  }
}
