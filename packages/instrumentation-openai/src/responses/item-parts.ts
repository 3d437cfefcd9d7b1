import type { MessagePart } from '@genspan/semconv';
import { toolCall } from '../chat/tool-calls.js';
import { fields, list, text, type Fields } from '../untyped.js';
import { generic, itemContent } from './item-content.js';
import { serverToolParts } from './server-tools.js';
import { toolDefinitions } from './tool-definitions.js';
import { withoutEncrypted } from './without-fields.js';

type ItemParts = (item: Fields) => MessagePart[];

/** The items that are no tool of the API. What is not here, and none of its tools, keeps its type and fields. */
const ITEMS: ReadonlyMap<string, ItemParts> = new Map(
  Object.entries<ItemParts>({
    message: (item) => itemContent(item['content']),
    agent_message: (item) => itemContent(item['content']),
    reasoning: (item) => [...reasoningParts(item['summary']), ...reasoningParts(item['content'])],
    function_call: (item) => [toolCall(callId(item), toolName(item), item['arguments'])],
    custom_tool_call: customToolCall,
    function_call_output: toolOutput,
    custom_tool_call_output: toolOutput,
    compaction: (item) => [{ type: 'compaction', ...idOf(item) }],
    additional_tools: (item) => [{ type: 'additional_tools', tools: toolDefinitions(item['tools']) }],
  }),
);

/** Who an item comes from, where it does not say so itself. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['reasoning', 'assistant'],
  ['compaction', 'assistant'],
  ['mcp_list_tools', 'assistant'],
  ['mcp_approval_request', 'assistant'],
  ['program', 'assistant'],
  ['agent_message', 'assistant'],
]);

/** Translates one item of the input or of the output; what is encrypted is no part of it. */
export function itemParts(value: unknown): MessagePart[] {
  if (typeof value === 'string') return [{ type: 'text', content: value }];
  const item = fields(withoutEncrypted(value));
  const type = itemType(item);
  return ITEMS.get(type)?.(item) ?? serverToolParts(type, item) ?? [generic({ ...item, type })];
}

/** The role of the message that an item of the input stands for: calls are the model's, outputs the tools'. */
export function itemRole(value: unknown): string {
  const item = fields(value);
  const role = text(item['role']);
  if (role) return role;
  const type = itemType(item);
  const known = ROLES.get(type);
  if (known !== undefined) return known;
  if (type.endsWith('_call')) return 'assistant';
  // What the application sends and nobody else is named for counts as the user's.
  return type.endsWith('_output') ? 'tool' : 'user';
}

/** Messages may leave their type out, and so may references to earlier items. */
export function itemType(item: Fields): string {
  const type = text(item['type']);
  if (type) return type;
  if ('role' in item || 'content' in item) return 'message';
  return 'id' in item ? 'item_reference' : 'unknown';
}

function reasoningParts(texts: unknown): MessagePart[] {
  return list(texts).flatMap((entry) => {
    const content = text(fields(entry)['text']);
    return content ? [{ type: 'reasoning', content }] : [];
  });
}

/** The input of a custom tool is free text: it stays as the model wrote it, even if it happens to be JSON. */
function customToolCall(item: Fields): MessagePart[] {
  const id = callId(item);
  const input = text(item['input']);
  return [
    {
      type: 'tool_call',
      ...(id === undefined ? undefined : { id }),
      name: toolName(item),
      ...(input === undefined || input === '' ? undefined : { arguments: input }),
    },
  ];
}

function toolOutput(item: Fields): MessagePart[] {
  const id = callId(item);
  const { output } = item;
  const response = Array.isArray(output) ? itemContent(output) : (output ?? null);
  return [{ type: 'tool_call_response', ...(id === undefined ? undefined : { id }), response }];
}

/** Calls and outputs are matched by `call_id`; `id` is that of the item. */
function callId(item: Fields): string | undefined {
  return text(item['call_id']) ?? text(item['id']);
}

function idOf(item: Fields): { id?: string } | undefined {
  const id = text(item['id']);
  return id === undefined ? undefined : { id };
}

function toolName(item: Fields): string {
  return text(item['name']) || 'unknown';
}
