import type { MessagePart } from '@genspan/semconv';
import { fieldsOf, filled, hasOnly, readOpenAIContent } from './openai-content.js';
import type { Fields, Problems } from './openai-content.js';
import { isFields, jsonOf, parseJson } from './json.js';

/** Reads the tool calls of a message of the assistant, those of the API's older form among them. */
export function readToolCalls(message: Fields, problems: Problems): MessagePart[] {
  const { tool_calls: calls, function_call: legacy } = message;
  const parts: MessagePart[] = [];
  if (Array.isArray(calls)) for (const call of calls) parts.push(readToolCall(fieldsOf(call), problems));
  if (isFields(legacy)) parts.push(toolCallPart(undefined, legacy['name'], legacy['arguments']));
  return parts;
}

function readToolCall(call: Fields, problems: Problems): MessagePart {
  const { id, custom } = call;
  if (call['type'] === 'custom' && isFields(custom)) {
    problems('that a tool takes free text counts as a function with such an argument');
    return toolCallPart(id, custom['name'], custom['input'], false);
  }
  // Some leave out the level in between.
  const called = isFields(call['function']) ? call['function'] : call;
  return toolCallPart(id, called['name'], called['arguments'] ?? called['args']);
}

/** @param isJson - whether the argument is JSON; parsed only if it is that of an object */
export function toolCallPart(id: unknown, name: unknown, argument: unknown, isJson = true): MessagePart {
  const value = isJson ? readArguments(argument) : argument;
  return {
    type: 'tool_call',
    ...(typeof id === 'string' ? { id } : undefined),
    name: filled(name) ?? 'unknown',
    ...(value === undefined || value === null || value === '' ? undefined : { arguments: value }),
  };
}

/** Arguments as the conventions like them: an object; text that is not JSON of one (or a list) stays as the model wrote it. */
export function readArguments(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const parsed = parseJson(value);
  return typeof parsed === 'object' && parsed !== null ? parsed : value;
}

export function writeToolCall(part: Fields, problems: Problems): unknown {
  const { id, name, arguments: argument } = part;
  if (!hasOnly(part, CALL)) problems('a tool call has fields that have no place');
  if (typeof argument === 'number' || typeof argument === 'boolean')
    problems('arguments that are no object become text');
  // It is what calls without arguments have.
  if (argument === '') problems('arguments that are an empty text count as none');
  return {
    ...(typeof id === 'string' ? { id } : undefined),
    type: 'function',
    function: { name, arguments: argument === undefined || argument === null ? '' : textOf(argument) },
  };
}

/** Reads the answer of a tool, which is a message of its own. */
export function readToolAnswer(message: Fields, problems: Problems): MessagePart {
  const { content, tool_call_id: callId, name } = message;
  const id = callId ?? name;
  const response = Array.isArray(content) ? readOpenAIContent(content, problems) : (content ?? null);
  return { type: 'tool_call_response', ...(typeof id === 'string' ? { id } : undefined), response };
}

/** @param content - the answer as content of a message */
export function writeToolAnswer(part: Fields, content: unknown, problems: Problems): unknown {
  const { id } = part;
  if (!hasOnly(part, ANSWER)) problems('the answer of a tool has fields that have no place');
  return { role: 'tool', ...(typeof id === 'string' ? { tool_call_id: id } : undefined), content };
}

const CALL: ReadonlySet<string> = new Set(['type', 'id', 'name', 'arguments']);
const ANSWER: ReadonlySet<string> = new Set(['type', 'id', 'response']);

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : jsonOf(value);
}
