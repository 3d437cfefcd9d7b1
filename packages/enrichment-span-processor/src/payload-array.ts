import { byteLength, exceedsBytes } from './truncate-bytes.js';
import { cutNote } from './truncate-notes.js';
import { MIN_SHARE, shareFor } from './truncate-share.js';

/** Bytes that a number or a boolean counts as. */
const SCALAR_BYTES = 8;
/** Bytes that a string counts as beside its own, so that empty ones count, too. */
const STRING_BYTES = 2;

/**
 * A flat array within `limit` bytes of its strings, 2 more for each and 8 for anything else: the longest strings are cut first; where that is not enough,
 * the array ends earlier, with a note as its last element if it is of strings.
 *
 * @param cut - cuts a string to a limit
 * @returns the identical array when it is within the limit
 */
export function limitArray(
  items: readonly unknown[],
  limit: number,
  cut: (item: string, limit: number) => string,
): readonly unknown[] {
  const sizes = sizesWithin(items, limit);
  if (sizes === undefined) return items;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const share = shareFor(sizes, total - limit);
  if (share !== undefined) return items.map((item) => shorter(item, share - STRING_BYTES, cut));
  return limitCount(items, limit, cut);
}

/** The size of each item; `undefined` when all together are within the limit. */
function sizesWithin(items: readonly unknown[], limit: number): number[] | undefined {
  let bound = 0;
  for (const item of items) bound += typeof item === 'string' ? item.length * 3 + STRING_BYTES : SCALAR_BYTES;
  if (bound <= limit) return undefined;
  const sizes = items.map(sizeOf);
  return sizes.reduce((sum, size) => sum + size, 0) <= limit ? undefined : sizes;
}

function limitCount(
  items: readonly unknown[],
  limit: number,
  cut: (item: string, limit: number) => string,
): readonly unknown[] {
  const ofStrings = items.some((item) => typeof item === 'string');
  const note = cutNote(items.length, 'items');
  const kept: unknown[] = [];
  let left = ofStrings ? limit - sizeOf(note) : limit;
  for (const item of items) {
    const short = shorter(item, MIN_SHARE - STRING_BYTES, cut);
    left -= sizeOf(short);
    if (left < 0) break;
    kept.push(short);
  }
  if (ofStrings) kept.push(cutNote(items.length - kept.length, 'items'));
  return kept;
}

function sizeOf(item: unknown): number {
  return typeof item === 'string' ? byteLength(item) + STRING_BYTES : SCALAR_BYTES;
}

function shorter(item: unknown, limit: number, cut: (item: string, limit: number) => string): unknown {
  return typeof item === 'string' && exceedsBytes(item, limit) ? cut(item, limit) : item;
}
