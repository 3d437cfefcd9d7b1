import { applyEdits, decodeJsonString } from './json-edit.js';
import type { JsonEdit } from './json-edit.js';
import { JsonScanner } from './json-scanner.js';
import { isBase64 } from './truncate-media.js';
import { vectorNote } from './truncate-notes.js';
import type { TruncateTally } from './truncate-tally.js';

/** Shorter lists of numbers are no embeddings. */
export const MIN_VECTOR = 16;
/** What a text has in it that has numbers in an array, or an embedding in base64: most have not, and need not be read. */
const MAY_HAVE_VECTOR = /\d\s{0,9},\s{0,9}[-\d]|embedding|vector/i;
/** Whether an attribute or a member is named like an embedding. */
const VECTOR_KEY = /embedding|vector/i;
/** Sixteen numbers of four bytes in base64. */
const MIN_BASE64 = 86;

/** Whether what has this name is an embedding, if it is numbers. */
export function isVectorKey(key: string): boolean {
  return VECTOR_KEY.test(key);
}

/**
 * A JSON text with a note of their length in the place of embeddings: arrays of at least 16 numbers, and base64 named like one.
 *
 * @returns the identical text when it has none, or is not JSON
 */
export function shortenVectors(text: string, tally: TruncateTally): string {
  if (!MAY_HAVE_VECTOR.test(text)) return text;
  const edits: JsonEdit[] = [];
  const scanner = new JsonScanner(text);
  let key = '';
  /** The array that is read: none once it has anything else than numbers. */
  let array: { start: number; depth: number; count: number } | undefined;
  for (;;) {
    const token = scanner.next();
    const { start, end, depth } = scanner;
    if (token === 'error') return text;
    if (token === 'end') break;
    if (token === 'array') array = { start, depth, count: 0 };
    else if (token === 'number') {
      if (array?.depth === depth) array.count += 1;
    } else if (token === 'close') {
      if (array?.depth === depth + 1 && array.count >= MIN_VECTOR) {
        edits.push({ start: array.start, end, text: JSON.stringify(vectorNote(array.count)) });
      }
      array = undefined;
    } else {
      array = undefined;
      if (token === 'key') key = end - start < 64 ? decodeJsonString(text.slice(start, end)) : '';
      else if (
        token === 'string' &&
        end - start > MIN_BASE64 &&
        isVectorKey(key) &&
        isBase64(text.slice(start + 1, end - 1))
      ) {
        edits.push({ start, end, text: JSON.stringify(vectorNote(Math.floor(((end - start - 2) * 3) / 16))) });
      }
    }
  }
  tally.vectors += edits.length;
  return applyEdits(text, edits);
}
