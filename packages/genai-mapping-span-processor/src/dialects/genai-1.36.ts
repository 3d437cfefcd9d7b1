import type { Dialect } from '../dialect.js';
import { writeMessageEvents } from '../shapes/message-events.js';
import { FACTS_1_27, FACTS_1_30, FACTS_1_36, OLD_OPENAI_ROWS, olderRows, readOlder } from './genai-older.js';
import { olderVersionOf } from './genai-tells.js';
import { eventAttributes } from './genai-event-attributes.js';

/**
 * GenAI 1.31–1.36: `gen_ai.system`, messages as log events.
 *
 * @see OpenTelemetry semantic-conventions 1.36.0, docs/gen-ai
 */
export const genai136: Dialect = {
  name: 'genai-1.36',
  prefixes: ['gen_ai.', 'openai.'],
  detect: (source) => olderVersionOf(source) === '1.36',
  scalars: olderRows([...FACTS_1_27, ...FACTS_1_30, ...FACTS_1_36], false, ...OLD_OPENAI_ROWS),
  read: readOlder,
  write: (record, target) => writeMessageEvents(record, target, eventAttributes(target)),
};
