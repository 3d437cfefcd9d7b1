import type { InputMessage } from '@genspan/semconv';
import type { FactReader } from './fact-reader.js';
import { entriesOf, nestAttributes } from './indexed-attributes.js';
import { isFields, parseJson, structureOf } from './json.js';
import { readOpenAIChoices } from './openai-choices.js';
import { readOpenAIMessages } from './openai-messages.js';
import { toText } from './openinference-contents.js';
import { readDocuments } from './openinference-documents.js';
import { readMessages } from './openinference-read-messages.js';
import { messagesOfValue, readValue, soleTextOf, withoutReason } from './openinference-values.js';
import { toOutputMessages } from './output-messages.js';

type Consume = (key: string) => void;

/**
 * Reads what went in and out of a span, which is in other places for each kind of span.
 *
 * @returns whether it holds prompts of the older completions
 */
export function readContentsOfKind(reader: FactReader, kind: string): boolean {
  const { attributes, record } = reader;
  reader.found('gen_ai.input.messages', (found) => readMessages(attributes, 'llm.input_messages.', 'user', found));
  reader.found('gen_ai.output.messages', (found) => {
    const messages = readMessages(attributes, 'llm.output_messages.', 'assistant', found);
    return messages === undefined ? undefined : toOutputMessages(record, messages, kind === 'LLM');
  });
  const hasPrompts = readPrompts(reader);
  reader.found('gen_ai.retrieval.documents', (found) => readDocuments(attributes, 'retrieval.documents.', found));
  switch (kind) {
    case 'TOOL':
      readTool(reader);
      break;
    case 'RETRIEVER':
      reader.found('gen_ai.retrieval.query.text', (found) => readText(reader, found));
      passValues(reader);
      break;
    case 'RERANKER':
      readReranker(reader);
      break;
    case 'EMBEDDING':
      readEmbedding(reader);
      break;
    default:
      readFunctionCall(reader);
      readValues(reader, kind === 'LLM');
  }
  return hasPrompts;
}

/** Reads the texts of the older completions: `llm.prompts.0.prompt.text`, or a list of texts. */
function readPrompts(reader: FactReader): boolean {
  reader.found('gen_ai.output.messages', (found) => {
    const choices = readTexts(reader, 'llm.choices', 'completion', 'assistant', found);
    return choices === undefined ? undefined : toOutputMessages(reader.record, choices, false);
  });
  return reader.found('gen_ai.input.messages', (found) => readTexts(reader, 'llm.prompts', 'prompt', 'user', found));
}

function readTexts(
  { attributes }: FactReader,
  key: string,
  name: string,
  role: string,
  found: Consume,
): InputMessage[] | undefined {
  const whole = attributes[key];
  if (whole !== undefined && whole !== null) found(key);
  const list = typeof whole === 'string' ? (parseJson(whole) ?? [whole]) : whole;
  const messages: InputMessage[] = [];
  for (const entry of [...entriesOf(list), ...entriesOf(nestAttributes(attributes, `${key}.`, found))]) {
    const slot = isFields(entry) ? (entry[name] ?? entry[`${name}.text`]) : entry;
    const text = isFields(slot) ? slot['text'] : slot;
    if (text !== undefined) messages.push({ role, parts: [{ type: 'text', content: toText(text) }] });
  }
  return messages.length > 0 ? messages : undefined;
}

/** What went in and out of the span as a whole; beside messages it is the same in another form. */
function readValues(reader: FactReader, isModelCall: boolean): void {
  const { attributes, record } = reader;
  passValues(reader);
  const beside = (key: string) => (reason: string) => record.lose(key, reason);
  if (!record.has('gen_ai.input.messages')) {
    reader.found('gen_ai.input.messages', (found) =>
      messagesOfValue(attributes, 'input', 'user', found, (request) =>
        isModelCall ? readOpenAIMessages(request, beside('input.value')) : undefined,
      ),
    );
  }
  if (record.has('gen_ai.output.messages')) return;
  reader.found('gen_ai.output.messages', (found) => {
    const messages = messagesOfValue(attributes, 'output', 'assistant', found, (response) =>
      isModelCall ? readOpenAIChoices(response, beside('output.value')) : undefined,
    );
    return messages === undefined ? undefined : toOutputMessages(record, messages, false);
  });
}

/**
 * Passes over values that say no more than what is known: the same messages, documents, a text. The request or response as it
 * was sent says more.
 */
function passValues({ attributes, record, consume }: FactReader): void {
  for (const side of ['input', 'output'] as const) {
    const isInput = side === 'input';
    const messages = record.get(isInput ? 'gen_ai.input.messages' : 'gen_ai.output.messages');
    const documents = record.has(isInput ? 'rerank.documents' : 'gen_ai.retrieval.documents');
    const value = readValue(attributes, side, () => undefined);
    if (value === undefined || (messages === undefined && !documents)) continue;
    const text =
      messages === undefined ? undefined : soleTextOf(messages.map(withoutReason), isInput ? 'user' : 'assistant');
    const isSame =
      value === text ||
      (Array.isArray(value) && value.every((item) => isFields(item) && ('parts' in item || documents)));
    if (!isSame)
      record.lose(`${side}.value`, 'what it says beyond messages or documents has no counterpart in other dialects');
    readValue(attributes, side, consume);
  }
}

function readTool(reader: FactReader): void {
  const { attributes } = reader;
  reader.found('gen_ai.tool.call.arguments', (found) => readValue(attributes, 'input', found));
  reader.found('gen_ai.tool.call.result', (found) => readValue(attributes, 'output', found));
  reader.fact('gen_ai.tool.call.arguments', 'tool.parameters', (value) => {
    const parameters = structureOf(value) ?? value;
    // The definition by the book, the arguments by habit.
    const isSchema = isFields(parameters) && parameters['type'] === 'object' && isFields(parameters['properties']);
    return isSchema ? undefined : parameters;
  });
}

function readReranker(reader: FactReader): void {
  const { attributes, record } = reader;
  reader.fact('gen_ai.retrieval.query.text', 'reranker.query', toText);
  reader.fact('gen_ai.retrieval.top_k', 'reranker.top_k', (value) =>
    typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : undefined,
  );
  reader.found('rerank.documents', (found) => readDocuments(attributes, 'reranker.input_documents.', found));
  reader.found('gen_ai.retrieval.documents', (found) => readDocuments(attributes, 'reranker.output_documents.', found));
  if (record.has('gen_ai.retrieval.query.text')) passValues(reader);
  else reader.found('gen_ai.retrieval.query.text', (found) => readText(reader, found));
}

function readEmbedding(reader: FactReader): void {
  const { attributes, record, consume } = reader;
  reader.found('embeddings.input', (found) => {
    const isText = (key: string): boolean => key.endsWith('.embedding.text');
    const nested = nestAttributes(attributes, 'embedding.embeddings.', found, isText);
    const texts: string[] = [];
    for (const entry of entriesOf(nested)) {
      const embedding = isFields(entry) ? entry['embedding'] : undefined;
      if (isFields(embedding) && embedding['text'] !== undefined) texts.push(toText(embedding['text']));
    }
    return texts.length > 0 ? texts : undefined;
  });
  const isVector = (key: string): boolean => key.endsWith('.embedding.vector');
  if (nestAttributes(attributes, 'embedding.embeddings.', consume, isVector) !== undefined) {
    record.lose('embedding.embeddings', 'vectors are not carried over');
  }
  if (record.has('embeddings.input')) readValue(attributes, 'input', consume);
  else {
    reader.found('embeddings.input', (found) => {
      const value = readValue(attributes, 'input', found);
      if (Array.isArray(value)) return value.map(toText);
      return value === undefined ? undefined : [toText(attributes['input.value'])];
    });
  }
}

/** The older way to say that the model calls a function. */
function readFunctionCall(reader: FactReader): void {
  if (reader.record.has('gen_ai.output.messages')) return;
  reader.fact('gen_ai.output.messages', 'llm.function_call', (value) => {
    const call = structureOf(value);
    const name = isFields(call) ? (call['name'] ?? call['function_name']) : undefined;
    if (!isFields(call) || typeof name !== 'string' || name === '') return undefined;
    const said = call['arguments'] ?? call['args'];
    const part = { type: 'tool_call', name, ...(said === undefined ? {} : { arguments: structureOf(said) ?? said }) };
    return toOutputMessages(reader.record, [{ role: 'assistant', parts: [part] }], false);
  });
}

function readText({ attributes }: FactReader, found: Consume): string | undefined {
  return readValue(attributes, 'input', found) === undefined ? undefined : toText(attributes['input.value']);
}
