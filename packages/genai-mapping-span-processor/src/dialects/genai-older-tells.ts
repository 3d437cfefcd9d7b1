import type { MappingSource } from '../dialect.js';
import { CONTENT_EVENTS } from '../shapes/content-events.js';
import { MESSAGE_EVENTS } from '../shapes/message-events.js';

/** Versions up to 1.36 that a span can be told to be of. */
export type OlderVersion = '1.27' | '1.30' | '1.36';

const ONLY_1_27: readonly string[] = [
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.completion_tokens',
];
const ONLY_1_30: readonly string[] = ['gen_ai.openai.request.response_format', 'gen_ai.openai.request.seed'];
const ONLY_1_36: readonly string[] = [
  'gen_ai.openai.request.service_tier',
  'gen_ai.openai.response.service_tier',
  'gen_ai.openai.response.system_fingerprint',
];
/** Values of `gen_ai.system` that were renamed in 1.33 and by 1.36. */
const SYSTEMS_1_30: ReadonlySet<unknown> = new Set(['vertex_ai', 'gemini', 'az.ai.inference', 'az.ai.openai']);
const EVENTS_1_27: ReadonlySet<string> = new Set(Object.values(CONTENT_EVENTS));

/**
 * The version up to 1.36 that a span speaks, if it speaks one: the oldest that has what the span has. They can all be read in
 * the same way; which one it is says what the span would look like in another one.
 */
export function olderVersionOf({ attributes, events }: MappingSource): OlderVersion | undefined {
  const has = (key: string): boolean => attributes[key] !== undefined;
  if (ONLY_1_27.some(has) || events.some(({ name }) => EVENTS_1_27.has(name))) return '1.27';
  const system = attributes['gen_ai.system'];
  if (ONLY_1_30.some(has) || SYSTEMS_1_30.has(system)) return '1.30';
  if (system !== undefined || ONLY_1_36.some(has)) return '1.36';
  return events.some(({ name }) => MESSAGE_EVENTS.has(name)) ? '1.36' : undefined;
}
