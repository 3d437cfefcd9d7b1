/** Length of the longest escape in JSON: `\u0041`. */
const LONGEST = 6;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/**
 * The escape that the character at `index` of a JSON text is in, unless it begins it.
 *
 * @param index - of a place in a string
 */
export function escapeAround(
  text: string,
  index: number,
): { readonly start: number; readonly end: number } | undefined {
  let last = index - 1;
  while (last > index - LONGEST && text.charCodeAt(last) !== BACKSLASH) last--;
  if (text.charCodeAt(last) !== BACKSLASH) return undefined;
  let first = last;
  while (text.charCodeAt(first - 1) === BACKSLASH) first--;
  // Of several backslashes every other one is what the one before it stands for.
  if ((last - first) % 2 === 1) return undefined;
  const end = last + (text.charCodeAt(last + 1) === LETTER_U ? LONGEST : 2);
  return index < end ? { start: last, end } : undefined;
}
