import type { ScalarRow } from '../dialect.js';
import { BOOLEAN_FACTS, INTEGER_FACTS, NUMBER_FACTS, STRING_FACTS, STRING_LIST_FACTS } from '../facts.js';

/**
 * Rows that read what a dialect says under the names of the current conventions, and belong to it as it says it so.
 *
 * @param isReadElsewhere - facts that the dialect reads in another way
 */
export function currentRows(isReadElsewhere: (fact: string) => boolean): ScalarRow[] {
  const facts = [...STRING_FACTS, ...INTEGER_FACTS, ...NUMBER_FACTS, ...BOOLEAN_FACTS, ...STRING_LIST_FACTS];
  return facts
    .filter((fact) => fact.startsWith('gen_ai.') && !isReadElsewhere(fact))
    .map((fact) => ({ key: fact, fact, direction: 'read' }));
}
