import type { InputMessage } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import type { BraintrustField } from './braintrust-fields.js';
import { isFields, jsonOf } from './json.js';
import { readOpenAIChoices, readOpenAIFinishReasons } from './openai-choices.js';
import { readOpenAIMessages } from './openai-messages.js';

const NO_MESSAGES = 'what is no list of messages becomes the text of one';
const NO_PLACE = 'other dialects have a place for messages only';
/** Operations of models and of what works like one: whatever they are given is a message. */
const CONVERSING: ReadonlySet<string | undefined> = new Set([
  'chat',
  'generate_content',
  'text_completion',
  'fetch_response',
  'invoke_agent',
  'invoke_workflow',
]);

/** Reads what a span was given, by its operation. */
export function readInput(
  { value, sources }: BraintrustField,
  operation: string | undefined,
  record: GenAIRecord,
): void {
  switch (operation ?? '') {
    case 'execute_tool':
      record.set('gen_ai.tool.call.arguments', value, ...sources);
      return;
    case 'embeddings':
      if (isTexts(value)) record.set('embeddings.input', value, ...sources);
      else if (typeof value === 'string') record.set('embeddings.input', [value], ...sources);
      else sources.forEach((source) => record.lose(source, 'what to embed is no text'));
      return;
    case 'retrieval':
    case 'rerank':
      if (typeof value !== 'string') break;
      record.set('gen_ai.retrieval.query.text', value, ...sources);
      return;
  }
  const lose = (reason: string): void => sources.forEach((source) => record.lose(source, reason));
  const messages = readOpenAIMessages(value, lose);
  if (messages !== undefined) record.set('gen_ai.input.messages', messages, ...sources);
  else if (value === null) return;
  else if (!CONVERSING.has(operation)) lose(NO_PLACE);
  else {
    record.set('gen_ai.input.messages', [textMessage('user', value)], ...sources);
    lose(NO_MESSAGES);
  }
}

/**
 * Reads what a span answered, by its operation.
 *
 * @param status - of a response, where it is known: it tells why that ended
 */
export function readOutput(
  { value, sources }: BraintrustField,
  operation: string | undefined,
  status: unknown,
  record: GenAIRecord,
): void {
  const lose = (reason: string): void => sources.forEach((source) => record.lose(source, reason));
  switch (operation ?? '') {
    case 'execute_tool':
      record.set('gen_ai.tool.call.result', value, ...sources);
      return;
    case 'embeddings': {
      const length = isFields(value) ? value['embedding_length'] : undefined;
      if (typeof length === 'number') record.set('gen_ai.embeddings.dimension.count', length, ...sources);
      else lose('other dialects have no place for an embedding');
      return;
    }
    case 'retrieval':
      if (!Array.isArray(value) || !value.every(isFields)) break;
      record.set('gen_ai.retrieval.documents', value, ...sources);
      return;
  }
  const messages = readOpenAIChoices(value, lose);
  if (messages !== undefined) {
    record.set('gen_ai.output.messages', messages, ...sources);
    const reasons = readOpenAIFinishReasons(typeof status === 'string' ? { status, output: value } : value);
    if (reasons !== undefined) record.set('gen_ai.response.finish_reasons', reasons, ...sources);
  } else if (value === null) return;
  else if (!CONVERSING.has(operation)) lose(NO_PLACE);
  else {
    record.set('gen_ai.output.messages', [textMessage('assistant', value)], ...sources);
    lose(NO_MESSAGES);
  }
}

function textMessage(role: string, value: unknown): InputMessage {
  return { role, parts: [{ type: 'text', content: typeof value === 'string' ? value : jsonOf(value) }] };
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}
