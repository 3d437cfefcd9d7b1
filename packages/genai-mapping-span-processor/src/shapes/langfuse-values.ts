import type { InputMessage, OutputMessage } from '@genspan/semconv';
import { validateInputMessages } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import type { FactReader } from './fact-reader.js';
import { FactWriter } from './fact-writer.js';
import { isFields, jsonOf, structureOf } from './json.js';
import { FINISH_REASONS_KEY } from './langfuse-metadata.js';
import { readOpenAIChoices, readOpenAIFinishReasons, writeOpenAIChoices } from './openai-choices.js';
import { readOpenAIMessages, writeOpenAIMessages } from './openai-messages.js';
import { readOpenAITools, writeOpenAITools } from './openai-tools.js';
import { toOutputMessages } from './output-messages.js';

const INPUT = 'langfuse.observation.input';
const OUTPUT = 'langfuse.observation.output';

type Problems = (reason: string) => void;

/** Writes what went in and out of an observation. Messages are in the shape of OpenAI's chat, which Langfuse shows best. */
export function writeValues(record: GenAIRecord, target: MappingTarget, type: string): void {
  switch (type) {
    case 'tool':
      writeText(record, target, INPUT, 'gen_ai.tool.call.arguments');
      writeText(record, target, OUTPUT, 'gen_ai.tool.call.result');
      break;
    case 'retriever':
      writeText(record, target, INPUT, 'gen_ai.retrieval.query.text');
      writeText(record, target, OUTPUT, 'gen_ai.retrieval.documents');
      break;
    case 'embedding':
      writeText(record, target, INPUT, 'embeddings.input');
      break;
    default:
      writeInput(record, target);
      writeOutput(record, target);
  }
}

/** Reads what went in and out of an observation. */
export function readValues(reader: FactReader, type: string): void {
  const input = keyOf(reader, INPUT, 'langfuse.trace.input');
  const output = keyOf(reader, OUTPUT, 'langfuse.trace.output');
  switch (type) {
    case 'tool':
      reader.fact('gen_ai.tool.call.arguments', input, structureOrText);
      reader.fact('gen_ai.tool.call.result', output, structureOrText);
      return;
    case 'retriever':
      reader.fact('gen_ai.retrieval.query.text', input, textOf);
      reader.fact('gen_ai.retrieval.documents', output, (value) => {
        const documents = structureOf(value);
        return Array.isArray(documents) && documents.every(isFields) ? documents : undefined;
      });
      if (reader.record.has('gen_ai.retrieval.documents')) return;
      break;
    case 'embedding':
      reader.fact('embeddings.input', input, (value) => {
        const texts = structureOf(value);
        return Array.isArray(texts) ? texts.map(textOf) : [textOf(value)];
      });
      return;
    default:
      readInput(reader, input, type === 'generation');
  }
  readOutput(reader, output);
}

function writeText(
  record: GenAIRecord,
  target: MappingTarget,
  key: string,
  fact:
    | 'gen_ai.tool.call.arguments'
    | 'gen_ai.tool.call.result'
    | 'gen_ai.retrieval.query.text'
    | 'gen_ai.retrieval.documents'
    | 'embeddings.input',
): void {
  const value = record.get(fact);
  const said =
    fact === 'embeddings.input' && Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  if (said !== undefined) target.write(key, textOf(said), fact);
}

function writeInput(record: GenAIRecord, target: MappingTarget): void {
  const instructions = record.get('gen_ai.system_instructions');
  const input = record.get('gen_ai.input.messages');
  const tools = record.get('gen_ai.tool.definitions');
  const system: InputMessage[] = [];
  if (instructions !== undefined && instructions.length > 0) {
    system.push({ role: 'system', parts: instructions });
    target.lose(
      'gen_ai.system_instructions',
      'instructions become the first message, and cannot be told from one that stood there',
    );
  }
  if (input === undefined && system.length === 0 && tools === undefined) return;
  const out = new FactWriter(target, 'gen_ai.input.messages');
  const sole = tools === undefined && system.length === 0 ? soleText(input ?? [], 'user') : undefined;
  const messages = writeOpenAIMessages([...system, ...(input ?? [])], (reason) => out.lose(reason));
  const value = tools === undefined ? messages : { messages, tools: writeOpenAITools(tools) };
  target.write(INPUT, sole ?? jsonOf(value));
  target.carry('gen_ai.input.messages', 'gen_ai.system_instructions', 'gen_ai.tool.definitions');
}

function writeOutput(record: GenAIRecord, target: MappingTarget): void {
  const output = record.get('gen_ai.output.messages');
  if (output === undefined) return;
  const out = new FactWriter(target, 'gen_ai.output.messages');
  const choices = writeOpenAIChoices(output, (reason) => out.lose(reason));
  const messages = choices.map((choice) => (isFields(choice) ? choice['message'] : choice));
  out.write(OUTPUT, jsonOf(messages.length === 1 ? messages[0] : messages));
  if (record.has('gen_ai.response.finish_reasons')) return;
  // Where only the messages say why they ended, which stand without it.
  const said = output.map((message) => message.finish_reason ?? undefined);
  const known = said.filter((reason) => reason !== undefined);
  if (known.length > 0 && known.length === said.length) out.write(FINISH_REASONS_KEY, known);
  else if (known.length > 0) out.lose('why some of the choices ended has no place where others do not say it');
}

/** The text of a message that is no more; what a person typed stays readable. */
function soleText(messages: readonly InputMessage[], role: string): string | undefined {
  const [message, ...others] = messages;
  if (others.length > 0 || message?.role !== role || typeof message.name === 'string' || message.parts.length !== 1)
    return;
  const [part] = message.parts;
  if (!isFields(part) || part['type'] !== 'text' || Object.keys(part).length !== 2) return undefined;
  const { content } = part;
  // A text that is JSON would not be read as a text.
  return typeof content === 'string' && structureOf(content) === undefined ? content : undefined;
}

function readInput(reader: FactReader, key: string, isModelCall: boolean): void {
  const { record } = reader;
  const problems: Problems = (reason) => record.lose(key, reason);
  const value = structureOrText(reader.attributes[key]);
  if (isFields(value) && Array.isArray(value['messages'])) {
    const tools = readOpenAITools(value['tools'] ?? value['functions'], problems);
    if (tools !== undefined) record.set('gen_ai.tool.definitions', tools, key);
    const others = Object.keys(value).filter((name) => name !== 'messages' && name !== 'tools' && name !== 'functions');
    if (others.length > 0) problems('what stands beside its messages has no counterpart in other dialects');
  }
  reader.fact('gen_ai.input.messages', key, (attribute) => {
    const isList = Array.isArray(value) || (isFields(value) && (isModelCall || Array.isArray(value['messages'])));
    return (isList ? valid(readOpenAIMessages(value, problems)) : undefined) ?? textMessage('user', attribute);
  });
}

function readOutput(reader: FactReader, key: string): void {
  const { record } = reader;
  const value = structureOrText(reader.attributes[key]);
  const reasons = typeof value === 'object' ? readOpenAIFinishReasons(value) : undefined;
  if (reasons !== undefined) record.set('gen_ai.response.finish_reasons', reasons, key);
  reader.fact('gen_ai.output.messages', key, (attribute): readonly OutputMessage[] | undefined => {
    const choices =
      typeof value === 'object' ? readOpenAIChoices(value, (reason) => record.lose(key, reason)) : undefined;
    const messages = valid(choices) ?? textMessage('assistant', attribute);
    return messages === undefined ? undefined : toOutputMessages(record, messages, false);
  });
}

/** What an observation says of itself, or, where it does not, of its trace. */
function keyOf({ attributes, consume }: FactReader, own: string, ofTrace: string): string {
  if (attributes[own] === undefined) return ofTrace;
  if (attributes[own] === attributes[ofTrace]) consume(ofTrace);
  return own;
}

function textMessage(role: string, attribute: unknown): InputMessage[] | undefined {
  const content = textOf(attribute);
  return content === '' ? undefined : [{ role, parts: [{ type: 'text', content }] }];
}

function valid<Message extends InputMessage>(messages: Message[] | undefined): Message[] | undefined {
  if (messages === undefined || messages.length === 0) return undefined;
  return validateInputMessages(messages).length === 0 ? messages : undefined;
}

/** What is no object or list stays as it came, also a text that happens to be JSON of another one. */
function structureOrText(value: unknown): unknown {
  const structure = structureOf(value);
  return typeof structure === 'object' && structure !== null ? structure : value;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : jsonOf(value);
}
