import { redactAttributes } from './redact-attributes.js';
import type { Redaction } from './redaction.js';
import type { RedactionField } from './redaction-field.js';
import { MASK } from './replacer.js';

/** The keys with numbers, booleans and masks; nothing when the keys cannot be read. Never throws. */
export function blankAttributes<T extends Readonly<Record<string, unknown>>>(
  redaction: Redaction,
  attributes: () => T | undefined,
  field: RedactionField,
): T {
  const blank = readOr(() => {
    const given = attributes() ?? {};
    const masked: Record<string, unknown> = {};
    for (const key of Object.keys(given)) {
      const value = readOr<unknown>(() => Reflect.get(given, key), undefined);
      masked[key] = typeof value === 'number' || typeof value === 'boolean' ? value : MASK;
    }
    return redactAttributes(redaction, masked, field);
  }, {});
  return blank as T;
}

/** What `read` returns, `otherwise` when it throws. */
export function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
