import type { InputMessage } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { FactWriter } from './fact-writer.js';
import { jsonOf } from './json.js';
import { writeDocuments } from './openinference-documents.js';
import { soleTextOf, withoutReason, writeJsonValue, writeTextValue, writeValue } from './openinference-values.js';
import { writeMessages } from './openinference-write-messages.js';

/** Spans whose values are something else than messages. */
const OWN_VALUES: ReadonlySet<string> = new Set(['TOOL', 'RETRIEVER', 'RERANKER', 'EMBEDDING']);

/** Writes what went in and out of a span, which has other places for each kind of span. */
export function writeContentsOfKind(record: GenAIRecord, target: MappingTarget, kind: string): void {
  switch (kind) {
    case 'TOOL':
      writeToolValues(record, target);
      break;
    case 'RETRIEVER':
      writeRetrieval(record, target, 'retrieval.documents.');
      break;
    case 'RERANKER':
      writeReranking(record, target);
      break;
    case 'EMBEDDING':
      writeEmbedding(record, target);
      break;
    default:
  }
  const instructions = record.get('gen_ai.system_instructions');
  const hasInstructions = Array.isArray(instructions) && instructions.length > 0;
  const isOfMessages = !OWN_VALUES.has(kind);
  const isPlain = kind !== 'LLM' && isOfMessages && !hasInstructions;
  if (hasInstructions) {
    const out = new FactWriter(target, 'gen_ai.system_instructions');
    writeMessages(out, 'llm.input_messages.', [{ role: 'system', parts: instructions }], 0);
    out.lose('instructions become the first message, and cannot be told from one that stood there');
  }
  const input = record.get('gen_ai.input.messages');
  if (input !== undefined) writeSide(record, target, 'input', input, isPlain, isOfMessages, hasInstructions ? 1 : 0);
  const output = record.get('gen_ai.output.messages');
  if (output !== undefined) writeSide(record, target, 'output', output, isPlain, isOfMessages, 0);
  if (record.get('gen_ai.operation.name') !== 'text_completion') return;
  writePrompts(target, hasInstructions ? [] : (input ?? []), output ?? []);
}

/**
 * Messages, and the same once more as the value that lists of spans show. Where a span that is no call of a model got or gave
 * no more than a text, that is all.
 */
function writeSide(
  record: GenAIRecord,
  target: MappingTarget,
  side: 'input' | 'output',
  messages: readonly InputMessage[],
  isPlain: boolean,
  hasValue: boolean,
  first: number,
): void {
  const fact = side === 'input' ? 'gen_ai.input.messages' : 'gen_ai.output.messages';
  const out = new FactWriter(target, fact);
  const text = isPlain ? soleTextOf(messages, side === 'input' ? 'user' : 'assistant') : undefined;
  if (text !== undefined) {
    writeTextValue(out, side, text);
    return;
  }
  writeMessages(out, side === 'input' ? 'llm.input_messages.' : 'llm.output_messages.', messages, first);
  if (hasValue) writeJsonValue(out, side, record.json(fact) ?? jsonOf(messages));
}

/** What tells a text completion from a chat. */
function writePrompts(target: MappingTarget, input: readonly InputMessage[], output: readonly InputMessage[]): void {
  const prompts = input.map((message) => soleTextOf([message], 'user'));
  if (prompts.length === 0 || prompts.includes(undefined)) {
    target.lose('gen_ai.operation.name', 'openinference tells a text completion by its prompts, and there are none');
    return;
  }
  prompts.forEach((text, i) => target.write(`llm.prompts.${i}.prompt.text`, text ?? '', 'gen_ai.input.messages'));
  const choices = output.map((message) => soleTextOf([withoutReason(message)], 'assistant'));
  if (choices.includes(undefined)) return;
  choices.forEach((text, i) => target.write(`llm.choices.${i}.completion.text`, text ?? '', 'gen_ai.output.messages'));
}

function writeToolValues(record: GenAIRecord, target: MappingTarget): void {
  const args = record.get('gen_ai.tool.call.arguments');
  if (args !== undefined) {
    const out = new FactWriter(target, 'gen_ai.tool.call.arguments');
    writeValue(out, 'input', args);
    out.write('tool.parameters', typeof args === 'string' ? args : jsonOf(args));
  }
  const result = record.get('gen_ai.tool.call.result');
  if (result !== undefined) writeValue(new FactWriter(target, 'gen_ai.tool.call.result'), 'output', result);
}

function writeRetrieval(record: GenAIRecord, target: MappingTarget, prefix: string): void {
  const query = record.get('gen_ai.retrieval.query.text');
  if (query !== undefined) writeValue(new FactWriter(target, 'gen_ai.retrieval.query.text'), 'input', query);
  const documents = record.get('gen_ai.retrieval.documents');
  if (documents !== undefined) writeDocuments(new FactWriter(target, 'gen_ai.retrieval.documents'), prefix, documents);
}

function writeReranking(record: GenAIRecord, target: MappingTarget): void {
  const query = record.get('gen_ai.retrieval.query.text');
  if (query !== undefined) target.write('reranker.query', query, 'gen_ai.retrieval.query.text');
  const topK = record.get('gen_ai.retrieval.top_k');
  if (topK !== undefined) target.write('reranker.top_k', topK, 'gen_ai.retrieval.top_k');
  const documents = record.get('rerank.documents');
  if (documents !== undefined) {
    writeDocuments(new FactWriter(target, 'rerank.documents'), 'reranker.input_documents.', documents);
  }
  writeRetrieval(record, target, 'reranker.output_documents.');
}

function writeEmbedding(record: GenAIRecord, target: MappingTarget): void {
  const texts = record.get('embeddings.input');
  if (texts === undefined) return;
  const out = new FactWriter(target, 'embeddings.input');
  texts.forEach((text, index) => out.write(`embedding.embeddings.${index}.embedding.text`, text));
  writeValue(out, 'input', texts.length === 1 ? texts[0] : texts);
}
