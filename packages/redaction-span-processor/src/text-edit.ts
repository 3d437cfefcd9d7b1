import type { DecodedText } from './decoded-text.js';

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
 * An edit of what a JSON string stands for, as an edit of the text that the string is in.
 *
 * @param decoded - the string, without its quotes
 * @param start - index behind the string's first quote
 */
export function editInString(edit: TextEdit, decoded: DecodedText, start: number): TextEdit {
  return {
    start: start + decoded.rawStart(edit.start),
    end: start + decoded.rawEnd(edit.end),
    text: JSON.stringify(edit.text).slice(1, -1),
  };
}
