import { diag } from '@opentelemetry/api';

/** Keys told apart in the log: a flood of distinct ones cannot flood it. */
const MAX_WARNED = 32;

const WARNED = Symbol.for('genspan.genai-context.warned');

/**
 * Says once per process that the value of this key is left out. Never what the value was.
 *
 * @param key - Named in the line if it looks like a name; what does not may be content that ended up as a key.
 * @param expected - What the value should have been.
 */
export function warnOnce(key: string, expected: string): void {
  const name = /^[A-Za-z_][\w.-]{0,63}$/.test(key) ? `\`${key}\`` : 'an unknown key';
  const warned = warnedKeys();
  if (warned.has(name) || warned.size >= MAX_WARNED) return;
  warned.add(name);
  try {
    diag.warn(`GenAI context: ${name} is left out, expected ${expected}. More of the same is not said again.`);
  } catch {
    // The application's own diag logger threw: there is nobody left to tell.
  }
}

/** Shared by the CommonJS and the ES module copy of this package. */
function warnedKeys(): Set<string> {
  const holder = globalThis as { [WARNED]?: Set<string> };
  return (holder[WARNED] ??= new Set());
}
