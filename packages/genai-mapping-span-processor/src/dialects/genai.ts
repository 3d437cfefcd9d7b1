import type { Dialect } from '../dialect.js';
import { readDetailsEvent } from '../shapes/details-event.js';
import { readEvaluations, writeEvaluations } from '../shapes/evaluation-events.js';
import { readStructures, STRUCTURED_NAMES, writeStructures } from '../shapes/structured-attributes.js';
import { readTemplates, writeTemplate } from '../shapes/template-attributes.js';
import { CURRENT_ROWS } from './genai-names.js';
import { isCurrent } from './genai-tells.js';

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
    readTemplates(['gen_ai.prompt.variable', 'genspan.metadata'], source, record, consume);
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
