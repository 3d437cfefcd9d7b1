/** What a terminal may act on: control characters, line separators, broken surrogates, and invisible marks such as those that reverse text. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200d)\p{Cf}/gu;

/**
 * Text from a span as one line that a terminal shows and does not act on: escape sequences, control characters and marks
 * that reorder text become visible symbols or vanish. White space is collapsed, the rest is cut at `maxLength`.
 */
export function printableLine(text: string, maxLength: number): string {
  // A prompt can be megabytes: what will not be shown is not scanned.
  const head = text.slice(0, maxLength + 1);
  const line = head.replace(/\s+/gu, ' ').replace(UNSAFE, visible).trim();
  return text.length > maxLength ? `${line.slice(0, maxLength).trimEnd()}…` : line;
}

/** The same for text of several lines, which stay lines. `maxLength` counts for all of them together. */
export function printableLines(text: string, maxLength: number): string[] {
  const lines = text
    .slice(0, maxLength)
    .trim()
    .split(/\r\n|[\r\n\u2028\u2029]/u)
    .map((line) => line.replaceAll('\t', '  ').replace(UNSAFE, visible).trimEnd());
  if (text.length > maxLength) lines.push(`… ${(text.length - maxLength).toString()} more characters`);
  return lines;
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return /\p{Cf}/u.test(character) ? '' : '\ufffd';
}
