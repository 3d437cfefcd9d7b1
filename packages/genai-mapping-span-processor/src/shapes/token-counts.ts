import type { GenAIRecord } from '../genai-record.js';

/** A count, and the attributes that hold it. */
export interface TokenCount {
  readonly value: number;
  readonly keys: readonly string[];
}

/** The first of these attributes that holds a count; the others say the same and are looked after with it. */
export function readTokenCount(
  attributes: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  record: GenAIRecord,
  consume: (key: string) => void,
): TokenCount | undefined {
  let found: { value: number; keys: string[] } | undefined;
  for (const key of keys) {
    const value = attributes[key];
    if (value === undefined) continue;
    consume(key);
    // Some write NaN for what a stream did not tell.
    if (typeof value !== 'number' || !Number.isFinite(value)) record.lose(key, 'it is no number');
    else if (found === undefined) found = { value: Math.round(value), keys: [key] };
    else if (found.value === Math.round(value)) found.keys.push(key);
    else record.lose(key, 'another attribute that comes first says something else');
  }
  return found;
}
