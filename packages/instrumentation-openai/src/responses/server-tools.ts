import type { MessagePart } from '@genspan/semconv';
import { fields, list, parsedJson, text, type Fields } from '../untyped.js';
import { itemContent, screenshot } from './item-content.js';
import { toolDefinitions } from './tool-definitions.js';

/** How an item of one of the API's own tools becomes a call, a result or both. */
interface ServerTool {
  /** The tool's name, and the `type` of the details. */
  readonly tool: string;
  /** Name of what is called, where it is not the tool itself. */
  readonly name?: (item: Fields) => string | undefined;
  /** Details of the call. Absent where the item is a result only. */
  readonly call?: (item: Fields) => Fields;
  /** Details of the result; `undefined` when the item has none. */
  readonly result?: (item: Fields) => Fields | undefined;
}

/**
 * The tools that the API defines, by the type of their items. Some are run by the client (computer, local shell,
 * patches), but their calls too have the provider's own shape.
 */
const SERVER_TOOLS: ReadonlyMap<string, ServerTool> = new Map(
  Object.entries<ServerTool>({
    web_search_call: { tool: 'web_search', call: webSearchAction, result: webSearchSources },
    file_search_call: { tool: 'file_search', call: pick('queries'), result: present('results') },
    code_interpreter_call: {
      tool: 'code_interpreter',
      call: pick('code', 'container_id'),
      result: present('outputs'),
    },
    image_generation_call: {
      tool: 'image_generation',
      call: pick('action', 'background', 'output_format', 'quality', 'revised_prompt', 'size'),
      result: generatedImage,
    },
    computer_call: { tool: 'computer', call: pick('action', 'actions', 'pending_safety_checks') },
    computer_call_output: { tool: 'computer', result: computerOutput },
    local_shell_call: { tool: 'local_shell', call: pick('action') },
    local_shell_call_output: { tool: 'local_shell', result: pick('output', 'status') },
    shell_call: { tool: 'shell', call: pick('action') },
    shell_call_output: { tool: 'shell', result: pick('output', 'status') },
    apply_patch_call: { tool: 'apply_patch', call: pick('operation') },
    apply_patch_call_output: { tool: 'apply_patch', result: pick('output', 'status') },
    mcp_call: { tool: 'mcp', name: itemName, call: mcpCall, result: present('output', 'error') },
    mcp_list_tools: { tool: 'mcp_list_tools', call: pick('server_label'), result: present('tools', 'error') },
    mcp_approval_request: { tool: 'mcp_approval_request', name: itemName, call: mcpCall },
    tool_search_call: { tool: 'tool_search', call: pick('arguments', 'execution') },
    tool_search_output: { tool: 'tool_search', result: ({ tools }) => ({ tools: toolDefinitions(tools) }) },
    program: { tool: 'program', call: pick('code') },
    program_output: { tool: 'program', result: pick('result', 'status') },
    multi_agent_call: { tool: 'multi_agent', name: ({ action }) => text(action), call: multiAgentCall },
    multi_agent_call_output: { tool: 'multi_agent', result: ({ output }) => ({ output: itemContent(output) }) },
  }),
);

/** The parts of an item of one of the API's own tools; `undefined` for any other item. */
export function serverToolParts(type: string, item: Fields): MessagePart[] | undefined {
  const row = SERVER_TOOLS.get(type);
  if (row === undefined) return undefined;
  const { tool, name, call, result } = row;
  const callId = text(item['call_id']) ?? text(item['id']);
  const id = callId === undefined ? undefined : { id: callId };
  const parts: MessagePart[] = [];
  if (call !== undefined) {
    const details = { ...call(item), type: tool };
    parts.push({ type: 'server_tool_call', ...id, name: name?.(item) || tool, server_tool_call: details });
  }
  const outcome = result?.(item) ?? (item['status'] === 'failed' ? { status: 'failed' } : undefined);
  if (outcome !== undefined) {
    parts.push({ type: 'server_tool_call_response', ...id, server_tool_call_response: { ...outcome, type: tool } });
  }
  return parts;
}

function pick(...names: readonly string[]): (item: Fields) => Fields {
  return (item) => {
    const picked: Record<string, unknown> = {};
    for (const name of names) if (item[name] !== undefined && item[name] !== null) picked[name] = item[name];
    return picked;
  };
}

/** As {@link pick}, and `undefined` when the item has none of the fields. */
function present(...names: readonly string[]): (item: Fields) => Fields | undefined {
  const picker = pick(...names);
  return (item) => {
    const picked = picker(item);
    return Object.keys(picked).length === 0 ? undefined : picked;
  };
}

function itemName(item: Fields): string | undefined {
  return text(item['name']);
}

function webSearchAction(item: Fields): Fields {
  const { sources: _sources, ...action } = fields(item['action']);
  return { action };
}

function webSearchSources(item: Fields): Fields | undefined {
  const { sources } = fields(item['action']);
  return Array.isArray(sources) ? { sources: list(sources) } : undefined;
}

function generatedImage(item: Fields): Fields | undefined {
  const { result, output_format: format, error } = item;
  if (typeof result !== 'string') return present('error')({ error });
  const mimeType = typeof format === 'string' ? { mime_type: MIME_TYPES[format] ?? `image/${format}` } : undefined;
  return { image: { type: 'blob', modality: 'image', ...mimeType, content: result } };
}
const MIME_TYPES: Readonly<Record<string, string | undefined>> = { svg: 'image/svg+xml' };

function computerOutput(item: Fields): Fields {
  return { output: screenshot(item['output']) ?? null };
}

function mcpCall(item: Fields): Fields {
  return { ...pick('server_label')(item), arguments: parsedJson(item['arguments']) };
}

function multiAgentCall(item: Fields): Fields {
  return { ...pick('action')(item), arguments: parsedJson(item['arguments']) };
}
