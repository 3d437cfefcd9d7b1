import { JsonScanner } from './json-scanner.js';
import { noteEntry } from './message-limits-notes.js';
import { byteLength } from './truncate-bytes.js';
import { cutNote } from './truncate-notes.js';
import type { JsonShape } from './truncate-shape.js';
import { cutTail } from './truncate-tail.js';
import type { TruncateTally } from './truncate-tally.js';

/**
 * The beginning of a JSON text that is too long to be read, of at most `limit` bytes, as JSON of its shape: of a list the first
 * entries that have room, and a note of how many bytes are gone. What is behind is not read.
 *
 * @param text - JSON of an object or array as far as it was read, longer than `limit`
 */
export function cutStart(text: string, limit: number, shape: JsonShape, tally: TruncateTally): string {
  if (shape === 'any' || !text.trimStart().startsWith('[')) return cutTail(text, limit);
  const total = byteLength(text);
  const end = endOfEntries(text, limit - byteLength(noteEntry(shape, cutNote(total))) - 3);
  const kept = text.slice(0, end ?? 0);
  const note = noteEntry(shape, cutNote(total - byteLength(kept)));
  tally.messages += 1;
  return end === undefined ? `[${note}]` : `${kept},${note}]`;
}

/** Index behind the last entry of a list that ends within so many bytes; `undefined`: none does. */
function endOfEntries(text: string, room: number): number | undefined {
  const scanner = new JsonScanner(text);
  let counted = 0;
  let bytes = 0;
  let end: number | undefined;
  scanner.next();
  for (let token = scanner.next(); token !== 'end' && token !== 'error'; token = scanner.next()) {
    // Bytes are no fewer than characters, so a text of any length is left soon.
    if (scanner.end > room) break;
    if (scanner.depth !== 1 || token === 'key') continue;
    bytes += byteLength(text.slice(counted, scanner.end));
    counted = scanner.end;
    if (bytes > room) break;
    end = scanner.end;
  }
  return end;
}
