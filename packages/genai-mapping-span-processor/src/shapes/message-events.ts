import type { InputMessage, OutputMessage } from '@genspan/semconv';
import { putAttribute } from '../copy-attributes.js';
import type { MappedEvent, MappingSource } from '../dialect.js';
import type { FactName } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { toOpenAIFinishReason } from './finish-reasons.js';
import { UNKNOWN_FINISH_REASON } from './genai-messages.js';
import { isFields, parseJson } from './json.js';
import { readOpenAIChoices, readOpenAIFinishReasons, writeOpenAIChoices } from './openai-choices.js';
import { readOpenAIMessages, writeOpenAIMessages } from './openai-messages.js';

type Fields = Readonly<Record<string, unknown>>;

const CHOICE = 'gen_ai.choice';
/** Where Azure's and Semantic Kernel's span events have what the body of a log record would hold, as JSON. */
const CONTENT = 'gen_ai.event.content';

/** Who speaks in an event, unless it says otherwise. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
]);

/** Names of the events that hold one message each. */
export const MESSAGE_EVENTS: ReadonlySet<string> = new Set([...ROLES.keys(), CHOICE]);

/**
 * Reads messages from the events of 1.28–1.36: log records with a body, or span events that have its members as attributes.
 */
export function readMessageEvents(source: MappingSource, record: GenAIRecord, consume: (name: string) => void): void {
  const messages: Fields[] = [];
  const choices: Fields[] = [];
  const sources = new Set<string>();
  for (const event of source.events) {
    const { name } = event;
    if (!MESSAGE_EVENTS.has(name)) continue;
    consume(name);
    const body = bodyOf(event);
    if (name === CHOICE) choices.push(choiceOf(body, choices.length));
    else if ('content' in body || 'tool_calls' in body) {
      messages.push(messageOf(body, ROLES.get(name) ?? 'user'));
      sources.add(name);
    }
  }
  const problems = (reason: string): void => [...sources].forEach((name) => record.lose(name, reason));
  const input = messages.length === 0 ? undefined : readOpenAIMessages(messages, problems);
  if (input !== undefined) record.set('gen_ai.input.messages', input, ...sources);
  if (choices.length > 0) readChoices(choices, record);
}

function readChoices(choices: readonly Fields[], record: GenAIRecord): void {
  const reasons = readOpenAIFinishReasons(choices);
  if (
    reasons !== undefined &&
    !reasons.includes(UNKNOWN_FINISH_REASON) &&
    !record.has('gen_ai.response.finish_reasons')
  ) {
    record.set('gen_ai.response.finish_reasons', reasons, CHOICE);
  }
  if (!choices.some(({ message }) => isFields(message) && ('content' in message || 'tool_calls' in message))) return;
  const output = readOpenAIChoices(choices, (reason) => record.lose(CHOICE, reason));
  if (output !== undefined) record.set('gen_ai.output.messages', output, CHOICE);
}

/** What a log record has as its body, wherever it is; members that are JSON because attributes must be, are parsed. */
function bodyOf({ attributes = {}, body }: MappedEvent): Fields {
  if (isFields(body)) return body;
  const content = parseJson(attributes[CONTENT]);
  if (isFields(content)) return content;
  const { content: text, tool_calls: calls, message } = attributes;
  const fields: Record<string, unknown> = { ...attributes };
  if (text !== undefined) fields['content'] = partsOf(text);
  if (typeof calls === 'string') fields['tool_calls'] = parseJson(calls);
  if (message !== undefined) fields['message'] = parseJson(message) ?? { content: message };
  return fields;
}

/** The list of parts that a text is, if it is one: a text that happens to be JSON stays a text. */
function partsOf(text: unknown): unknown {
  const parsed = typeof text === 'string' && text.startsWith('[{') ? parseJson(text) : undefined;
  const isParts = Array.isArray(parsed) && parsed.every((part) => isFields(part) && typeof part['type'] === 'string');
  return isParts ? parsed : text;
}

function messageOf({ id, ...body }: Fields, role: string): Fields {
  const said = typeof body['role'] === 'string' && body['role'] !== '' ? body['role'] : role;
  return { content: null, ...body, role: said, ...(said === 'tool' && id !== undefined ? { tool_call_id: id } : {}) };
}

function choiceOf(body: Fields, place: number): Fields {
  const { index = place, finish_reason: reason, message, content, tool_calls: calls } = body;
  const said = Array.isArray(message) ? { content: message } : isFields(message) ? message : undefined;
  return {
    index,
    ...(typeof reason === 'string' ? { finish_reason: reason } : {}),
    message: {
      ...(content === undefined ? {} : { content }),
      ...(calls === undefined ? {} : { tool_calls: calls }),
      ...said,
    },
  };
}

/** Writes messages as the events of 1.28–1.36, with bodies as log records have them. */
export function writeMessageEvents(record: GenAIRecord, target: MappingTarget, attributes: Fields): void {
  writeInput(record, target, attributes);
  const output = record.get('gen_ai.output.messages');
  if (output === undefined || output.length === 0) return;
  const fact = 'gen_ai.output.messages';
  const given = record.get('gen_ai.response.finish_reasons') ?? [];
  const reasons = output.map((message, at) => message.finish_reason ?? given[at] ?? UNKNOWN_FINISH_REASON);
  writeFinishReasons(output, record, target);
  for (const body of writeOpenAIChoices(output, (reason) => target.lose(fact, reason), reasons)) {
    target.writeEvent({ name: CHOICE, attributes, body }, fact);
  }
}

/** The reasons that only the messages tell, where versions up to 1.36 look for them. */
export function writeFinishReasons(output: readonly OutputMessage[], record: GenAIRecord, target: MappingTarget): void {
  if (record.has('gen_ai.response.finish_reasons')) return;
  const reasons = output.flatMap(({ finish_reason: reason }) => reason ?? []);
  if (reasons.length === 0 || reasons.length < output.length) return;
  target.write('gen_ai.response.finish_reasons', reasons.map(toOpenAIFinishReason), 'gen_ai.output.messages');
}

function writeInput(record: GenAIRecord, target: MappingTarget, attributes: Fields): void {
  const fact = 'gen_ai.input.messages';
  const { messages, facts } = allMessages(record, target);
  target.carry(...facts);
  for (const message of writeOpenAIMessages(messages, (reason) => target.lose(fact, reason))) {
    if (!isFields(message)) continue;
    const { role, tool_call_id: id, ...body } = message;
    const name = `gen_ai.${String(role)}.message`;
    const known = ROLES.has(name);
    target.writeEvent(
      {
        name: known ? name : role === 'developer' ? 'gen_ai.system.message' : 'gen_ai.user.message',
        attributes,
        body: { ...(known ? {} : { role }), ...(id === undefined ? {} : { id }), ...body },
      },
      ...facts,
    );
  }
}

/** All that goes into the model, where a version knows no instructions besides the messages. */
export function allMessages(
  record: GenAIRecord,
  target: MappingTarget,
): { messages: readonly InputMessage[]; facts: readonly FactName[] } {
  const instructions = record.get('gen_ai.system_instructions');
  const messages = record.get('gen_ai.input.messages') ?? [];
  const facts: FactName[] = messages.length === 0 ? [] : ['gen_ai.input.messages'];
  if (instructions === undefined || instructions.length === 0) return { messages, facts };
  target.lose('gen_ai.system_instructions', 'they become the first of the messages');
  return {
    messages: [{ role: 'system', parts: instructions }, ...messages],
    facts: ['gen_ai.system_instructions', ...facts],
  };
}

/** An event as a span has it: what the body of a log record holds becomes attributes, as JSON where it is structured. */
export function toSpanEvent({ name, attributes = {}, body }: MappedEvent): MappedEvent {
  if (!isFields(body)) return { name, attributes };
  const flat: Record<string, unknown> = { ...attributes };
  for (const key of Object.keys(body)) {
    const value = body[key];
    if (value === undefined || value === null) continue;
    putAttribute(flat, key, typeof value === 'object' ? JSON.stringify(value) : value);
  }
  return { name, attributes: flat };
}
