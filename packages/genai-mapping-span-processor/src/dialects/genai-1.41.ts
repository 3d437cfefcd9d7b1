import type { OutputMessage } from '@genspan/semconv';
import type { Dialect, MappingSource, ScalarRow } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { readDetailsEvent } from '../shapes/details-event.js';
import { readEvaluations, writeEvaluations } from '../shapes/evaluation-events.js';
import { UNKNOWN_FINISH_REASON } from '../shapes/genai-messages.js';
import { jsonOf } from '../shapes/json.js';
import { readStructures, STRUCTURED_NAMES, writeStructures } from '../shapes/structured-attributes.js';
import { readTemplates, writeTemplate } from '../shapes/template-attributes.js';
import { CURRENT_ROWS, ONLY_CURRENT } from './genai-names.js';
import { is141 } from './genai-tells.js';

const TOP_K = 'gen_ai.request.top_k';

/** Current names that came after 1.41; `gen_ai.request.top_k` depends on the operation. */
const WITHOUT = new Set<string>([
  ...ONLY_CURRENT,
  'gen_ai.usage.text.cache_read.input_tokens',
  'gen_ai.usage.image.cache_read.input_tokens',
  'gen_ai.usage.audio.cache_read.input_tokens',
  TOP_K,
]);

const ROWS: readonly ScalarRow[] = [
  ...CURRENT_ROWS.filter(({ key }) => !WITHOUT.has(key)),
  { key: 'gen_ai.usage.cache_creation.input_tokens', fact: 'gen_ai.usage.cache_write.input_tokens' },
];

const STRUCTURES = STRUCTURED_NAMES.filter((name) => name !== 'gen_ai.output.messages');

/**
 * GenAI 1.37–1.41: `cache_creation`, one `top_k` for decoding and retrieval, a finish reason in each output message.
 *
 * @see OpenTelemetry semantic-conventions 1.41.1, docs/gen-ai; its renames since: semantic-conventions-genai, migration guide
 */
export const genai141: Dialect = {
  name: 'genai-1.41',
  prefixes: ['gen_ai.', 'openai.'],
  detect: is141,
  scalars: ROWS,
  read: (source, record, consume) => {
    readTopK(source, record, consume);
    // Says what each point of a metric counts; on a span it says nothing.
    if (source.attributes['gen_ai.token.type'] !== undefined) consume('gen_ai.token.type');
    readStructures(source.attributes, record, consume);
    readTemplates(['genspan.metadata'], source, record, consume);
    if (source.events.length === 0) return;
    readDetailsEvent(source, record, consume, ROWS);
    readEvaluations(source, record, consume);
  },
  write: (record, target) => {
    const fact = isRetrieval(record) ? 'gen_ai.retrieval.top_k' : TOP_K;
    const topK = record.get(fact);
    if (topK !== undefined) target.write(TOP_K, topK, fact);
    writeStructures(record, target, STRUCTURES);
    writeOutputMessages(record, target);
    writeTemplate('genspan.metadata', record, target);
    writeEvaluations(record, target);
  },
};

function readTopK({ attributes }: MappingSource, record: GenAIRecord, consume: (key: string) => void): void {
  const topK = attributes[TOP_K];
  if (typeof topK !== 'number' || !Number.isFinite(topK)) return;
  consume(TOP_K);
  record.set(isRetrieval(record) ? 'gen_ai.retrieval.top_k' : TOP_K, Math.round(topK), TOP_K);
}

/** One name stands for both numbers: how many documents, or from how many tokens to choose. */
function isRetrieval(record: GenAIRecord): boolean {
  return record.get('gen_ai.operation.name') === 'retrieval';
}

/** Its schema wants a finish reason in each message. */
function writeOutputMessages(record: GenAIRecord, target: MappingTarget): void {
  const name = 'gen_ai.output.messages';
  const messages = record.get(name);
  if (messages === undefined) return;
  if (messages.every(({ finish_reason: reason }) => typeof reason === 'string')) {
    writeStructures(record, target, [name]);
    return;
  }
  const reasons = record.get('gen_ai.response.finish_reasons') ?? [];
  const finished = messages.map((message, index) => ({
    ...message,
    finish_reason: message.finish_reason ?? reasons[index] ?? UNKNOWN_FINISH_REASON,
  }));
  target.write(name, jsonOf(finished satisfies readonly Omit<OutputMessage, 'finish_reason'>[]), name);
}
