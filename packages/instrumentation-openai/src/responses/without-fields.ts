/** Deeper than anything the API nests. What is below is left out, so that a cycle ends. */
const MAX_DEPTH = 32;
const ENCRYPTED: ReadonlySet<string> = new Set(['encrypted_content']);
/** Of the tools that run elsewhere: MCP servers, and containers that may reach other hosts. */
const CREDENTIALS: ReadonlySet<string> = new Set(['authorization', 'headers', 'domain_secrets']);

/** The value without `encrypted_content`, wherever it stands: only the provider can read it, and it is long. */
export function withoutEncrypted(value: unknown): unknown {
  return withoutFields(ENCRYPTED, value, MAX_DEPTH);
}

/** The value without what the tools in it use as credentials, wherever it stands: those are not content but keys. */
export function withoutCredentials(value: unknown): unknown {
  return withoutFields(CREDENTIALS, value, MAX_DEPTH);
}

/** @returns the value itself where there is nothing to leave out, else a copy of what is around it */
function withoutFields(names: ReadonlySet<string>, value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return undefined;
  if (Array.isArray(value)) {
    const entries = value.map((entry) => withoutFields(names, entry, depth - 1));
    return entries.every((entry, index) => entry === value[index]) ? value : entries;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [name, field] of Object.entries(value)) {
    const kept = names.has(name) ? undefined : withoutFields(names, field, depth - 1);
    if (kept === field) continue;
    copy ??= { ...value };
    if (kept === undefined) Reflect.deleteProperty(copy, name);
    else copy[name] = kept;
  }
  return copy ?? value;
}
