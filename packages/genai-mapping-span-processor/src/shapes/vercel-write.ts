import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { writeContextProperties } from './context-properties.js';
import type { ContextNames } from './context-properties.js';
import { jsonOf } from './json.js';
import { writeVercelEmbeddings, writeVercelRanking } from './vercel-embeddings.js';
import { toVercelOperationId, vercelOperationOf } from './vercel-operation.js';
import { writeVercelPrompt } from './vercel-prompt.js';
import { readVercelProvider, writeVercelProvider } from './vercel-provider.js';
import { isOneText, writeVercelResponse } from './vercel-response.js';
import { toMillis } from './vercel-times.js';
import { writeVercelTools } from './vercel-tools.js';
import { writeVercelUsage } from './vercel-usage.js';

/** Where version 7 has what goes along with a call. */
const CONTEXT = 'ai.settings.context.';
const NAMES: ContextNames = {
  'session.id': 'sessionId',
  'user.id': 'userId',
  'gen_ai.conversation.id': 'conversationId',
  'genspan.tags': 'tags',
};

/** Writes what is more than one attribute for one fact, as version 7 has it. */
export function writeVercel(record: GenAIRecord, target: MappingTarget): void {
  const operation = record.get('gen_ai.operation.name');
  const isObject = record.get('gen_ai.output.type') === 'json' && isOneText(record.get('gen_ai.output.messages'));
  const id = writeOperation(record, target, operation, isObject);
  writeProvider(record, target, operation);
  writeVercelPrompt(record, target, operation === 'invoke_agent');
  writeVercelResponse(record, target, id !== undefined && vercelOperationOf(id)?.outputType === 'json');
  writeVercelTools(record, target);
  writeVercelUsage(record, target, operation === 'embeddings');
  writeVercelEmbeddings(record, target);
  if (operation === 'rerank') writeVercelRanking(record, target);
  const firstChunk = record.get('gen_ai.response.time_to_first_chunk');
  if (firstChunk !== undefined) {
    target.write('ai.response.msToFirstChunk', toMillis(firstChunk), 'gen_ai.response.time_to_first_chunk');
  }
  const input = record.get('gen_ai.tool.call.arguments');
  if (input !== undefined) target.write('ai.toolCall.args', jsonOf(input), 'gen_ai.tool.call.arguments');
  const result = record.get('gen_ai.tool.call.result');
  if (result !== undefined) target.write('ai.toolCall.result', jsonOf(result), 'gen_ai.tool.call.result');
  writeContextProperties(record, target, CONTEXT, NAMES);
}

function writeOperation(
  record: GenAIRecord,
  target: MappingTarget,
  operation: string | undefined,
  isObject: boolean,
): string | undefined {
  const stream = record.get('gen_ai.request.stream');
  const outputType = record.get('gen_ai.output.type');
  const inputs = record.get('embeddings.input')?.length ?? 0;
  const id = toVercelOperationId({ operation, stream: stream === true, isObject, outputType, inputs });
  if (id === undefined) return undefined;
  const functionId = record.get('gen_ai.agent.name');
  target.write('ai.operationId', id, 'gen_ai.operation.name');
  target.write('operation.name', functionId === undefined ? id : `${id} ${functionId}`);
  if (functionId !== undefined) target.write('resource.name', functionId);
  const told = vercelOperationOf(id);
  if (told?.stream === stream && stream === true) target.carry('gen_ai.request.stream');
  if (told?.outputType === outputType) target.carry('gen_ai.output.type');
  const isTold =
    told?.operation === operation || (operation === 'text_completion' && record.has('gen_ai.provider.name'));
  if (!isTold) target.lose('gen_ai.operation.name', 'it is one of its models’ calls here');
  return id;
}

function writeProvider(record: GenAIRecord, target: MappingTarget, operation: string | undefined): void {
  const name = record.get('gen_ai.provider.name');
  if (name === undefined) return;
  const apiType = record.get('openai.api.type');
  const word = writeVercelProvider(name, apiType, operation);
  target.write('ai.model.provider', word, 'gen_ai.provider.name');
  const told = readVercelProvider(word);
  if (told.name !== name) target.lose('gen_ai.provider.name', 'it would be taken for another provider');
  if (told.apiType !== undefined && told.apiType === apiType) target.carry('openai.api.type');
}
