import { parseJson } from './json.js';

/** The value of a JSON text, `null` among them; what is no such text stays as it is. */
export function parsedOr(value: unknown): unknown {
  const parsed = parseJson(value);
  return parsed === undefined ? value : parsed;
}
