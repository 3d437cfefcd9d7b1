/** Characters that take no column, and those that take two, roughly: East Asian wide ones and emoji. */
const ZERO_WIDTH = /[\p{Mn}\p{Me}\u200d]/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const NARROW_ONLY = /^[\u0020-\u024f\u2500-\u259f…]*$/u;

/** Number of terminal columns that `text` takes. */
export function textWidth(text: string): number {
  if (NARROW_ONLY.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (!ZERO_WIDTH.test(character)) width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** `text` followed by blanks up to `width` columns, or cut to it with an ellipsis. */
export function fitWidth(text: string, width: number): string {
  const own = textWidth(text);
  if (own <= width) return text + ' '.repeat(width - own);
  let cut = '';
  let used = 0;
  for (const character of text) {
    const next = textWidth(character);
    if (used + next > width - 1) break;
    cut += character;
    used += next;
  }
  return `${cut}…${' '.repeat(Math.max(0, width - 1 - used))}`;
}
