import type { Dialect, MappingSource } from '../dialect.js';
import { readDetailsEvent } from '../shapes/details-event.js';
import { readEvaluations, writeEvaluations } from '../shapes/evaluation-events.js';
import { readStructures, STRUCTURED_NAMES, writeStructures } from '../shapes/structured-attributes.js';
import { readTemplate, writeTemplate } from '../shapes/template-attributes.js';
import { CURRENT_ROWS, ONLY_1_41, ONLY_CURRENT } from './genai-names.js';

/** What a span about GenAI has; a conversation id alone may come from anywhere. */
const SOME_OPERATION: readonly string[] = [
  'gen_ai.operation.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
];

/** What tells that the names are those of 1.36 or before. */
const OLDER: readonly string[] = ['gen_ai.system', 'gen_ai.usage.prompt_tokens', 'gen_ai.usage.completion_tokens'];

/**
 * The current GenAI conventions: their names are the facts' names.
 *
 * @see OpenTelemetry semantic-conventions-genai, docs/gen-ai
 */
export const genai: Dialect = {
  name: 'genai',
  prefixes: ['gen_ai.', 'openai.'],
  detect: isCurrent,
  scalars: CURRENT_ROWS,
  read: (source, record, consume) => {
    readStructures(source.attributes, record, consume);
    readTemplate('gen_ai.prompt.variable', source, record, consume);
    readTemplate('genspan.metadata', source, record, consume);
    if (source.events.length === 0) return;
    readDetailsEvent(source, record, consume, CURRENT_ROWS);
    readEvaluations(source, record, consume);
  },
  write: (record, target) => {
    writeStructures(record, target, STRUCTURED_NAMES);
    writeTemplate('gen_ai.prompt.variable', record, target);
    writeTemplate('genspan.metadata', record, target);
    writeEvaluations(record, target);
  },
};

/** Spans of 1.37–1.41 that have nothing of their own are taken for current: they can be read as such. */
function isCurrent({ attributes, events }: MappingSource): boolean {
  const has = (key: string): boolean => attributes[key] !== undefined;
  if (ONLY_CURRENT.some(has)) return true;
  if (ONLY_1_41.some(has)) return false;
  if (has('gen_ai.provider.name')) return true;
  if (OLDER.some(has)) return false;
  return SOME_OPERATION.some(has) || events.some(({ name }) => EVENTS.has(name));
}

const EVENTS: ReadonlySet<string> = new Set(['gen_ai.client.inference.operation.details', 'gen_ai.evaluation.result']);
