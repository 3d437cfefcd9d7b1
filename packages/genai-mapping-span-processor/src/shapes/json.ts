/** Levels of nesting that are written; what is below them is left out. */
const MAX_DEPTH = 200;
/** Objects and arrays that are written of a value that is not plain JSON, such as one with cycles. */
const MAX_NODES = 10_000;

/**
 * The value that a JSON text holds. Costs next to nothing for a string that does not begin like JSON.
 *
 * @returns `undefined` when `text` is not a string or not JSON; never throws
 */
export function parseJson(text: unknown): unknown {
  if (typeof text !== 'string' || !mayBeJson(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * What a structured attribute holds: the value of its JSON text, or the object or array itself, as SDK 3 allows.
 *
 * @returns `undefined` for what is neither
 */
export function structureOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? value : parseJson(value);
}

/** `value` as JSON. What JSON cannot hold becomes `null` (a number of any size its digits). Never throws. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return JSON.stringify(new PlainCopies().of(value, 0)) ?? 'null';
  }
}

/** Whether `value` is an object with fields: not null, not an array. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the first character that is no white space can begin JSON. */
function mayBeJson(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) continue;
    return BEGINNINGS.has(code);
  }
  return false;
}

const BEGINNINGS: ReadonlySet<number> = new Set([...'{["-0123456789tfn'].map((char) => char.charCodeAt(0)));

/** Makes copies without cycles, big integers and members that throw. */
class PlainCopies {
  #budget = MAX_NODES;

  of(value: unknown, depth: number): unknown {
    if (typeof value === 'bigint') return value.toString();
    // A function among the members may be a `toJSON` that throws.
    if (typeof value === 'function') return undefined;
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= MAX_DEPTH || --this.#budget < 0) return null;
    try {
      if (Array.isArray(value)) return value.map((item) => this.of(item, depth + 1));
      const copy = Object.create(null) as Record<string, unknown>;
      for (const key of Object.keys(value)) copy[key] = this.#member(value, key, depth + 1);
      return copy;
    } catch {
      return null;
    }
  }

  #member(object: object, key: string, depth: number): unknown {
    try {
      return this.of(Reflect.get(object, key), depth);
    } catch {
      return null;
    }
  }
}
