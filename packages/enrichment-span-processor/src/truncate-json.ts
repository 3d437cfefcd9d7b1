import { byteLength } from './truncate-bytes.js';
import { cutList } from './truncate-list.js';
import type { JsonShape } from './truncate-shape.js';
import type { TruncateTally } from './truncate-tally.js';
import { cutAll, cutUnits } from './truncate-units-cut.js';
import { cutStart } from './truncate-start.js';
import { findUnitsWithin } from './truncate-units.js';

/** Values, keys and brackets of a text that is read as a whole: 0.1 s. Texts of megabytes with fewer are long strings, mostly media. */
const MAX_TOKENS = 400_000;

/**
 * A JSON text cut to at most `limit` bytes that is still JSON, and still of its shape. The longest strings are cut first, all to the
 * same size; media become a note. Where that is not enough, entries of lists go, or the end of the text; of a text of too many
 * values the beginning stays. What is not cut stays byte for byte.
 *
 * @param limit - at least 256
 * @returns the identical text when it is within the limit; `undefined` when it is not and is no JSON of an object or array
 */
export function cutJson(text: string, limit: number, shape: JsonShape, tally: TruncateTally): string | undefined {
  const total = byteLength(text);
  if (total <= limit) return text;
  const units = findUnitsWithin(text, shape, MAX_TOKENS);
  if (units === undefined) return undefined;
  if (units === 'tooMany') return cutStart(text, limit, shape, tally);
  const cut = cutUnits(text, units, total - limit, tally);
  if (cut !== undefined) return cut;
  const list = shape === 'any' ? undefined : cutList(text, limit, shape, units, tally);
  return list ?? cutAll(text, units, limit, tally);
}
