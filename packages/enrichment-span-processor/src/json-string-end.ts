const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

/** By its code, which characters may be escaped with a backslash alone. */
const IS_ESCAPE = new Uint8Array(128);
for (const char of '"\\/bfnrt') IS_ESCAPE[char.charCodeAt(0)] = 1;

/**
 * Index of the quote that ends a JSON string, of which some is escaped. Goes by character: where escapes are many, a search for
 * each next one takes ten times as long.
 *
 * @param at - of the first backslash, or anywhere in the string before it
 * @returns -1 when the string does not end, or something is escaped that cannot be
 */
export function endOfEscaped(text: string, at: number): number {
  const { length } = text;
  let index = at;
  while (index < length) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) return index;
    if (code !== BACKSLASH) index += 1;
    else if (text.charCodeAt(index + 1) !== LETTER_U) {
      if (IS_ESCAPE[text.charCodeAt(index + 1)] !== 1) return -1;
      index += 2;
    } else {
      for (let digit = index + 2; digit < index + 6; digit++) if (!isHex(text.charCodeAt(digit))) return -1;
      index += 6;
    }
  }
  return -1;
}

/** 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHex(code: number): boolean {
  const small = code | 0x20;
  return isDigit(code) || (small >= 0x61 && small <= 0x66);
}
