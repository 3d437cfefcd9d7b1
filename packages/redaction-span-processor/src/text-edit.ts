/** A part of a text, and what takes its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text with its edits; everything else stays as it is.
 *
 * @param edits - in the order of the text, none overlapping another
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** How much of a text around an edit is looked at. */
const SURROUNDING_LENGTH = 192;

/** What is around each edit in the text that has them, with the new text. */
export function surroundings(edited: string, edits: readonly TextEdit[]): string[] {
  let shift = 0;
  return edits.map(({ start, end, text }) => {
    const at = start + shift;
    shift += text.length - (end - start);
    return edited.slice(Math.max(0, at - SURROUNDING_LENGTH), at + text.length + SURROUNDING_LENGTH);
  });
}

/**
 * Edits of what a JSON string stands for, as edits of the text that the string is in.
 *
 * @param text - a JSON text
 * @param start - index of the string's first quote
 * @param edits - in the order of the text, none overlapping another
 */
export function editsOfString(text: string, start: number, edits: readonly TextEdit[]): TextEdit[] {
  let raw = start + 1;
  let decoded = 0;
  const rawIndexOf = (wanted: number): number => {
    for (;;) {
      const backslash = text.indexOf('\\', raw);
      const plain = backslash < 0 ? wanted - decoded : Math.min(wanted - decoded, backslash - raw);
      raw += plain;
      decoded += plain;
      if (decoded === wanted) return raw;
      raw += text[raw + 1] === 'u' ? 6 : 2;
      decoded += 1;
    }
  };
  return edits.map((edit) => ({
    start: rawIndexOf(edit.start),
    end: rawIndexOf(edit.end),
    text: JSON.stringify(edit.text).slice(1, -1),
  }));
}
