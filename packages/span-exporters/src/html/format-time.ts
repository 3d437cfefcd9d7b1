/** A moment in UTC, to the millisecond: `2025-06-15 15:06:40.000 UTC`. What is no moment of the calendar is shown as a number. */
export function formatTime(unixMillis: number): string {
  const date = new Date(unixMillis);
  if (Number.isNaN(date.getTime())) return `${unixMillis} ms`;
  return date.toISOString().replace('T', ' ').replace('Z', ' UTC');
}
