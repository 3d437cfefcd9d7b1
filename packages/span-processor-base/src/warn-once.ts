import { diag } from '@opentelemetry/api';

const SAID = Symbol.for('genspan.said');

/** Says something once per process, also when the package is loaded both as CommonJS and as a module. Never throws. */
export function warnOnce(topic: string, message: string): void {
  const said = saidSoFar();
  if (said.has(topic)) return;
  said.add(topic);
  try {
    diag.warn(message);
  } catch {
    // The application's own logger threw: there is nobody left to tell.
  }
}

function saidSoFar(): Set<unknown> {
  const known: unknown = Reflect.get(globalThis, SAID);
  if (known instanceof Set) return known;
  const said = new Set<unknown>();
  Reflect.set(globalThis, SAID, said);
  return said;
}
