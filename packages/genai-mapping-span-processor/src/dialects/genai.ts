import type { Dialect, ScalarRow } from '../dialect.js';
import { BOOLEAN_FACTS, INTEGER_FACTS, NUMBER_FACTS, STRING_FACTS, STRING_LIST_FACTS } from '../facts.js';

/** The current GenAI conventions: their names are the facts' names. */
export const genai: Dialect = {
  name: 'genai',
  prefixes: ['gen_ai.'],
  detect: ({ attributes }) => 'gen_ai.operation.name' in attributes || 'gen_ai.provider.name' in attributes,
  scalars: [...STRING_FACTS, ...INTEGER_FACTS, ...NUMBER_FACTS, ...BOOLEAN_FACTS, ...STRING_LIST_FACTS].map(
    (name): ScalarRow => ({ key: name, fact: name }),
  ),
};
