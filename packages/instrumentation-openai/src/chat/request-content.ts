import { ATTR_GEN_AI_REQUEST_STOP_SEQUENCES } from '@genspan/semconv';
import type { InputMessage, MessagePart, ToolDefinition } from '@genspan/semconv';
import type { RequestContent } from '@genspan/genai-operation';
import { contentParts } from '../content-parts.js';
import { toolDefinition } from '../tool-definition.js';
import { fields, filled, list, text, type Fields } from '../untyped.js';
import { toolCallParts } from './tool-calls.js';

/** What a chat completion sends to the model. */
export function chatRequestContent(params: Fields): RequestContent {
  const stop = stopSequences(params['stop']);
  return {
    inputMessages: list(params['messages']).map(inputMessage),
    toolDefinitions: chatToolDefinitions(params),
    attributes: stop.length === 0 ? undefined : { [ATTR_GEN_AI_REQUEST_STOP_SEQUENCES]: stop },
  };
}

/** One string or several. They are free text, so they count as content. */
export function stopSequences(stop: unknown): string[] {
  if (typeof stop === 'string') return [stop];
  return list(stop).filter((sequence) => typeof sequence === 'string');
}

function inputMessage(value: unknown): InputMessage {
  const message = fields(value);
  const role = filled(message['role']) ?? 'user';
  const parts = role === 'tool' || role === 'function' ? [toolAnswer(message)] : messageParts(message);
  const name = text(message['name']);
  return name === undefined ? { role, parts } : { role, parts, name };
}

function messageParts(message: Fields): MessagePart[] {
  const parts = contentParts(message['content']);
  const refusal = text(message['refusal']);
  if (refusal !== undefined) parts.push({ type: 'refusal', content: refusal });
  parts.push(...toolCallParts(message));
  const audioId = filled(fields(message['audio'])['id']);
  if (audioId !== undefined) parts.push({ type: 'file', modality: 'audio', file_id: audioId });
  return parts;
}

function toolAnswer(message: Fields): MessagePart {
  const { content } = message;
  const response = typeof content === 'string' ? content : contentParts(content);
  const id = text(message['tool_call_id']) ?? text(message['name']);
  return id === undefined ? { type: 'tool_call_response', response } : { type: 'tool_call_response', id, response };
}

function chatToolDefinitions(params: Fields): ToolDefinition[] {
  const definitions = list(params['tools']).map(toolDefinition);
  // The API's older form of tools.
  for (const value of list(params['functions']))
    definitions.push(toolDefinition({ type: 'function', function: value }));
  return definitions.filter((definition) => definition !== undefined);
}
