import { asJsonObject, asJsonObjects, asString, type JsonObject } from '../json.js';
import type { RouteRequest } from './reply.js';
import { sampleOfSchema } from './sample-of-schema.js';

/** What the server says when nothing else was asked for. */
export const DEFAULT_TEXT = 'The capital of France is Paris.';
/** What it says instead when it refuses. */
export const REFUSAL_TEXT = 'I cannot help with that request.';
/** What it thinks before it says anything. */
export const REASONING_TEXT = 'The user asks for a capital.';

/** A function the model wants called. */
export interface FunctionCall {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

/** The content of an answer, before it takes the shape of an API. */
export interface Answer {
  readonly text: string | undefined;
  readonly refusal: string | undefined;
  readonly reasoning: string | undefined;
  readonly calls: readonly FunctionCall[];
}

const MADE_UP_TOOL = {
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};

/**
 * Decides what the model answers.
 *
 * Like a real model it calls a function when the request offers some and the conversation has no result yet, and
 * answers in the requested JSON schema when there is one.
 *
 * @param functions - The functions offered, each as `{ name, parameters }`.
 * @param schema - The JSON schema asked for, if any.
 */
export function answerTo(request: RouteRequest, functions: readonly JsonObject[], schema: unknown): Answer {
  const { scenario } = request;
  const reasoning = scenario.has('reasoning') ? REASONING_TEXT : undefined;
  const calls = callsFor(request, functions);
  if (calls.length > 0) return { text: undefined, refusal: undefined, reasoning, calls };
  if (scenario.has('refusal')) return { text: undefined, refusal: REFUSAL_TEXT, reasoning, calls };
  const text = schema === undefined ? request.text : JSON.stringify(sampleOfSchema(schema));
  return { text, refusal: undefined, reasoning, calls };
}

function callsFor({ scenario, params }: RouteRequest, functions: readonly JsonObject[]): FunctionCall[] {
  const parallel = scenario.has('tools-parallel');
  const forced = parallel || scenario.has('tools');
  if (hasToolResult(params)) return [];
  if (!forced && (functions.length === 0 || params['tool_choice'] === 'none')) return [];
  const offered = functions.length > 0 ? functions : [MADE_UP_TOOL];
  const first = offered[0] ?? MADE_UP_TOOL;
  const called = parallel ? [first, offered[1] ?? first] : [first];
  return called.map((tool, index) => ({
    id: `call_${index + 1}`,
    name: asString(tool['name']),
    arguments: JSON.stringify(sampleOfSchema(tool['parameters'] ?? { type: 'object' })),
  }));
}

function hasToolResult(params: JsonObject): boolean {
  const messages = asJsonObjects(params['messages'] ?? params['input']);
  return messages.some(({ role, type }) => role === 'tool' || role === 'function' || type === 'function_call_output');
}

/** The functions a chat request offers. */
export function chatFunctions(params: JsonObject): JsonObject[] {
  return asJsonObjects(params['tools'])
    .filter((tool) => tool['type'] === 'function')
    .map((tool) => asJsonObject(tool['function']));
}

/** The functions a responses request offers. */
export function responsesFunctions(params: JsonObject): JsonObject[] {
  return asJsonObjects(params['tools']).filter((tool) => tool['type'] === 'function');
}

/** The JSON schema a chat request wants its answer in. */
export function chatSchema(params: JsonObject): unknown {
  return asJsonObject(asJsonObject(params['response_format'])['json_schema'])['schema'];
}

/** The JSON schema a responses request wants its answer in. */
export function responsesSchema(params: JsonObject): unknown {
  return asJsonObject(asJsonObject(params['text'])['format'])['schema'];
}
