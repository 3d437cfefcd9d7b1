const OPENING_BRACKET = '['.charCodeAt(0);

/**
 * Whether an attribute that holds strings has one of `anyOf`.
 *
 * Instrumentations write a list as an array of strings, as one string that holds a JSON array, or as the only string.
 */
export function hasAnyOf(value: unknown, anyOf: ReadonlySet<string>): boolean {
  if (typeof value === 'string') {
    return anyOf.has(value) || (value.charCodeAt(0) === OPENING_BRACKET && hasAnyItemOf(parseList(value), anyOf));
  }
  return hasAnyItemOf(value, anyOf);
}

/** Whether a list has one of `anyOf` among its strings. Anything but a list has none. */
export function hasAnyItemOf(list: unknown, anyOf: ReadonlySet<string>): boolean {
  if (!Array.isArray(list)) return false;
  for (const item of list as readonly unknown[]) if (typeof item === 'string' && anyOf.has(item)) return true;
  return false;
}

function parseList(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
