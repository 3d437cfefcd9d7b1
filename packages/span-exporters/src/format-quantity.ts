/** A duration in the unit that needs no more than three or four digits: `420µs`, `35ms`, `1.20s`, `2m 05s`, `1h 02m`. */
export function formatDuration(millis: number): string {
  if (millis < 0.9995) return `${Math.round(millis * 1_000)}µs`;
  if (millis < 999.5) return `${Math.round(millis)}ms`;
  if (millis < 59_995) return `${(millis / 1_000).toFixed(2)}s`;
  const seconds = Math.round(millis / 1_000);
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m ${twoDigits(seconds % 60)}s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}h ${twoDigits(minutes % 60)}m`;
}

/** A whole number with separators, the same in every locale: `12,345`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count with its noun: `1 error`, `3 errors`. */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A size in bytes: `980 B`, `12 KB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${Math.round(bytes)} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
