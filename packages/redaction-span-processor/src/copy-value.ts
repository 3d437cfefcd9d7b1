/** Deeper than any exporter's recursion goes with a small stack, and than what anyone logs. */
const MAX_DEPTH = 100;
/** Values in one structure; bounds what is shared many times over. */
const MAX_VALUES = 1_000_000;

/**
 * A copy of lists, maps and bytes in plain form. The SDK takes the body of a log record as it is, so the application can write
 * into it until it is exported: what leaves must be what was searched.
 *
 * @returns anything else as it is
 * @throws RangeError when it is nested too deeply, or in itself, or is too large
 */
export function copyValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? copyObject(value, { left: MAX_VALUES }, 0) : value;
}

function copyObject(value: object, budget: { left: number }, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new RangeError(`Expected at most ${MAX_DEPTH} levels`);
  // Not slice(): that of a Buffer is no copy.
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map((item: unknown) => copyMember(item, budget, depth));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyMember(item, budget, depth)]));
}

function copyMember(value: unknown, budget: { left: number }, depth: number): unknown {
  if (--budget.left < 0) throw new RangeError(`Expected at most ${MAX_VALUES} values`);
  return typeof value === 'object' && value !== null ? copyObject(value, budget, depth + 1) : value;
}
