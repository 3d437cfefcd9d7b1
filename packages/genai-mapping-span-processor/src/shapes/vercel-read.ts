import type { MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import { readContextProperties } from './context-properties.js';
import { parsedOr } from './parsed-or.js';
import { readVercelEmbeddings, readVercelRanking } from './vercel-embeddings.js';
import { isLaterVercel, readLaterVercel } from './vercel-later.js';
import { vercelOperationOf } from './vercel-operation.js';
import type { VercelOperation } from './vercel-operation.js';
import { readVercelPrompt } from './vercel-prompt.js';
import { readVercelProvider } from './vercel-provider.js';
import { readVercelResponse } from './vercel-response.js';
import { readVercelTimes } from './vercel-times.js';
import { readVercelTools } from './vercel-tools.js';
import { readVercelUsage } from './vercel-usage.js';

type Consume = (key: string) => void;

const OPERATION_ID = 'ai.operationId';
const PROVIDER = 'ai.model.provider';

/** Reads what a span of the Vercel AI SDK says that is more than one attribute for one fact. */
export function readVercel(source: MappingSource, record: GenAIRecord, consume: Consume): void {
  const { attributes } = source;
  const operation = operationOf(source, record, consume);
  readProvider(attributes[PROVIDER], record, consume);
  const isLater = isLaterVercel(source);
  if (isLater) readLaterVercel(source, record, consume);
  readVercelPrompt(attributes, record, consume);
  readVercelResponse(attributes, record, consume);
  readVercelTools(attributes, record, consume);
  const repeatsUsage = isLater ? record.get('gen_ai.operation.name') === 'task' : operation?.repeatsUsage === true;
  if (repeatsUsage) loseUsage(source, record, consume);
  else readVercelUsage(attributes, record, consume);
  readVercelTimes(source, record, consume);
  readVercelEmbeddings(attributes, record, consume);
  readVercelRanking(attributes, record, consume);
  readToolCall(source, record, consume);
  readContextProperties(attributes, ['ai.telemetry.metadata.', 'ai.settings.context.'], record, consume);
}

function operationOf(source: MappingSource, record: GenAIRecord, consume: Consume): VercelOperation | undefined {
  const { attributes } = source;
  const name = attributes['operation.name'];
  const id = attributes[OPERATION_ID] ?? (typeof name === 'string' ? name.split(' ', 1)[0] : undefined);
  const operation = typeof id === 'string' ? vercelOperationOf(id) : undefined;
  if (operation === undefined) return undefined;
  consume(OPERATION_ID);
  const provider = attributes[PROVIDER];
  const isCompletion = typeof provider === 'string' && readVercelProvider(provider).isCompletion;
  const word = operation.operation === 'chat' && isCompletion ? 'text_completion' : operation.operation;
  record.set('gen_ai.operation.name', word, OPERATION_ID);
  if (operation.stream === true) record.set('gen_ai.request.stream', true, OPERATION_ID);
  if (operation.outputType !== undefined) record.set('gen_ai.output.type', operation.outputType, OPERATION_ID);
  return operation;
}

function readProvider(value: unknown, record: GenAIRecord, consume: Consume): void {
  if (value === undefined) return;
  consume(PROVIDER);
  if (typeof value !== 'string') {
    record.lose(PROVIDER, 'it is no text');
    return;
  }
  const { name, apiType } = readVercelProvider(value);
  record.set('gen_ai.provider.name', name, PROVIDER);
  if (apiType !== undefined) record.set('openai.api.type', apiType, PROVIDER);
}

/** The span inside says the same, and a backend that adds up would count it twice. */
function loseUsage({ attributes }: MappingSource, record: GenAIRecord, consume: Consume): void {
  for (const key of Object.keys(attributes)) {
    if (!key.startsWith('ai.usage.')) continue;
    consume(key);
    record.lose(key, 'the span of the model call inside says it');
  }
}

function readToolCall({ attributes }: MappingSource, record: GenAIRecord, consume: Consume): void {
  const { 'ai.toolCall.args': input, 'ai.toolCall.result': result, 'ai.request.text': text } = attributes;
  if (input !== undefined) {
    consume('ai.toolCall.args');
    record.set('gen_ai.tool.call.arguments', parsedOr(input), 'ai.toolCall.args');
  }
  if (result !== undefined) {
    consume('ai.toolCall.result');
    record.set('gen_ai.tool.call.result', parsedOr(result), 'ai.toolCall.result');
  }
  // What is to be spoken.
  if (typeof text !== 'string') return;
  consume('ai.request.text');
  record.set('gen_ai.input.messages', [{ role: 'user', parts: [{ type: 'text', content: text }] }], 'ai.request.text');
}
