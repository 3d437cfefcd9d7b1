/** What a JSON value is known to be: that says what in it can be cut so that it still is one. */
export type JsonShape = ListShape | 'any';

/** Shapes that are lists. `chat` are messages with a `content` in the place of parts, of the dialects before. */
export type ListShape = 'messages' | 'chat' | 'instructions' | 'tools' | 'list';

const SHAPES: ReadonlyMap<string, JsonShape> = new Map([
  ['gen_ai.input.messages', 'messages'],
  ['gen_ai.output.messages', 'messages'],
  ['gen_ai.system_instructions', 'instructions'],
  ['gen_ai.tool.definitions', 'tools'],
  ['gen_ai.retrieval.documents', 'list'],
  ['gen_ai.memory.records', 'list'],
  ['gen_ai.prompt', 'chat'],
  ['gen_ai.prompt_json', 'chat'],
  ['ai.prompt.messages', 'chat'],
  ['braintrust.input_json', 'chat'],
  ['langfuse.observation.input', 'chat'],
  ['input.value', 'chat'],
]);

/** The shape of an attribute's value, by its key. */
export function shapeOf(key: string): JsonShape {
  return SHAPES.get(key) ?? 'any';
}

/** Members that readers tell things by; a cut one would be another one. */
const FIXED = new Set([
  'role',
  'name',
  'finish_reason',
  'type',
  'id',
  'modality',
  'mime_type',
  'file_id',
  'tool_call_id',
  'toolCallId',
  'toolName',
]);

/** How deep in a value of this shape members are of the shape: of a message, of its parts, of a server's tool call. */
const FIXED_DEPTH: { readonly [S in JsonShape]: number } = {
  messages: 5,
  chat: 4,
  instructions: 2,
  tools: 3,
  list: 2,
  any: 0,
};

/** Whether the string that is this member must stay as it is. */
export function isFixed(shape: JsonShape, depth: number, key: string): boolean {
  return depth <= FIXED_DEPTH[shape] && FIXED.has(key);
}

const SCHEMA_KEYS = new Set(['parameters', 'input_schema', 'inputSchema', 'arguments']);

/**
 * How an object or array is cut.
 *
 * - `inside`: no more than the strings in it
 * - `whole`: its end is cut off
 * - `schema`: it becomes a JSON Schema that says how long it was
 */
export type ContainerCut = 'inside' | 'whole' | 'schema';

/**
 * How the container that is this member is cut.
 *
 * @param depth - of the container itself
 */
export function containerCut(shape: JsonShape, depth: number, key: string): ContainerCut {
  if (shape === 'messages') return depth === 5 && !key.startsWith('server_tool_call') ? 'whole' : 'inside';
  if (shape === 'chat') return depth === 5 ? 'whole' : 'inside';
  if (shape === 'list') return depth === 3 ? 'whole' : 'inside';
  if (shape === 'tools') return depth >= 3 && SCHEMA_KEYS.has(key) ? 'schema' : 'inside';
  return 'inside';
}

/** The depth of the objects that are parts of a message. */
export const PART_DEPTH: { readonly [S in JsonShape]: number } = {
  messages: 4,
  chat: -1,
  instructions: 2,
  tools: -1,
  list: -1,
  any: -1,
};
