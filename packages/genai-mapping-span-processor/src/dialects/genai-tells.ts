import type { MappingSource } from '../dialect.js';
import { CONTENT_EVENTS } from '../shapes/content-events.js';
import { MESSAGE_EVENTS } from '../shapes/message-events.js';
import { ONLY_1_41, ONLY_CURRENT } from './genai-names.js';

const CURRENT = 1;
const V1_41 = 2;
const PROVIDER = 4;
const OPERATION = 8;
const SYSTEM = 16;
const V1_27 = 32;
const V1_30 = 64;
const V1_36 = 128;
const USAGE_1_26 = 256;
const TOP_K = 512;
const MESSAGES = 1024;
const RESULTS = 2048;

/** What each attribute tells of the version that a span was written in. */
const ATTRIBUTES: ReadonlyMap<string, number> = new Map<string, number>([
  ...ONLY_CURRENT.map((key) => [key, CURRENT] as const),
  ...ONLY_1_41.map((key) => [key, V1_41] as const),
  ['gen_ai.provider.name', PROVIDER],
  // A conversation id alone may come from anywhere; these are of an operation.
  ['gen_ai.operation.name', OPERATION],
  ['gen_ai.request.model', OPERATION],
  ['gen_ai.response.model', OPERATION],
  ['gen_ai.input.messages', OPERATION],
  ['gen_ai.output.messages', OPERATION],
  ['gen_ai.system', SYSTEM],
  ['gen_ai.usage.prompt_tokens', V1_27 | USAGE_1_26],
  ['gen_ai.usage.completion_tokens', V1_27 | USAGE_1_26],
  ['gen_ai.prompt', V1_27],
  ['gen_ai.completion', V1_27],
  ['gen_ai.openai.request.response_format', V1_30],
  ['gen_ai.openai.request.seed', V1_30],
  ['gen_ai.openai.request.service_tier', V1_36],
  ['gen_ai.openai.response.service_tier', V1_36],
  ['gen_ai.openai.response.system_fingerprint', V1_36],
  ['gen_ai.request.top_k', TOP_K],
]);

/** What each event tells. */
const EVENTS: ReadonlyMap<string, number> = new Map<string, number>([
  ...Object.values(CONTENT_EVENTS).map((name) => [name, V1_27] as const),
  ...[...MESSAGE_EVENTS].map((name) => [name, MESSAGES] as const),
  ['gen_ai.client.inference.operation.details', RESULTS],
  ['gen_ai.evaluation.result', RESULTS],
]);

/** Values of `gen_ai.system` that were renamed in 1.33 and by 1.36. */
const SYSTEMS_1_30: ReadonlySet<unknown> = new Set(['vertex_ai', 'gemini', 'az.ai.inference', 'az.ai.openai']);

/** Versions up to 1.36 that a span can be told to be of. */
export type OlderVersion = '1.27' | '1.30' | '1.36';

/** Spans of 1.37–1.41 that have nothing of their own are taken for current: they can be read as such. */
export function isCurrent(source: MappingSource): boolean {
  const tells = tellsOf(source);
  if ((tells & CURRENT) !== 0) return true;
  if ((tells & V1_41) !== 0) return false;
  if ((tells & PROVIDER) !== 0) return true;
  if ((tells & (SYSTEM | USAGE_1_26)) !== 0) return false;
  return (tells & (OPERATION | RESULTS)) !== 0;
}

/** Whether a span has what only 1.37–1.41 have. */
export function is141(source: MappingSource): boolean {
  const tells = tellsOf(source);
  if ((tells & V1_41) !== 0) return true;
  return (tells & TOP_K) !== 0 && source.attributes['gen_ai.operation.name'] === 'retrieval';
}

/**
 * The version up to 1.36 that a span speaks, if it speaks one: the oldest that has what the span has. They can all be read in
 * the same way; which one it is says what the span would look like in another one.
 */
export function olderVersionOf(source: MappingSource): OlderVersion | undefined {
  const tells = tellsOf(source);
  if ((tells & V1_27) !== 0) return '1.27';
  const isOldSystem = (tells & SYSTEM) !== 0 && SYSTEMS_1_30.has(source.attributes['gen_ai.system']);
  if ((tells & V1_30) !== 0 || isOldSystem) return '1.30';
  return (tells & (SYSTEM | V1_36 | MESSAGES)) !== 0 ? '1.36' : undefined;
}

let lastAttributes: MappingSource['attributes'] | undefined;
let lastEvents: MappingSource['events'] | undefined;
let lastTells = 0;

/** All that a span tells, found out once for all versions that ask. */
function tellsOf({ attributes, events }: MappingSource): number {
  if (attributes === lastAttributes && events === lastEvents) return lastTells;
  let tells = 0;
  for (const key in attributes) {
    const tell = ATTRIBUTES.get(key);
    if (tell !== undefined && attributes[key] !== undefined) tells |= tell;
  }
  for (const { name } of events) tells |= EVENTS.get(name) ?? 0;
  lastAttributes = attributes;
  lastEvents = events;
  lastTells = tells;
  return tells;
}
