import type { ToolDefinition } from '@genspan/semconv';
import { fields, filled, type Fields } from './untyped.js';

/**
 * Translates a tool that the model may call. Chat completions nest it (`{type: 'function', function: {name}}`),
 * responses do not; the conventions want `name` at the top level.
 */
export function toolDefinition(value: unknown): ToolDefinition | undefined {
  const tool = fields(value);
  const type = filled(tool['type']);
  if (type === undefined) return undefined;
  if (type === 'function') return functionTool(tool);
  // A custom tool nests like a function; what the provider runs itself (web search, MCP …) has no name but its type.
  const nested = fields(tool[type]);
  const name = filled(tool['name']) ?? filled(nested['name']) ?? filled(tool['server_label']) ?? type;
  return { ...withoutCredentials(tool), type, name };
}

function functionTool(tool: Fields): ToolDefinition | undefined {
  const definition = 'function' in tool ? fields(tool['function']) : tool;
  const name = filled(definition['name']);
  if (name === undefined) return undefined;
  const { description, parameters } = definition;
  return {
    type: 'function',
    name,
    ...(typeof description === 'string' ? { description } : undefined),
    ...(typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters)
      ? { parameters: fields(parameters) }
      : undefined),
  };
}

/** An MCP tool carries the credentials of its server, which are not content but keys. */
function withoutCredentials(tool: Fields): Fields {
  if (!('headers' in tool) && !('authorization' in tool)) return tool;
  const { headers: _headers, authorization: _authorization, ...rest } = tool;
  return rest;
}
