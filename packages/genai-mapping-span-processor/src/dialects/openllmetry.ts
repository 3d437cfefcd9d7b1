import type { Dialect, MappingSource, ScalarRow } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { readContextProperties, writeContextProperties } from '../shapes/context-properties.js';
import type { ContextNames } from '../shapes/context-properties.js';
import { currentRows } from '../shapes/current-rows.js';
import { toFinishReason } from '../shapes/finish-reasons.js';
import { isLaterOpenLLMetry, readLaterOpenLLMetry } from '../shapes/openllmetry-later.js';
import { readOpenLLMetryOperation, writeOpenLLMetryOperation } from '../shapes/openllmetry-operation.js';
import { readTemplateVariables, writeTemplateVariables } from '../shapes/openllmetry-prompt-template.js';
import { readFlattened } from '../shapes/openllmetry-read-messages.js';
import { isVectorQuery, readOpenLLMetryRetrieval, writeOpenLLMetryRetrieval } from '../shapes/openllmetry-retrieval.js';
import { readOpenLLMetryUsage, writeOpenLLMetryUsage } from '../shapes/openllmetry-usage.js';
import { writeFlattened } from '../shapes/openllmetry-write-messages.js';
import { toProviderName, toTraceloopSystem } from '../shapes/provider-names.js';

/**
 * Traceloop's OpenLLMetry: the older era with an attribute for each text (`gen_ai.prompt.0.content`), and the later one, whose
 * names are mostly those of the GenAI conventions 1.40. Written is the older one, which all its readers know.
 *
 * @see npm @traceloop/ai-semantic-conventions 0.12.0 to 0.27.0; PyPI opentelemetry-semantic-conventions-ai
 */
export const openllmetry: Dialect = {
  name: 'openllmetry',
  prefixes: [
    'gen_ai.',
    'traceloop.',
    'llm.request.type',
    'llm.request.functions.',
    'llm.usage.',
    'llm.top_k',
    'llm.frequency_penalty',
    'llm.presence_penalty',
    'llm.chat.',
    'llm.is_streaming',
    'llm.user',
    'llm.headers',
    'llm.response.finish_reason',
    'llm.response.stop_reason',
    'db.vector.',
    'db.query.result',
    'db.query.embeddings',
  ],
  detect: speaksOpenLLMetry,
  mends: isLaterOpenLLMetry,
  scalars: [
    { key: 'gen_ai.system', fact: 'gen_ai.provider.name', read: providerOf, write: toTraceloopSystem },
    { key: 'gen_ai.provider.name', fact: 'gen_ai.provider.name', direction: 'read', read: providerOf },
    { key: 'gen_ai.operation.name', fact: 'gen_ai.operation.name', direction: 'read', read: operationOf },
    { key: 'gen_ai.request.model', fact: 'gen_ai.request.model' },
    { key: 'gen_ai.request.max_tokens', fact: 'gen_ai.request.max_tokens' },
    { key: 'gen_ai.request.temperature', fact: 'gen_ai.request.temperature' },
    { key: 'gen_ai.request.top_p', fact: 'gen_ai.request.top_p' },
    { key: 'gen_ai.request.reasoning_effort', fact: 'gen_ai.request.reasoning.level' },
    { key: 'gen_ai.response.model', fact: 'gen_ai.response.model' },
    { key: 'gen_ai.response.id', fact: 'gen_ai.response.id' },
    { key: 'gen_ai.openai.system_fingerprint', fact: 'openai.response.system_fingerprint' },
    { key: 'llm.top_k', fact: 'gen_ai.request.top_k' },
    { key: 'llm.frequency_penalty', fact: 'gen_ai.request.frequency_penalty' },
    { key: 'llm.presence_penalty', fact: 'gen_ai.request.presence_penalty' },
    { key: 'llm.chat.stop_sequences', fact: 'gen_ai.request.stop_sequences' },
    { key: 'llm.is_streaming', fact: 'gen_ai.request.stream' },
    { key: 'llm.user', fact: 'user.id', direction: 'read' },
    { key: 'llm.response.finish_reason', fact: 'gen_ai.response.finish_reasons', direction: 'read', read: reasonsOf },
    { key: 'llm.response.stop_reason', fact: 'gen_ai.response.finish_reasons', direction: 'read', read: reasonsOf },
    { key: 'traceloop.workflow.name', fact: 'gen_ai.workflow.name' },
    { key: 'traceloop.prompt.key', fact: 'gen_ai.prompt.name' },
    { key: 'traceloop.prompt.version', fact: 'gen_ai.prompt.version', read: versionOf },
    { key: 'db.vector.query.top_k', fact: 'gen_ai.retrieval.top_k' },
    ...currentRows(isReadElsewhere),
  ] satisfies ScalarRow[],
  read,
  write,
};

const PROPERTIES = 'traceloop.association.properties.';
const NAMES: ContextNames = {
  'session.id': 'session_id',
  'user.id': 'user_id',
  'gen_ai.conversation.id': 'conversation_id',
  'genspan.tags': 'tags',
};

const TELLS = [
  'llm.request.type',
  'gen_ai.prompt.0.role',
  'gen_ai.prompt.0.content',
  'gen_ai.completion.0.role',
  'gen_ai.completion.0.content',
  'gen_ai.completion.0.finish_reason',
  'llm.usage.total_tokens',
];
const PREFIX = 'traceloop.';

function speaksOpenLLMetry(source: MappingSource): boolean {
  const { attributes } = source;
  for (const key of TELLS) if (attributes[key] !== undefined) return true;
  if (isLaterOpenLLMetry(source) || isVectorQuery(source)) return true;
  for (const key in attributes) if (key.startsWith(PREFIX)) return true;
  return false;
}

function read(source: MappingSource, record: GenAIRecord, consume: (key: string) => void): void {
  const { attributes } = source;
  readFlattened(attributes, record, consume);
  readLaterOpenLLMetry(source, record, consume);
  readOpenLLMetryUsage(source, record, consume);
  readOpenLLMetryOperation(attributes, record, consume);
  readOpenLLMetryRetrieval(source, record, consume);
  readTemplateVariables(attributes, record, consume);
  readContextProperties(attributes, [PROPERTIES], record, consume);
}

function write(record: GenAIRecord, target: MappingTarget): void {
  writeOpenLLMetryOperation(record, target);
  writeFlattened(record, target);
  writeOpenLLMetryUsage(record, target);
  writeOpenLLMetryRetrieval(record, target);
  writeTemplateVariables(record, target);
  writeContextProperties(record, target, PROPERTIES, NAMES);
}

function isReadElsewhere(fact: string): boolean {
  return fact.startsWith('gen_ai.usage.') || fact === 'gen_ai.operation.name' || fact === 'gen_ai.provider.name';
}

function providerOf(value: unknown): string | undefined {
  return typeof value === 'string' ? toProviderName(value) : undefined;
}

/** Operations of its own: a guardrail, each guard of it, and images. */
const OPERATIONS: ReadonlyMap<unknown, string> = new Map([
  ['guardrail.run', 'guardrail'],
  ['guard', 'guardrail'],
  ['image_generation', 'generate_content'],
  ['image_edit', 'generate_content'],
  ['image_variation', 'generate_content'],
]);

function operationOf(value: unknown): string | undefined {
  return OPERATIONS.get(value) ?? (typeof value === 'string' ? value : undefined);
}

function reasonsOf(value: unknown): readonly string[] | undefined {
  return typeof value === 'string' ? [toFinishReason(value)] : undefined;
}

function versionOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
