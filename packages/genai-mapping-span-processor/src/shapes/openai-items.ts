import type { MessagePart } from '@genspan/semconv';
import { fieldsOf, filled, readOpenAIContent } from './openai-content.js';
import type { Fields, Problems } from './openai-content.js';
import { readArguments, toolCallPart } from './openai-tool-calls.js';

/** One item of a request for a response, or of the response, as a message of its own. */
export interface ReadItem {
  readonly role: string;
  readonly parts: readonly MessagePart[];
}

/**
 * Reads an item of the Responses API that is no message: calls and their outputs, reasoning, tools that the provider runs.
 *
 * @returns `undefined` when it is none by its type
 * @see OpenAI API reference, "Responses": input and output items
 */
export function readOpenAIItem(item: Fields, problems: Problems): ReadItem | undefined {
  const type = filled(item['type']);
  if (type === undefined) return undefined;
  if ('encrypted_content' in item && item['encrypted_content'] !== null) problems('encrypted reasoning is left out');
  const read = ITEMS.get(type);
  if (read !== undefined) return read(item, problems);
  return type.endsWith('_call') || type.endsWith('_call_output') || SERVER_ITEMS.has(type)
    ? serverTool(type, item)
    : undefined;
}

/** Whether the type is that of an item which only the Responses API has. */
export function isOpenAIItem(item: Fields): boolean {
  const type = filled(item['type']);
  if (type === undefined) return false;
  return ITEMS.has(type) || SERVER_ITEMS.has(type) || type.endsWith('_call') || type.endsWith('_call_output');
}

type ReadItemOfType = (item: Fields, problems: Problems) => ReadItem;

const ITEMS: ReadonlyMap<string, ReadItemOfType> = new Map<string, ReadItemOfType>([
  ['function_call', (item) => assistant(toolCallPart(callId(item), item['name'], item['arguments']))],
  ['custom_tool_call', (item) => assistant(toolCallPart(callId(item), item['name'], item['input'], false))],
  ['function_call_output', toolOutput],
  ['custom_tool_call_output', toolOutput],
  ['reasoning', (item) => assistant(...texts(item['summary']), ...texts(item['content']))],
  ['compaction', (item) => assistant({ type: 'compaction', ...(filled(item['id']) ? { id: item['id'] } : {}) })],
]);

/** Items of the provider's own tools whose type does not end like one. */
const SERVER_ITEMS: ReadonlySet<string> = new Set(['mcp_list_tools', 'mcp_approval_request', 'tool_search_output']);

/** What says in a server tool's item who it is and not what it does. */
const ENVELOPE: ReadonlySet<string> = new Set(['id', 'call_id', 'type', 'status']);
/** What a server tool found or made, in the item of its call. */
const OUTCOMES: ReadonlySet<string> = new Set(['results', 'outputs', 'output', 'result', 'error', 'tools', 'sources']);

function serverTool(type: string, item: Fields): ReadItem {
  const isOutput = type.endsWith('_output');
  const tool = type.replace(/_call(?:_output)?$|_output$/, '');
  const id = callId(item) === undefined ? undefined : { id: callId(item) as string };
  const call: Record<string, unknown> = {};
  const outcome: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) {
    if (ENVELOPE.has(name) || value === null || value === undefined) continue;
    if (isOutput || OUTCOMES.has(name)) outcome[name] = value;
    else call[name] = name === 'arguments' ? readArguments(value) : value;
  }
  const parts: MessagePart[] = [];
  if (!isOutput) {
    const name = filled(item['name']) ?? tool;
    parts.push({ type: 'server_tool_call', ...id, name, server_tool_call: { ...call, type: tool } });
  }
  if (isOutput || Object.keys(outcome).length > 0) {
    parts.push({ type: 'server_tool_call_response', ...id, server_tool_call_response: { ...outcome, type: tool } });
  }
  return { role: isOutput ? 'tool' : 'assistant', parts };
}

function toolOutput(item: Fields, problems: Problems): ReadItem {
  const { output } = item;
  const id = callId(item);
  const response = Array.isArray(output) ? readOpenAIContent(output, problems) : (output ?? null);
  return {
    role: 'tool',
    parts: [{ type: 'tool_call_response', ...(id === undefined ? undefined : { id }), response }],
  };
}

function assistant(...parts: readonly MessagePart[]): ReadItem {
  return { role: 'assistant', parts };
}

/** Reasoning that is shown: a list of texts. A text by itself is that of the conventions' part of the same name. */
function texts(value: unknown): MessagePart[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((entry) => {
    const content = filled(typeof entry === 'string' ? entry : fieldsOf(entry)['text']);
    return content === undefined ? [] : [{ type: 'reasoning', content }];
  });
}

/** Calls and outputs are matched by `call_id`; `id` is that of the item. */
function callId(item: Fields): string | undefined {
  return filled(item['call_id']) ?? filled(item['id']);
}
