import { RENAMED_VALUES } from '@genspan/semconv';
import type { Dialect, MappingSource, ScalarRow } from '../dialect.js';
import type { ScalarFactName } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import { readContent } from '../shapes/content-events.js';
import { readDetailsEvent } from '../shapes/details-event.js';
import { readEvaluations } from '../shapes/evaluation-events.js';
import { toOpenAIFinishReason } from '../shapes/finish-reasons.js';
import { readMessageEvents } from '../shapes/message-events.js';
import { toProviderName } from '../shapes/provider-names.js';
import { readStructures } from '../shapes/structured-attributes.js';
import { CURRENT_ROWS } from './genai-names.js';

/** Old names, and what they are called now. */
const OLD_NAMES: readonly ScalarRow[] = [
  { key: 'gen_ai.system', fact: 'gen_ai.provider.name', read: readProvider },
  { key: 'gen_ai.usage.prompt_tokens', fact: 'gen_ai.usage.input_tokens' },
  { key: 'gen_ai.usage.completion_tokens', fact: 'gen_ai.usage.output_tokens' },
  { key: 'gen_ai.openai.request.seed', fact: 'gen_ai.request.seed' },
  { key: 'gen_ai.openai.request.response_format', fact: 'gen_ai.output.type', read: readResponseFormat },
  { key: 'gen_ai.openai.request.service_tier', fact: 'openai.request.service_tier' },
  { key: 'gen_ai.openai.response.service_tier', fact: 'openai.response.service_tier' },
  { key: 'gen_ai.openai.response.system_fingerprint', fact: 'openai.response.system_fingerprint' },
  { key: 'gen_ai.usage.cache_creation.input_tokens', fact: 'gen_ai.usage.cache_write.input_tokens' },
];

/** All names that any version has: which one a span was written in cannot always be told. */
const READ_ROWS: readonly ScalarRow[] = [...CURRENT_ROWS, ...OLD_NAMES].map((row) => ({ ...row, direction: 'read' }));

/** Facts that 1.27 has under their current names, and those that belong to no version. */
export const FACTS_1_27: readonly ScalarFactName[] = [
  'gen_ai.operation.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'gen_ai.response.id',
  'gen_ai.request.max_tokens',
  'gen_ai.request.top_k',
  'gen_ai.request.frequency_penalty',
  'gen_ai.request.presence_penalty',
  'gen_ai.request.temperature',
  'gen_ai.request.top_p',
  'gen_ai.request.stop_sequences',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  ...CURRENT_ROWS.map(({ fact }) => fact).filter((fact) => !/^(?:gen_ai|openai)\./.test(fact)),
];

/** What 1.30 has besides. */
export const FACTS_1_30: readonly ScalarFactName[] = ['gen_ai.request.seed', 'gen_ai.request.encoding_formats'];

/** What 1.36 has besides. */
export const FACTS_1_36: readonly ScalarFactName[] = [
  'gen_ai.agent.id',
  'gen_ai.agent.name',
  'gen_ai.agent.description',
  'gen_ai.conversation.id',
  'gen_ai.data_source.id',
  'gen_ai.output.type',
  'gen_ai.request.choice.count',
  'gen_ai.tool.call.id',
  'gen_ai.tool.description',
  'gen_ai.tool.name',
  'gen_ai.tool.type',
];

/** OpenAI's own attributes, as 1.30–1.36 call them. */
export const OLD_OPENAI_ROWS: readonly ScalarRow[] = OLD_NAMES.filter(
  ({ key }) => key.startsWith('gen_ai.openai.') && !/seed|response_format/.test(key),
).map((row) => ({ ...row, direction: 'write' }));

/** How 1.30 calls the type of the output. */
export const RESPONSE_FORMAT_ROW: ScalarRow = {
  key: 'gen_ai.openai.request.response_format',
  fact: 'gen_ai.output.type',
  direction: 'write',
  write: writeResponseFormat,
};

/** The table of a version up to 1.36: it reads the names of all of them, and writes these. */
export function olderRows(
  facts: readonly ScalarFactName[],
  isBefore133: boolean,
  ...others: readonly ScalarRow[]
): ScalarRow[] {
  return [
    ...READ_ROWS,
    ...facts.map((fact): ScalarRow => ({ key: fact, fact, direction: 'write' })),
    {
      key: 'gen_ai.response.finish_reasons',
      fact: 'gen_ai.response.finish_reasons',
      direction: 'write',
      write: writeFinishReasons,
    },
    {
      key: 'gen_ai.system',
      fact: 'gen_ai.provider.name',
      direction: 'write',
      write: isBefore133 ? writeSystemBefore133 : writeSystem,
    },
    ...others,
  ];
}

/** Reads the content of any version up to 1.36. */
export const readOlder: NonNullable<Dialect['read']> = (
  source: MappingSource,
  record: GenAIRecord,
  consume: (key: string) => void,
) => {
  if (source.events.length > 0) readMessageEvents(source, record, consume);
  readContent(source, record, consume);
  // Some write the messages of later versions beside the old names.
  readStructures(source.attributes, record, consume);
  if (source.events.length === 0) return;
  readDetailsEvent(source, record, consume, READ_ROWS);
  readEvaluations(source, record, consume);
};

function readProvider(value: unknown): string | undefined {
  return typeof value === 'string' ? toProviderName(value) : undefined;
}

function readResponseFormat(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return RENAMED_VALUES.get('gen_ai.openai.request.response_format')?.get(value) ?? value;
}

/** `json_schema` became `json`, too, which cannot be told any more. */
function writeResponseFormat(type: string): string | undefined {
  if (type === 'json') return 'json_object';
  return type === 'text' ? type : undefined;
}

function writeFinishReasons(reasons: readonly string[]): string[] {
  return reasons.map(toOpenAIFinishReason);
}

/** Up to 1.32 for all of these, up to 1.36 for one. */
const SYSTEMS_BEFORE_1_33: ReadonlyMap<string, string> = new Map(
  [...(RENAMED_VALUES.get('gen_ai.system') ?? [])].map(([before, now]) => [now, before]),
);

function writeSystemBefore133(name: string): string {
  return SYSTEMS_BEFORE_1_33.get(name) ?? name;
}

function writeSystem(name: string): string {
  return name === 'x_ai' ? 'xai' : name;
}
