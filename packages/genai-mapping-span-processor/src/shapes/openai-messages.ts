import type { InputMessage, MessagePart } from '@genspan/semconv';
import { isFields } from './json.js';
import { fieldsOf, filled, hasOnly, isValidPart, readOpenAIContent, readOpenAIPart } from './openai-content.js';
import type { Fields, Problems } from './openai-content.js';
import { isOpenAIItem, readOpenAIItem } from './openai-items.js';
import { writeOpenAIContent } from './openai-write-content.js';
import { readToolAnswer, readToolCalls, textOf, writeToolAnswer, writeToolCall } from './openai-tool-calls.js';

/**
 * Reads the messages of a request to OpenAI's chat completions, the items of one for a response, or those of an API that took
 * over their shape. Messages in the conventions' own shape are taken as they are.
 *
 * @param value - a list of messages, an object with such a list as `messages` or `input`, a single message, or a text
 * @param problems - told of what is left behind
 * @returns `undefined` when it is nothing of that kind
 */
export function readOpenAIMessages(value: unknown, problems: Problems): InputMessage[] | undefined {
  if (typeof value === 'string') return [{ role: 'user', parts: [{ type: 'text', content: value }] }];
  if (isFields(value)) {
    if (isMessage(value)) return readMessage(value, 'user', problems);
    const list = value['messages'] ?? value['input'];
    return isFields(list) ? undefined : list === undefined ? undefined : readOpenAIMessages(list, problems);
  }
  if (!Array.isArray(value) || (value.length > 0 && !value.some(isMessage))) return undefined;
  return value.flatMap((message: unknown) => {
    if (isMessage(message)) return readMessage(message, 'user', problems);
    problems('what stands between messages and is none has no place');
    return [];
  });
}

/**
 * Writes messages as OpenAI's chat completions have them. The answer of a tool becomes a message of its own; parts that the
 * API has no shape for are written as the conventions have them, in their place.
 *
 * @param problems - told of what is left behind
 */
export function writeOpenAIMessages(messages: readonly InputMessage[], problems: Problems): unknown[] {
  const written: unknown[] = [];
  for (const message of messages as readonly unknown[]) {
    if (isFields(message) && Array.isArray(message['parts'])) written.push(...writeMessage(message, problems));
    else problems('what stands between messages and is none has no place');
  }
  return written;
}

/** Whether something is a message of some API, or an item among them. */
export function isMessage(value: unknown): value is Fields {
  if (!isFields(value)) return false;
  if (typeof value['role'] === 'string') {
    return (
      'content' in value || 'parts' in value || 'tool_calls' in value || 'function_call' in value || 'refusal' in value
    );
  }
  return isOpenAIItem(value) || value['type'] === 'message';
}

/** Reads one message or item. @returns none for reasoning that shows nothing */
export function readMessage(message: Fields, defaultRole: string, problems: Problems): InputMessage[] {
  const item = typeof message['role'] === 'string' ? undefined : readOpenAIItem(message, problems);
  if (item !== undefined) return item.parts.length === 0 ? [] : [item];
  const role = filled(message['role']) ?? defaultRole;
  const name = typeof message['name'] === 'string' ? { name: message['name'] } : undefined;
  if (role === 'function') return [{ role: 'tool', parts: [readToolAnswer(message, problems)] }];
  if (role === 'tool' && !Array.isArray(message['parts']) && !hasToolResult(message['content'])) {
    const isNamed = typeof message['tool_call_id'] === 'string';
    return [{ role, parts: [readToolAnswer(message, problems)], ...(isNamed ? name : undefined) }];
  }
  return [{ role, parts: readParts(message, problems), ...name }];
}

/** The parts of a message in the order in which a model makes them: reasoning, text, refusal, audio, tool calls. */
export function readParts(message: Fields, problems: Problems): MessagePart[] {
  if (Array.isArray(message['parts'])) return message['parts'].map((part) => readGenAIPart(part, problems));
  const parts: MessagePart[] = [];
  // DeepSeek, vLLM and others of the same API show the model's reasoning; two names are in use.
  const reasoning = filled(message['reasoning_content']) ?? filled(message['reasoning']);
  if (reasoning !== undefined) parts.push({ type: 'reasoning', content: reasoning });
  const calls = readToolCalls(message, problems);
  const refusal = filled(message['refusal']);
  const audio = audioParts(fieldsOf(message['audio']));
  const isAlone = reasoning === undefined && refusal === undefined && calls.length === 0 && audio.length === 0;
  if (message['content'] !== '' || isAlone) parts.push(...readOpenAIContent(message['content'], problems));
  if (refusal !== undefined) parts.push({ type: 'refusal', content: refusal });
  parts.push(...audio, ...calls);
  return parts;
}

function readGenAIPart(part: unknown, problems: Problems): MessagePart {
  return isFields(part) && typeof part['type'] === 'string' && isValidPart(part)
    ? (part as MessagePart)
    : readOpenAIPart(part, problems);
}

function hasToolResult(content: unknown): boolean {
  return Array.isArray(content) && content.some((part) => fieldsOf(part)['type'] === 'tool_result');
}

/** Sound that a model made, with what was said; in later messages its id stands for it. */
function audioParts({ id, data, transcript, format }: Fields): MessagePart[] {
  const parts: MessagePart[] = [];
  if (filled(data)) {
    parts.push(readOpenAIPart({ type: 'input_audio', input_audio: { data, format } }, () => undefined));
  } else if (filled(id)) parts.push({ type: 'file', modality: 'audio', file_id: id as string });
  if (filled(transcript)) parts.push({ type: 'text', content: transcript as string });
  return parts;
}

function writeMessage(message: Fields, problems: Problems): unknown[] {
  const { role, name } = message;
  const parts = message['parts'] as readonly unknown[];
  if (!hasOnly(message, ENVELOPE)) problems('a message has fields that have no place');
  const answers = parts.filter((part) => typeOf(part) === 'tool_call_response');
  const written: unknown[] = answers.map((answer) => {
    const { response } = fieldsOf(answer);
    return writeToolAnswer(fieldsOf(answer), answerContent(response, problems), problems);
  });
  if (answers.length > 0 && answers.length === parts.length) {
    if (role !== 'tool') problems('the answers of tools are messages of a role of their own');
    if (answers.length > 1) problems('each answer of a tool is a message of its own');
    if (typeof name === 'string') problems('the name in the answer of a tool has no place');
    return written;
  }
  if (answers.length > 0) problems('each answer of a tool is a message of its own');
  else if (role === 'tool' || role === 'function') problems('what a tool says counts as its answer');
  const others = answers.length === 0 ? parts : parts.filter((part) => typeOf(part) !== 'tool_call_response');
  written.push({ role, ...writeParts(others, problems), ...(typeof name === 'string' ? { name } : undefined) });
  return written;
}

/** Writes the parts of one message: the fields that stand beside its role. */
export function writeParts(parts: readonly unknown[], problems: Problems): Fields {
  const calls = parts.filter((part) => typeOf(part) === 'tool_call');
  if (calls.length > 0 && parts.slice(parts.length - calls.length).some((part) => typeOf(part) !== 'tool_call')) {
    problems('tool calls come after all that was said');
  }
  const rest = calls.length === 0 ? [...parts] : parts.filter((part) => typeOf(part) !== 'tool_call');
  const [first] = rest;
  // Among several pieces of reasoning, or behind a text, the place of each matters: those stay in the content.
  const isLeading = rest.filter((part) => typeOf(part) === 'reasoning').length === 1 && isTextOf(first, 'reasoning');
  const reasoning = isLeading ? fieldsOf(rest.shift())['content'] : undefined;
  const refusal = isTextOf(rest.at(-1), 'refusal') ? fieldsOf(rest.pop())['content'] : undefined;
  return {
    content: writeOpenAIContent(rest, problems) ?? null,
    ...(refusal === undefined ? undefined : { refusal }),
    ...(reasoning === undefined ? undefined : { reasoning_content: reasoning }),
    ...(calls.length === 0 ? undefined : { tool_calls: calls.map((part) => writeToolCall(fieldsOf(part), problems)) }),
  };
}

const ENVELOPE: ReadonlySet<string> = new Set(['role', 'parts', 'name', 'finish_reason']);

function answerContent(response: unknown, problems: Problems): unknown {
  if (Array.isArray(response) && response.length > 0 && response.every(isPart)) {
    const written = writeOpenAIContent(response, problems);
    return typeof written === 'string' ? [{ type: 'text', text: written }] : written;
  }
  if (typeof response !== 'string') problems('the answer of a tool becomes text');
  return textOf(response);
}

function isPart(part: unknown): boolean {
  return isFields(part) && typeof part['type'] === 'string' && isValidPart(part);
}

/** Whether a part is no more than its type and a text that says something. */
function isTextOf(part: unknown, type: string): boolean {
  return (
    isFields(part) && part['type'] === type && filled(part['content']) !== undefined && Object.keys(part).length === 2
  );
}

function typeOf(part: unknown): unknown {
  return isFields(part) ? part['type'] : undefined;
}
