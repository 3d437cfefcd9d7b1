import type { MessagePart } from '@genspan/semconv';
import { fields, filled, list, parsedJson, text, type Fields } from '../untyped.js';

/** The tool calls of a message of the assistant, sent or received. */
export function toolCallParts(message: Fields): MessagePart[] {
  const parts = list(message['tool_calls']).map(toolCallPart);
  // The API's older form of tool calls.
  if ('function_call' in message && message['function_call'] != null) {
    parts.push(toolCallPart({ type: 'function', function: message['function_call'] }));
  }
  return parts;
}

function toolCallPart(value: unknown): MessagePart {
  const call = fields(value);
  const isCustom = text(call['type']) === 'custom';
  const called = fields(isCustom ? call['custom'] : call['function']);
  return toolCall(text(call['id']), called['name'], isCustom ? called['input'] : called['arguments']);
}

/** Arguments are JSON in a string; parsed where they parse. A call that was cut short may have no name yet. */
export function toolCall(id: string | undefined, name: unknown, argument: unknown): MessagePart {
  const parsed = parsedJson(argument);
  return {
    type: 'tool_call',
    ...(id === undefined ? undefined : { id }),
    name: filled(name) ?? 'unknown',
    ...(parsed === undefined || parsed === '' ? undefined : { arguments: parsed }),
  };
}
