import type { InputMessage } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields, jsonOf } from './json.js';
import { writeOpenAIChoices } from './openai-choices.js';
import { hasOnly } from './openai-content.js';
import { writeOpenAIMessages } from './openai-messages.js';

const INPUT = 'braintrust.input_json';
const OUTPUT = 'braintrust.output_json';

/**
 * Writes what the span was given and answered into the two fields for it; what has no place in them is left to the metadata.
 *
 * @param type - the kind of the span in Braintrust
 */
export function writeContents(
  record: GenAIRecord,
  target: MappingTarget,
  operation: string | undefined,
  type: string,
): void {
  switch (operation ?? '') {
    case 'execute_tool': {
      const call = record.get('gen_ai.tool.call.arguments');
      const result = record.get('gen_ai.tool.call.result');
      if (call !== undefined) target.write(INPUT, jsonOf(call), 'gen_ai.tool.call.arguments');
      if (result !== undefined) target.write(OUTPUT, jsonOf(result), 'gen_ai.tool.call.result');
      return;
    }
    case 'embeddings': {
      const texts = record.get('embeddings.input');
      if (texts !== undefined) target.write(INPUT, jsonOf(texts), 'embeddings.input');
      return;
    }
    case 'retrieval':
    case 'rerank': {
      const query = record.get('gen_ai.retrieval.query.text');
      const documents = record.get('gen_ai.retrieval.documents');
      if (query !== undefined) target.write(INPUT, jsonOf(query), 'gen_ai.retrieval.query.text');
      if (documents !== undefined && operation === 'retrieval') {
        target.write(OUTPUT, jsonOf(documents), 'gen_ai.retrieval.documents');
      }
      return;
    }
  }
  const isModelCall = type === 'llm';
  writeInput(record, target, isModelCall);
  writeOutput(record, target, isModelCall);
}

/** @param isModelCall - Braintrust can run those again, for which it wants a list; of others a mere text is told as one */
function writeInput(record: GenAIRecord, target: MappingTarget, isModelCall: boolean): void {
  const instructions = record.get('gen_ai.system_instructions');
  const messages = record.get('gen_ai.input.messages');
  if (messages === undefined && instructions === undefined) return;
  const all: InputMessage[] = [];
  if (instructions !== undefined) {
    all.push({ role: 'system', parts: instructions });
    target.carry('gen_ai.system_instructions');
    target.lose('gen_ai.system_instructions', 'they become the first of the messages');
  }
  if (messages !== undefined) all.push(...messages);
  const text = isModelCall ? undefined : onlyText(all, 'user');
  const written = text ?? writeOpenAIMessages(all, (reason) => target.lose('gen_ai.input.messages', reason));
  target.write(INPUT, jsonOf(written), messages === undefined ? 'gen_ai.system_instructions' : 'gen_ai.input.messages');
}

function writeOutput(record: GenAIRecord, target: MappingTarget, isModelCall: boolean): void {
  const messages = record.get('gen_ai.output.messages');
  if (messages === undefined || messages.length === 0) return;
  const reasons = record.get('gen_ai.response.finish_reasons');
  const lose = (reason: string): void => target.lose('gen_ai.output.messages', reason);
  const text = isModelCall || reasons !== undefined ? undefined : onlyText(messages, 'assistant');
  target.write(OUTPUT, jsonOf(text ?? writeOpenAIChoices(messages, lose, reasons)), 'gen_ai.output.messages');
  if (reasons?.length === messages.length) target.carry('gen_ai.response.finish_reasons');
}

/** The text of a message that is all there is and says nothing else. */
function onlyText(messages: readonly InputMessage[], role: string): string | undefined {
  const [message] = messages as readonly unknown[];
  if (messages.length !== 1 || !isFields(message) || message['role'] !== role || !hasOnly(message, MESSAGE)) return;
  const { parts } = message;
  const part: unknown = Array.isArray(parts) && parts.length === 1 ? parts[0] : undefined;
  if (!isFields(part) || part['type'] !== 'text' || !hasOnly(part, TEXT)) return;
  return typeof part['content'] === 'string' ? part['content'] : undefined;
}

const MESSAGE: ReadonlySet<string> = new Set(['role', 'parts']);
const TEXT: ReadonlySet<string> = new Set(['type', 'content']);
