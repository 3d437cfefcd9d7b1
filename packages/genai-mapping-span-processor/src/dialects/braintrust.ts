import type { Dialect, MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isTexts, readInput, readOutput } from '../shapes/braintrust-read-contents.js';
import { writeContents } from '../shapes/braintrust-write-contents.js';
import { readContentField, readMembers, readTexts } from '../shapes/braintrust-fields.js';
import { readMetadata, writeMetadata } from '../shapes/braintrust-metadata.js';
import { readMetrics, writeMetrics } from '../shapes/braintrust-metrics.js';
import { readScores, writeScores } from '../shapes/braintrust-scores.js';
import { isFields, jsonOf } from '../shapes/json.js';

/** Kinds of spans in Braintrust that stand for an operation, and the operation that each is read as. */
const OPERATIONS: ReadonlyMap<unknown, string> = new Map([
  ['llm', 'chat'],
  ['tool', 'execute_tool'],
  ['task', 'task'],
  ['score', 'evaluate'],
]);

/** The kind of each operation; any other is a `function`. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['chat', 'llm'],
  ['generate_content', 'llm'],
  ['text_completion', 'llm'],
  ['embeddings', 'llm'],
  ['fetch_response', 'llm'],
  ['execute_tool', 'tool'],
  ['create_agent', 'task'],
  ['invoke_agent', 'task'],
  ['invoke_workflow', 'task'],
  ['plan', 'task'],
  ['task', 'task'],
  ['evaluate', 'score'],
]);

const PREFIX = 'braintrust.';
/** Where a span belongs in Braintrust, and what is there for its SDKs: nothing about the operation, and never touched. */
const ROUTING: ReadonlySet<string> = new Set([
  'braintrust.parent',
  'braintrust.org',
  'braintrust.app_url',
  'braintrust.context_json',
]);

/**
 * Braintrust: the fields of its spans as attributes, most of them JSON.
 *
 * @see Braintrust's documentation, "OpenTelemetry attributes and events"; what its SDKs for OpenTelemetry write
 */
export const braintrust: Dialect = {
  name: 'braintrust',
  prefixes: [
    'braintrust.input',
    'braintrust.output',
    'braintrust.expected',
    'braintrust.scores',
    'braintrust.metadata',
    'braintrust.metrics',
    'braintrust.tags',
    'braintrust.span_attributes',
    'gen_ai.prompt_json',
    'gen_ai.completion_json',
  ],
  detect: ({ attributes }) => {
    for (const key in attributes) if (key.startsWith(PREFIX) && !ROUTING.has(key)) return true;
    return false;
  },
  scalars: [{ key: 'braintrust.tags', fact: 'genspan.tags', read: readTexts }],
  read: readBraintrust,
  write: writeBraintrust,
};

function readBraintrust({ attributes }: MappingSource, record: GenAIRecord, consume: (key: string) => void): void {
  const input = readContentField(attributes, 'braintrust.input', 'gen_ai.prompt_json');
  const output = readContentField(attributes, 'braintrust.output', 'gen_ai.completion_json');
  const metadata = readMembers(attributes, 'braintrust.metadata');
  const metrics = readMembers(attributes, 'braintrust.metrics');
  const scores = readMembers(attributes, 'braintrust.scores');
  const about = readMembers(attributes, 'braintrust.span_attributes');
  for (const field of [input, output, metadata, metrics, scores, about]) field?.sources.forEach(consume);

  const type = about?.value['type'];
  const isModelCall = type === 'llm' || (type === undefined && typeof metadata?.value['model'] === 'string');
  if (metadata !== undefined) readMetadata(metadata.value, record, isModelCall, metadata.sources);
  const read = isModelCall ? callOperation(input?.value, output?.value) : OPERATIONS.get(type);
  const operation = record.get('gen_ai.operation.name') ?? read;
  const sources = (type === undefined ? metadata : about)?.sources ?? [];
  if (operation !== undefined && read !== undefined) record.set('gen_ai.operation.name', operation, ...sources);
  if (about !== undefined) {
    const isOther = operation === undefined && type !== undefined && type !== 'function';
    if (isOther || Object.keys(about.value).some((key) => !ABOUT.has(key))) {
      about.sources.forEach((source) => record.lose(source, 'some of it says what only braintrust knows'));
    }
  }
  if (metrics !== undefined) readMetrics(metrics.value, record, metrics.sources);
  if (scores !== undefined) readScores(scores.value, record, scores.sources);
  if (input !== undefined) readInput(input, operation, record);
  if (output !== undefined) readOutput(output, operation, metadata?.value['status'], record);
  if (operation === 'execute_tool' && typeof about?.value['name'] === 'string') {
    record.set('gen_ai.tool.name', about.value['name'], ...about.sources);
  }
}

/** The span's own name is in its place; the counter orders what Braintrust shows. */
const ABOUT: ReadonlySet<string> = new Set(['type', 'name', 'exec_counter']);

/** Calls for embeddings are of the same kind as others: they have texts in a list, or tell how long an embedding is. */
function callOperation(input: unknown, output: unknown): string {
  const isEmbedding = isFields(output) && ('embedding_length' in output || 'embeddings_length' in output);
  return isEmbedding || (output === undefined && isTexts(input)) ? 'embeddings' : 'chat';
}

function writeBraintrust(record: GenAIRecord, target: MappingTarget): void {
  const operation = record.get('gen_ai.operation.name');
  const type = operation === undefined ? inferType(record) : (TYPES.get(operation) ?? 'function');
  if (type === undefined) return;
  // What the kind does not tell is among the metadata.
  const isTold = operation !== undefined && OPERATIONS.get(type) === operation;
  target.write('braintrust.span_attributes', jsonOf({ type }), ...(isTold ? (['gen_ai.operation.name'] as const) : []));
  writeContents(record, target, operation, type);
  writeMetrics(record, target);
  writeScores(record, target);
  writeMetadata(record, target, type === 'llm');
}

/** The kind of a span that says no operation; `undefined` when it says nothing at all. */
function inferType(record: GenAIRecord): string | undefined {
  if (record.has('gen_ai.request.model') || record.has('gen_ai.response.model')) return 'llm';
  if (record.has('gen_ai.tool.call.id') || record.has('gen_ai.tool.call.arguments')) return 'tool';
  if (record.has('evaluations') && !record.has('gen_ai.input.messages')) return 'score';
  for (const name of record.names()) if (name.startsWith('gen_ai.') || name === 'evaluations') return 'task';
  return undefined;
}
