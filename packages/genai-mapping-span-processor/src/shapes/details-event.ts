import type { MappingSource, ScalarRow } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import { readerOf } from '../scalar-types.js';
import { isFields } from './json.js';
import { readStructures } from './structured-attributes.js';

const DETAILS = 'gen_ai.client.inference.operation.details';
/** An exception is told on the span, too, and in its own event in all versions. */
const EXCEPTION = 'gen_ai.client.operation.exception';

/**
 * Reads the event that holds all that a span may hold, for those that keep content off their spans: attributes, or a body of
 * the same members, as early versions had it.
 */
export function readDetailsEvent(
  source: MappingSource,
  record: GenAIRecord,
  consume: (name: string) => void,
  rows: readonly ScalarRow[],
): void {
  for (const { name, attributes, body } of source.events) {
    if (name === EXCEPTION) consume(name);
    if (name !== DETAILS) continue;
    consume(name);
    for (const fields of [attributes, body]) {
      if (!isFields(fields)) continue;
      for (const { key, fact, direction, read = readerOf(fact) } of rows) {
        const value = direction === 'write' ? undefined : fields[key];
        const known = value === undefined || value === null ? undefined : read(value);
        if (known !== undefined) record.set(fact, known, name);
      }
      readStructures(fields, record, consume, name);
    }
  }
}
