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

/** What is around the edits in the text that has them, with the new texts; of edits near each other only once. */
export function surroundings(edited: string, edits: readonly TextEdit[]): string[] {
  const around: string[] = [];
  let shift = 0;
  let from = 0;
  let to = -1;
  for (const { start, end, text } of edits) {
    const first = Math.max(0, start + shift - SURROUNDING_LENGTH);
    if (first > to) {
      if (to > 0) around.push(edited.slice(from, to));
      from = first;
    }
    to = start + shift + text.length + SURROUNDING_LENGTH;
    shift += text.length - (end - start);
  }
  around.push(edited.slice(from, to));
  return around;
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
