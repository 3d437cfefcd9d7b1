import type { Dialect } from '../dialect.js';
import { writeContentEvents } from '../shapes/content-events.js';
import { FACTS_1_27, olderRows, readOlder } from './genai-older.js';
import { olderVersionOf } from './genai-tells.js';

/**
 * GenAI up to 1.27: prompt and completion as JSON on span events, or, before, on the span.
 *
 * @see OpenTelemetry semantic-conventions 1.27.0, docs/gen-ai
 */
export const genai127: Dialect = {
  name: 'genai-1.27',
  prefixes: ['gen_ai.', 'openai.'],
  detect: (source) => olderVersionOf(source) === '1.27',
  scalars: olderRows(FACTS_1_27, true),
  read: readOlder,
  write: writeContentEvents,
};
