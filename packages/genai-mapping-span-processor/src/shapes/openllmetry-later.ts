import type { MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import { readStructures } from './structured-attributes.js';

/** Scopes of its instrumentations for JavaScript. */
const SCOPE_PREFIX = '@traceloop/';

/** Whether a span is of the later era, whose names are mostly those of the conventions. */
export function isLaterOpenLLMetry({ attributes, scopeName }: MappingSource): boolean {
  if (attributes['gen_ai.usage.total_tokens'] !== undefined) return true;
  return scopeName?.startsWith(SCOPE_PREFIX) === true;
}

/** Reads messages and tools of the later era. It copies tools in the provider's shape, which is none of the conventions. */
export function readLaterOpenLLMetry(
  { attributes }: MappingSource,
  record: GenAIRecord,
  consume: (key: string) => void,
): void {
  readStructures(attributes, record, consume);
  record.overrule('gen_ai.tool.definitions');
}
