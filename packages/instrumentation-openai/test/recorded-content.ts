import {
  validateInputMessages,
  validateOutputMessages,
  validateSystemInstructions,
  validateToolDefinitions,
} from '@genspan/semconv';
import type { InputMessage, OutputMessage, SystemInstruction, ToolDefinition } from '@genspan/semconv';
import type { ClientRequest } from '../src/client-operation.js';
import type { OperationEnd } from '@genspan/genai-operation';

/** The content of a span, read back from its attributes after the strict validators have found nothing. */
export function recordedContent(span: { readonly attributes: Readonly<Record<string, unknown>> } | undefined) {
  const read = (name: string, validate: (value: unknown) => readonly unknown[]): unknown => {
    const value = span?.attributes[name];
    if (value === undefined) return undefined;
    expect(typeof value).toBe('string');
    expect(validate(value)).toEqual([]);
    return JSON.parse(value as string);
  };
  return {
    input: read('gen_ai.input.messages', validateInputMessages) as InputMessage[] | undefined,
    output: read('gen_ai.output.messages', validateOutputMessages) as OutputMessage[] | undefined,
    instructions: read('gen_ai.system_instructions', validateSystemInstructions) as SystemInstruction[] | undefined,
    tools: read('gen_ai.tool.definitions', validateToolDefinitions) as ToolDefinition[] | undefined,
  };
}

/** The content of a translated request, as it will be serialised and as the strict validators find nothing wrong with it. */
export function requestContent(request: ClientRequest) {
  const content = request.content?.() ?? {};
  const input = serialised(content.inputMessages ?? []);
  const tools = serialised(content.toolDefinitions ?? []);
  const instructions = serialised(content.systemInstructions ?? []);
  expect(validateInputMessages(input)).toEqual([]);
  expect(validateToolDefinitions(tools)).toEqual([]);
  expect(validateSystemInstructions(instructions)).toEqual([]);
  return { input, tools, instructions, attributes: content.attributes };
}

/** As {@link requestContent}, of a translated response. */
export function responseMessages(end: OperationEnd): readonly OutputMessage[] {
  const output = serialised(end.result?.content?.().outputMessages ?? []);
  expect(validateOutputMessages(output)).toEqual([]);
  return output;
}

/** Everything that a translated response says, for comparison. */
export function everythingOf(end: OperationEnd) {
  const { content: _content, ...result } = end.result ?? {};
  return { ...end, result, output: responseMessages(end) };
}

/** Freezes all of a value, so that writing to any of it throws. */
export function deepFrozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFrozen(inner);
  }
  return value;
}

function serialised<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
