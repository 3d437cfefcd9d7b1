import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '@genspan/semconv';
import type { RequestContent } from './genai-request.js';
import type { ResponseContent } from './genai-result.js';
import { stringifyMessages, stringifyParts } from './message-json.js';

/**
 * Content by attribute name, serialised where it is met, so that later changes to the application's objects do not show.
 * Messages, instructions and tool definitions are JSON; the rest is as the attribute has it.
 */
export type SerializedContent = Record<string, NonNullable<Attributes[string]>>;

/** Serialises what was sent. */
export function serializeRequest(request: RequestContent): SerializedContent {
  const content: SerializedContent = {};
  const { systemInstructions, inputMessages, toolDefinitions } = request;
  if (isFilled(systemInstructions)) content[ATTR_GEN_AI_SYSTEM_INSTRUCTIONS] = stringifyParts(systemInstructions);
  if (isFilled(inputMessages)) content[ATTR_GEN_AI_INPUT_MESSAGES] = stringifyMessages(inputMessages);
  if (isFilled(toolDefinitions)) content[ATTR_GEN_AI_TOOL_DEFINITIONS] = JSON.stringify(toolDefinitions);
  for (const name in request.attributes) {
    const value = request.attributes[name];
    if (value !== undefined) content[name] = Array.isArray(value) ? value.slice() : value;
  }
  return content;
}

/** Serialises what came back, and adds it to what was sent. */
export function serializeResponse(response: ResponseContent, content: SerializedContent): void {
  const { outputMessages, systemInstructions, toolDefinitions } = response;
  if (isFilled(outputMessages)) content[ATTR_GEN_AI_OUTPUT_MESSAGES] = stringifyMessages(outputMessages);
  if (isFilled(systemInstructions)) content[ATTR_GEN_AI_SYSTEM_INSTRUCTIONS] = stringifyParts(systemInstructions);
  if (isFilled(toolDefinitions)) content[ATTR_GEN_AI_TOOL_DEFINITIONS] = JSON.stringify(toolDefinitions);
}

function isFilled<T>(values: readonly T[] | undefined): values is readonly T[] {
  return values !== undefined && values.length > 0;
}
