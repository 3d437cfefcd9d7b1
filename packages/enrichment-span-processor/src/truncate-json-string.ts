import { decodeJsonString } from './json-edit.js';
import { byteLength, endWithinBytes } from './truncate-bytes.js';
import { cutNote } from './truncate-notes.js';

/** Longer ends count as they are written, which is a little more: to decode megabytes takes a tenth of a second. */
const MAX_DECODED = 2_000_000;

const SURROGATE_ESCAPE = /^\\u[dD][89abAB]/;

/**
 * A JSON string with its quotes, cut to at most `limit` bytes: its end is replaced by a note of how much is gone, counted in
 * bytes of what the string stands for. No character and no escape is cut in half; what is kept stays as it is written.
 *
 * @param raw - longer than `limit`
 * @param limit - with room for the note and the quotes
 */
export function cutJsonString(raw: string, limit: number): string {
  const room = limit - 2 - byteLength(cutNote(byteLength(raw)));
  const wanted = endWithinBytes(raw, 1, Math.max(0, room));
  const end = beforeEscapeAt(raw, wanted);
  const gone = bytesOfEnd(raw.slice(end));
  return `${raw.slice(0, end)}${cutNote(gone)}"`;
}

/** @param end - of a JSON string, with its closing quote */
function bytesOfEnd(end: string): number {
  return end.length > MAX_DECODED ? byteLength(end) - 1 : byteLength(decodeJsonString(`"${end}`));
}

/** `at`, or the start of the escape that goes on there: also of the first half of a pair of escapes. */
function beforeEscapeAt(raw: string, at: number): number {
  let backslash = raw.indexOf('\\', 1);
  while (backslash >= 0 && backslash < at) {
    let end = endOfEscape(raw, backslash);
    if (SURROGATE_ESCAPE.test(raw.slice(backslash, backslash + 4)) && raw[end] === '\\' && raw[end + 1] === 'u')
      end += 6;
    if (end > at) return backslash;
    backslash = raw.indexOf('\\', end);
  }
  return at;
}

function endOfEscape(raw: string, backslash: number): number {
  return backslash + (raw[backslash + 1] === 'u' ? 6 : 2);
}
