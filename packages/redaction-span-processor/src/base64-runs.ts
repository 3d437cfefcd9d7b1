import { BASE64, is } from './char-class.js';

/** The shortest run that is looked for. */
const MIN_LENGTH = 512;
/** How far apart it is looked. */
const STRIDE = 256;
/** Fewest and most characters that are looked at at once. Multiples of four: so many characters make three bytes. */
const MIN_CHUNK = 64;
const MAX_CHUNK = 65_536;
/** Words are rarely longer. */
const LONGEST_WORD = 32;
/** Ends of a run that are searched like any text: what is beside a run may reach into it. */
const EDGE = 32;

const NONE: readonly number[] = Object.freeze([]);

/** Where runs are decoded to; nobody reads it. */
let bytes: Buffer | undefined;

/**
 * Where a text has long runs of base64: images, audio, files. What is told by words or by what is beside it is not in the
 * middle of them, and what looks like a key there is chance.
 *
 * Node decodes base64 a hundred times as fast as a loop could look at its characters, and decodes only those that are some.
 *
 * @returns start and end of the middle of each run, one after the other
 */
export function base64Runs(text: string): readonly number[] {
  let runs: number[] | undefined;
  let hyphen = -1;
  let underscore = -1;
  for (let at = EDGE; at + MIN_LENGTH <= text.length; at += STRIDE) {
    if (!mayBeInRun(text, at)) continue;
    // These are base64url, and Node decodes that, too; but keys begin with them.
    if (hyphen < at) hyphen = indexOrEnd(text, '-', at);
    if (underscore < at) underscore = indexOrEnd(text, '_', at);
    const limit = Math.min(hyphen, underscore);
    if (limit - at < MIN_LENGTH) continue;
    const end = endOfRun(text, at, limit);
    if (end - at < MIN_LENGTH) continue;
    (runs ??= []).push(at + EDGE, end - EDGE);
    at = end;
  }
  return runs ?? NONE;
}

/** Whether some characters behind `at` can be of a run: a few far from each other, and many in a row, which no word has. */
function mayBeInRun(text: string, at: number): boolean {
  for (let index = at; index < at + STRIDE; index += 23) if (!is(text, index, BASE64)) return false;
  for (let index = at; index < at + LONGEST_WORD; index++) if (!is(text, index, BASE64)) return false;
  return true;
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from);
  return index === -1 ? text.length : index;
}

/** Where the run ends that `start` is in, or a little before; at most `limit`. */
function endOfRun(text: string, start: number, limit: number): number {
  bytes ??= Buffer.allocUnsafe((MAX_CHUNK / 4) * 3);
  let end = start;
  // Longer and longer chunks as long as they are all base64, and then shorter ones.
  for (let size = MIN_LENGTH, isGrowing = true; size >= MIN_CHUNK;) {
    const isRun = end + size <= limit && isBase64(text.slice(end, end + size), bytes);
    if (isRun) end += size;
    isGrowing &&= isRun;
    size = isGrowing ? Math.min(size * 2, MAX_CHUNK) : size / 2;
  }
  return end;
}

/** Node takes the low byte of a character for it, whatever else there is of it; in UTF-8 those are longer. */
function isBase64(chunk: string, bytes: Buffer): boolean {
  return bytes.write(chunk, 'base64') === (chunk.length / 4) * 3 && Buffer.byteLength(chunk) === chunk.length;
}
