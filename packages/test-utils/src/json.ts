/** A JSON object whose members are not known yet. */
export type JsonObject = Record<string, unknown>;

/** Whether `value` is an object that is neither `null` nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value` if it is an object, else an empty one. */
export function asJsonObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The members of `value` that are objects; an empty list when it is no array. */
export function asJsonObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** `value` if it is a string, else `fallback`. */
export function asString(value: unknown, fallback = ''): string {
  return typeof value === 'string' ? value : fallback;
}

/** `value` as a finite number (multipart fields and query parameters arrive as text), else `fallback`. */
export function asNumber(value: unknown, fallback: number): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : fallback;
}

/** Whether `value` is `true`, or the text `"true"` of a multipart field or a query parameter. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
