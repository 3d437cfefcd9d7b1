import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_INPUT_MESSAGES,
  ATTR_GEN_AI_OUTPUT_MESSAGES,
  ATTR_GEN_AI_SYSTEM_INSTRUCTIONS,
  ATTR_GEN_AI_TOOL_DEFINITIONS,
} from '@genspan/semconv';
import type { RequestContent } from './genai-request.js';
import type { ResponseContent } from './genai-result.js';

/**
 * Content by attribute name, serialised where it is met, so that later changes to the application's objects do not show.
 * Messages, instructions and tool definitions are JSON; the rest is as the attribute has it.
 */
export type SerializedContent = Record<string, NonNullable<Attributes[string]>>;

/** Serialises what was sent. */
export function serializeRequest(request: RequestContent): SerializedContent {
  const content: SerializedContent = {};
  write(request.systemInstructions, ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, content);
  write(request.inputMessages, ATTR_GEN_AI_INPUT_MESSAGES, content);
  write(request.toolDefinitions, ATTR_GEN_AI_TOOL_DEFINITIONS, content);
  for (const name in request.attributes) {
    const value = request.attributes[name];
    if (value !== undefined) content[name] = Array.isArray(value) ? value.slice() : value;
  }
  return content;
}

/** Serialises what came back, and adds it to what was sent. */
export function serializeResponse(response: ResponseContent, content: SerializedContent): void {
  write(response.outputMessages, ATTR_GEN_AI_OUTPUT_MESSAGES, content);
  write(response.systemInstructions, ATTR_GEN_AI_SYSTEM_INSTRUCTIONS, content);
  write(response.toolDefinitions, ATTR_GEN_AI_TOOL_DEFINITIONS, content);
}

function write(values: readonly unknown[] | undefined, name: string, to: SerializedContent): void {
  if (values !== undefined && values.length > 0) to[name] = JSON.stringify(values);
}
