import type { Redaction } from './redaction.js';
import type { RedactionField } from './redaction-field.js';
import { MASK } from './replacer.js';

/**
 * Redacts what is a text by its type: a name.
 *
 * @returns the identical text when nothing is found; the mask for an object, which callers without types can put there and
 *   some exporters would write out
 */
export function redactText<T extends string | undefined>(
  redaction: Redaction,
  text: T,
  field: RedactionField,
): T | string {
  const given: unknown = text;
  if (typeof given === 'string') return redaction.engine.text(given, field);
  if ((typeof given !== 'object' && typeof given !== 'function') || given === null) return text;
  redaction.failures.record(field, new TypeError());
  return redaction.engine.dryRun ? text : MASK;
}
