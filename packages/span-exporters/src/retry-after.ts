/** Longest time in ms that a receiver is believed to mean: an hour. */
const MAX_RETRY_AFTER_MILLIS = 3_600_000;

/** A date as in HTTP. `Date.parse` alone finds a date in nearly any text. */
const HTTP_DATE = /^[A-Z][a-z]{2,8}, \d{2}[ -][A-Z][a-z]{2}[ -]\d{2,4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long a `Retry-After` asks to wait.
 *
 * @param value - the header: whole seconds or a date
 * @param now - Unix time in ms
 * @returns milliseconds from 0 to an hour; `undefined` when it is absent or neither
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const millis = /^-?\d+$/.test(text) ? Number(text) * 1000 : HTTP_DATE.test(text) ? Date.parse(text) - now : NaN;
  return Number.isNaN(millis) ? undefined : Math.min(Math.max(millis, 0), MAX_RETRY_AFTER_MILLIS);
}
