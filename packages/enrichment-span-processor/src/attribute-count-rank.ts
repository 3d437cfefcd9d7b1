import { contentSideOf } from './payload-content-keys.js';

/** How much of a loss an attribute is; those with the highest rank go first. */
export const RANK = {
  /** What a span is about: errors, requests, responses, usage, session, user, server; what genspan wrote. */
  essential: 0,
  /** Content in one attribute: messages, arguments, results. */
  content: 1,
  /** The first and the last message of those that take an attribute for each field. */
  outerMessage: 2,
  /** What is not known, and short. */
  other: 3,
  /** What is not known, and long. */
  long: 4,
  /** Metadata, headers. */
  metadata: 5,
  /** Messages between the first and the last one, of those that take an attribute for each field; the earlier ones first. */
  middleMessage: 6,
} as const;

const ESSENTIAL = new Set([
  'error',
  'genspan',
  'session',
  'user',
  'enduser',
  'server',
  'http',
  'url',
  'openai',
  'service',
]);
const ESSENTIAL_PREFIXES = [
  'gen_ai.',
  'llm.token_count.',
  'llm.usage.',
  'llm.model',
  'llm.provider',
  'llm.system',
  'llm.cost.',
  'openinference.',
  'traceloop.span.',
  'ai.usage.',
  'ai.model.',
  'ai.operationId',
  'langfuse.observation.type',
  'langfuse.observation.model',
  'langfuse.observation.usage',
  'braintrust.span_attributes',
  'braintrust.metrics',
];
const METADATA = /(?:^|\.)(?:metadata|headers?)(?:\.|$)/;
/** Up to the first number of a key: the list. */
const INDEXED = /^([^0-9]{1,200}?\.)(\d{1,9})\./;
/** Characters from which an unknown value is long. */
const LONG = 256;

/** The message that an attribute is a field of. */
export interface MessagePlace {
  /** `llm.input_messages.` */
  readonly list: string;
  readonly index: number;
}

/** Of which message an attribute is a field, by its key; `undefined`: of none. */
export function messagePlaceOf(key: string): MessagePlace | undefined {
  const match = INDEXED.exec(key);
  if (match?.[1] === undefined || contentSideOf(`${match[1]}0.content`) === undefined) return undefined;
  return { list: match[1], index: Number(match[2]) };
}

/** The rank of an attribute that is no field of a message. */
export function rankOf(key: string, value: unknown): number {
  if (contentSideOf(key) !== undefined) return RANK.content;
  if (METADATA.test(key)) return RANK.metadata;
  const dot = key.indexOf('.');
  if (ESSENTIAL.has(dot < 0 ? key : key.slice(0, dot)) || ESSENTIAL_PREFIXES.some((prefix) => key.startsWith(prefix))) {
    return RANK.essential;
  }
  const isLong = typeof value === 'string' ? value.length > LONG : typeof value === 'object';
  return isLong ? RANK.long : RANK.other;
}
