import type { MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields, jsonOf, structureOf } from './json.js';
import { allMessages, writeFinishReasons } from './message-events.js';
import { readOpenAIChoices, readOpenAIFinishReasons, writeOpenAIChoices } from './openai-choices.js';
import { readOpenAIMessages, writeOpenAIMessages } from './openai-messages.js';

const PROMPT = 'gen_ai.prompt';
const COMPLETION = 'gen_ai.completion';

/** Names of the events that hold all messages of a side. */
export const CONTENT_EVENTS = { prompt: 'gen_ai.content.prompt', completion: 'gen_ai.content.completion' } as const;

/** Reads the content of 1.27 and before: a JSON text on the span, or on a span event of its own. */
export function readContent(source: MappingSource, record: GenAIRecord, consume: (name: string) => void): void {
  const { attributes, events } = source;
  readPrompt(attributes[PROMPT], PROMPT, record, consume);
  readCompletion(attributes[COMPLETION], COMPLETION, record, consume);
  for (const { name, attributes: fields, body } of events) {
    const content = { ...(isFields(body) ? body : {}), ...fields };
    if (name === CONTENT_EVENTS.prompt) readPrompt(content[PROMPT], name, record, consume);
    else if (name === CONTENT_EVENTS.completion) readCompletion(content[COMPLETION], name, record, consume);
  }
}

function readPrompt(value: unknown, source: string, record: GenAIRecord, consume: (name: string) => void): void {
  if (typeof value !== 'string' && typeof value !== 'object') return;
  if (value === null) return;
  consume(source);
  const problems = (reason: string): void => record.lose(source, reason);
  const messages =
    readOpenAIMessages(withoutHoles(structureOf(value)), problems) ?? readOpenAIMessages(textOf(value), problems);
  if (messages !== undefined) record.set('gen_ai.input.messages', messages, source);
}

function readCompletion(value: unknown, source: string, record: GenAIRecord, consume: (name: string) => void): void {
  if (typeof value !== 'string' && typeof value !== 'object') return;
  if (value === null) return;
  consume(source);
  const problems = (reason: string): void => record.lose(source, reason);
  const structure = withoutHoles(structureOf(value));
  const choices = readOpenAIChoices(structure, problems) ?? readOpenAIChoices(textOf(value), problems);
  if (choices !== undefined) record.set('gen_ai.output.messages', choices, source);
  const reasons = readOpenAIFinishReasons(structure);
  if (reasons === undefined || record.has('gen_ai.response.finish_reasons')) return;
  record.set('gen_ai.response.finish_reasons', reasons, source);
}

function withoutHoles(structure: unknown): unknown {
  return Array.isArray(structure) ? structure.filter(() => true) : structure;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : jsonOf(value);
}

/** Writes the content as the span events of 1.27. */
export function writeContentEvents(record: GenAIRecord, target: MappingTarget): void {
  const { messages, facts } = allMessages(record, target);
  if (facts.length > 0) {
    const written = writeOpenAIMessages(messages, (reason) => target.lose('gen_ai.input.messages', reason));
    target.writeEvent({ name: CONTENT_EVENTS.prompt, attributes: { [PROMPT]: jsonOf(written) } }, ...facts);
  }
  const output = record.get('gen_ai.output.messages');
  if (output === undefined || output.length === 0) return;
  writeFinishReasons(output, record, target);
  const problems = (reason: string): void => target.lose('gen_ai.output.messages', reason);
  const completion = writeOpenAIChoices(output, problems).map((choice) => {
    const { message, finish_reason: reason } = choice as { message: object; finish_reason?: string };
    return reason === undefined ? message : { ...message, finish_reason: reason };
  });
  const attributes = { [COMPLETION]: jsonOf(completion) };
  target.writeEvent({ name: CONTENT_EVENTS.completion, attributes }, 'gen_ai.output.messages');
}
