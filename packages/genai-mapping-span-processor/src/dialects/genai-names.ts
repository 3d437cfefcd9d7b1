import type { ScalarRow } from '../dialect.js';
import { SCALAR_FACTS } from '../facts.js';
import { asStrings } from '../scalar-types.js';
import { toFinishReason } from '../shapes/finish-reasons.js';

/** Reads finish reasons in any provider's words. */
export function readFinishReasons(value: unknown): readonly string[] | undefined {
  return asStrings(value)?.map(toFinishReason);
}

/** Attributes under the facts' own names, as the current conventions have them. */
export const CURRENT_ROWS: readonly ScalarRow[] = SCALAR_FACTS.map((fact) =>
  fact === 'gen_ai.response.finish_reasons' ? { key: fact, fact, read: readFinishReasons } : { key: fact, fact },
);

/** What only the current conventions have: a span with one of these speaks them. */
export const ONLY_CURRENT: readonly string[] = [
  'gen_ai.usage.cache_write.input_tokens',
  'gen_ai.usage.text.input_tokens',
  'gen_ai.usage.image.input_tokens',
  'gen_ai.usage.audio.input_tokens',
  'gen_ai.usage.text.output_tokens',
  'gen_ai.usage.image.output_tokens',
  'gen_ai.usage.audio.output_tokens',
  'gen_ai.request.reasoning.level',
  'gen_ai.request.previous_response.id',
  'gen_ai.request.stream_cursor',
  'gen_ai.response.status',
  'gen_ai.retrieval.top_k',
  'gen_ai.conversation.compacted',
  'gen_ai.prompt.version',
];

/** What only 1.37–1.41 have. */
export const ONLY_1_41: readonly string[] = ['gen_ai.usage.cache_creation.input_tokens', 'gen_ai.token.type'];
