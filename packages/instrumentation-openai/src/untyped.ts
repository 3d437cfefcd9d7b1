/** An object whose fields are not known yet. */
export type Fields = Readonly<Record<string, unknown>>;

const NO_FIELDS: Fields = Object.freeze({});

/** The value as an object to read fields from; an empty one when it is none. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : NO_FIELDS;
}

/** The value as a list; an empty one when it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The value if it is a string. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value if it is a string that says something. */
export function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether the value is a finite number. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The value if it is a finite number. */
export function count(value: unknown): number | undefined {
  return isNumber(value) ? value : undefined;
}

/**
 * The value if it is a word from a fixed vocabulary by its looks: letters and underscores. Fields that the API
 * answers with, and that it defines as an enumeration, pass through here. What a caller sends is not told by looks.
 */
export function word(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z_]{1,40}$/.test(value) ? value : undefined;
}

/**
 * The value if it looks like an id of the API (`resp_…`, `conv_…`) or a UUID, so that no free text is recorded. Ids are
 * made by machines: one without a digit is a name that somebody chose.
 */
export function identifier(value: unknown): string | undefined {
  return typeof value === 'string' && IDENTIFIER.test(value) ? value : undefined;
}
const IDENTIFIER =
  /^(?:(?:resp|conv|pmpt|chatcmpl|gen|msg|batch|file|ftjob|cmpl)[_-](?=[^0-9]*[0-9])[A-Za-z0-9_=-]{1,512}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Parses JSON that a model wrote; what does not parse stays the string it was. */
export function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
