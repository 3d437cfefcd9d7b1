/** Bytes below which nothing is cut: what is shorter is a name or a number, and a note has room in it. */
export const MIN_SHARE = 160;

/**
 * The size that the longest values are cut to so that `excess` bytes are saved: as many as needed, the longest first, all to the
 * same size.
 *
 * @param sizes - sizes of all that can be cut
 * @returns `undefined` when it would be less than {@link MIN_SHARE}
 */
export function shareFor(sizes: readonly number[], excess: number): number | undefined {
  const sorted = sizes.filter((size) => size > MIN_SHARE).sort((left, right) => right - left);
  let sum = 0;
  for (let count = 1; count <= sorted.length; count++) {
    sum += sorted[count - 1] ?? 0;
    // The first `count` values together may have so many bytes.
    const share = Math.floor((sum - excess) / count);
    if (share >= (sorted[count] ?? MIN_SHARE)) return share;
  }
  return undefined;
}
