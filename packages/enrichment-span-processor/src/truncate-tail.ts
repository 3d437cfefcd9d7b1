import { JsonScanner } from './json-scanner.js';
import { byteLength } from './truncate-bytes.js';
import { cutNote } from './truncate-notes.js';

/** Values, keys and brackets that are kept at most: more take longer than they are worth. */
const MAX_TOKENS = 200_000;

/**
 * A JSON object or array cut to at most `limit` bytes: it ends behind the last value that has room, and what was open is closed.
 * A note of how much is gone is the last element or member.
 *
 * @param text - JSON of an object or an array, longer than `limit`
 */
export function cutTail(text: string, limit: number): string {
  const note = JSON.stringify(cutNote(byteLength(text)));
  const place = lastPlace(text, limit - byteLength(`,"…":${note}`));
  if (place === undefined) return text.trimStart().startsWith('{') ? '{}' : '[]';
  const { end, isEmpty, closers } = place;
  const kept = text.slice(0, end);
  const gone = JSON.stringify(cutNote(byteLength(text) - byteLength(kept)));
  const member = closers.startsWith('}') ? `"…":${gone}` : gone;
  return `${kept}${isEmpty ? '' : ','}${member}${closers}`;
}

interface Place {
  readonly end: number;
  /** Whether nothing is in the container that is open there. */
  readonly isEmpty: boolean;
  /** What closes all that is open there. */
  readonly closers: string;
}

function lastPlace(text: string, room: number): Place | undefined {
  let counted = 0;
  let bytes = 0;
  let best = -1;
  const scanner = new JsonScanner(text);
  for (let left = MAX_TOKENS; left > 0; left--) {
    const token = scanner.next();
    // Bytes are no fewer than characters.
    if (token === 'end' || token === 'error' || scanner.end > room) break;
    if (token === 'key' || scanner.depth === 0) continue;
    bytes += byteLength(text.slice(counted, scanner.end));
    counted = scanner.end;
    if (bytes > room) break;
    if (bytes + scanner.depth <= room) best = scanner.end;
  }
  return best < 0 ? undefined : placeAt(text, best);
}

function placeAt(text: string, end: number): Place {
  const scanner = new JsonScanner(text);
  let token = scanner.next();
  while (scanner.end < end) token = scanner.next();
  let closers = '';
  for (let depth = scanner.depth; depth > 0; depth--) closers += scanner.isObjectAt(depth) ? '}' : ']';
  return { end, isEmpty: token === 'object' || token === 'array', closers };
}
