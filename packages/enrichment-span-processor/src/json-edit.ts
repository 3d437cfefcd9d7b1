/** A part of a text, and what takes its place. */
export interface JsonEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text with its edits; everything else stays byte for byte.
 *
 * @param edits - in the order of the text, none overlapping another
 * @returns the identical text when there is none
 */
export function applyEdits(text: string, edits: readonly JsonEdit[]): string {
  if (edits.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const edit of edits) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** What a JSON string with its quotes stands for. */
export function decodeJsonString(raw: string): string {
  return raw.includes('\\') ? String(JSON.parse(raw)) : raw.slice(1, -1);
}
