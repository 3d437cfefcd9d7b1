import { byteLength } from './truncate-bytes.js';
import { cutList } from './truncate-list.js';
import type { JsonShape } from './truncate-shape.js';
import type { TruncateTally } from './truncate-tally.js';
import { cutAll, cutUnits } from './truncate-units-cut.js';
import { findUnits } from './truncate-units.js';

/**
 * A JSON text cut to at most `limit` bytes that is still JSON, and still of its shape. The longest strings are cut first, all to the
 * same size; media become a note. Where that is not enough, entries of lists go, or the end of the text.
 * What is not cut stays byte for byte.
 *
 * @param limit - at least 256
 * @returns the identical text when it is within the limit; `undefined` when it is not and is no JSON of an object or array
 */
export function cutJson(text: string, limit: number, shape: JsonShape, tally: TruncateTally): string | undefined {
  const total = byteLength(text);
  if (total <= limit) return text;
  const units = findUnits(text, shape);
  if (units === undefined) return undefined;
  const cut = cutUnits(text, units, total - limit, tally);
  if (cut !== undefined) return cut;
  const list = shape === 'any' ? undefined : cutList(text, limit, shape, units, tally);
  return list ?? cutAll(text, units, limit, tally);
}
