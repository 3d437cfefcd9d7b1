import { byteLength, endWithinBytes } from './truncate-bytes.js';
import { dataUrlNote } from './truncate-media.js';
import { cutNote } from './truncate-notes.js';
import type { TruncateTally } from './truncate-tally.js';

/**
 * A text cut to at most `limit` bytes of UTF-8, its end replaced by a note of how much is gone. No character is cut in half.
 * A `data:` URL becomes a note as a whole. Where not even the note has room nothing is left.
 */
export function cutText(text: string, limit: number, tally: TruncateTally): string {
  const total = byteLength(text);
  if (total <= limit) return text;
  const media = dataUrlNote(text);
  if (media !== undefined) {
    tally.blobs += 1;
    return byteLength(media) <= limit ? media : '';
  }
  // The note is no longer than this one: what is cut is less than all.
  const room = limit - byteLength(cutNote(total));
  if (room < 0) return '';
  const end = endWithinBytes(text, 0, room);
  const kept = text.slice(0, end);
  return kept + cutNote(total - byteLength(kept));
}
