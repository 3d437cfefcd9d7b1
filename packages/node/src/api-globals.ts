/** What `@opentelemetry/api` 1.x keeps for all its copies in a process, under this key. */
const API_KEY = Symbol.for('opentelemetry.js.api.1');

/**
 * Whether somebody has registered a global of this kind with `@opentelemetry/api`.
 *
 * The API itself cannot be asked: it hands out a working stand-in where there is none.
 */
export function isRegistered(kind: 'trace' | 'metrics' | 'diag'): boolean {
  const globals: unknown = Reflect.get(globalThis, API_KEY);
  return typeof globals === 'object' && globals !== null && Reflect.get(globals, kind) !== undefined;
}
