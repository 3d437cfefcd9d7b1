/** Characters that are not shown as they are; of the invisible ones, only those that join letters and emoji are. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;
/** The same, without the classes that a search for plain text would have to look up for each character. */
const PLAIN = /^[\t\n\x20-\x7e]*$/;

/**
 * Text as a page shows it, so that a reader sees what is there and nothing acts on what stands around it:
 *
 * - line ends become line feeds, as an HTML parser would make them;
 * - control characters become their symbols (`␛`), half surrogates the replacement character;
 * - marks that reorder, hide or break text become their numbers (`[U+202E]`): text cannot be made to look like another,
 *   and instructions in invisible characters are seen.
 */
export function displayText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(/\r\n?/g, '\n').replace(HIDDEN, visible);
}

function visible(character: string): string {
  if (character === '\n' || character === '\t') return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}
