/**
 * The code of an operating system's error: `ENOSPC`, `EACCES`, … It is what an operator has to know, and never content.
 * Empty when there is none. No `instanceof`: errors of `node:fs` come from another realm inside a `vm` context.
 */
export function systemErrorCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' && /^[A-Z0-9_]{1,40}$/.test(error.code) ? error.code : '';
}
