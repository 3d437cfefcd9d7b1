/** Deeper than anything the API nests. What is below is left out, so that a cycle ends. */
const MAX_DEPTH = 32;

/**
 * The value without `encrypted_content`, wherever it stands: only the provider can read it, and it is long.
 *
 * @returns the value itself where there is nothing to leave out, else a copy of what is around it
 */
export function withoutEncrypted(value: unknown, depth = MAX_DEPTH): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return undefined;
  if (Array.isArray(value)) {
    const entries = value.map((entry) => withoutEncrypted(entry, depth - 1));
    return entries.every((entry, index) => entry === value[index]) ? value : entries;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [name, field] of Object.entries(value)) {
    const kept = name === 'encrypted_content' ? undefined : withoutEncrypted(field, depth - 1);
    if (kept === field) continue;
    copy ??= { ...value };
    if (kept === undefined) Reflect.deleteProperty(copy, name);
    else copy[name] = kept;
  }
  return copy ?? value;
}
