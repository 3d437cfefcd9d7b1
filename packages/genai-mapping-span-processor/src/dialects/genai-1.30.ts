import type { Dialect } from '../dialect.js';
import { writeMessageEvents } from '../shapes/message-events.js';
import { eventAttributes } from './genai-event-attributes.js';
import { FACTS_1_27, FACTS_1_30, OLD_OPENAI_ROWS, olderRows, readOlder, RESPONSE_FORMAT_ROW } from './genai-older.js';
import { olderVersionOf } from './genai-tells.js';

/**
 * GenAI 1.28–1.30: `gen_ai.system` with names of providers that were changed in 1.33, messages as log events.
 *
 * @see OpenTelemetry semantic-conventions 1.30.0, docs/gen-ai
 */
export const genai130: Dialect = {
  name: 'genai-1.30',
  prefixes: ['gen_ai.', 'openai.'],
  detect: (source) => olderVersionOf(source) === '1.30',
  scalars: olderRows([...FACTS_1_27, ...FACTS_1_30], true, ...OLD_OPENAI_ROWS, RESPONSE_FORMAT_ROW),
  read: readOlder,
  write: (record, target) => writeMessageEvents(record, target, eventAttributes(target)),
};
