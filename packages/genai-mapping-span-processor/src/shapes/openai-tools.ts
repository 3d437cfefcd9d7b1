import type { ToolDefinition } from '@genspan/semconv';
import { fieldsOf, filled } from './openai-content.js';
import type { Fields, Problems } from './openai-content.js';
import { isFields } from './json.js';

/**
 * Reads the tools of a request: those of chat completions nest (`{type: 'function', function: {name}}`), those of responses and
 * of the conventions do not.
 *
 * @param value - a list of tools, a single one or functions of the API's older form
 * @returns `undefined` when there is none
 */
export function readOpenAITools(value: unknown, problems: Problems): ToolDefinition[] | undefined {
  const tools: readonly unknown[] = Array.isArray(value) ? value : isFields(value) ? [value] : [];
  const definitions: ToolDefinition[] = [];
  for (const tool of tools) {
    const definition = readTool(tool, problems);
    if (definition === undefined) problems('a tool without a name has no place');
    else definitions.push(definition);
  }
  return definitions.length === 0 ? undefined : definitions;
}

/** Writes tools as chat completions have them: a function nests. Tools of other kinds are written as they are. */
export function writeOpenAITools(tools: readonly ToolDefinition[]): unknown[] {
  return (tools as readonly unknown[]).map((tool) => {
    if (!isFields(tool) || tool['type'] !== 'function' || isFields(tool['function'])) return tool;
    const { type, ...definition } = tool;
    return { type, function: definition };
  });
}

function readTool(value: unknown, problems: Problems): ToolDefinition | undefined {
  if (!isFields(value)) return undefined;
  const type = filled(value['type']) ?? 'function';
  if (type === 'function') {
    if (!isFields(value['function'])) return readFunction(value);
    if (Object.keys(value).length > 2) problems('what is said of a tool beside its function has no place');
    return readFunction(value['function']);
  }
  // A custom tool nests like a function; what the provider runs itself (web search, MCP …) has no name but its type.
  const nested = fieldsOf(value[type]);
  const name = filled(value['name']) ?? filled(nested['name']) ?? filled(value['server_label']) ?? type;
  return { ...withoutCredentials(value, problems), type, name };
}

function readFunction(definition: Fields): ToolDefinition | undefined {
  const name = filled(definition['name']);
  if (name === undefined) return undefined;
  // Anthropic and the Vercel AI SDK have other words for the parameters.
  const { input_schema: inputSchema, inputSchema: vercelSchema, ...fields } = definition;
  const { description, parameters = inputSchema ?? vercelSchema, ...others } = fields;
  return {
    ...others,
    type: 'function',
    name,
    ...(typeof description === 'string' ? { description } : undefined),
    ...(isFields(parameters) || typeof parameters === 'boolean' ? { parameters } : undefined),
  };
}

/** An MCP tool carries the credentials of its server, which are not content but keys. */
function withoutCredentials(tool: Fields, problems: Problems): Fields {
  if (!('headers' in tool) && !('authorization' in tool)) return tool;
  const { headers: _headers, authorization: _authorization, ...rest } = tool;
  problems('the credentials of a tool are left out');
  return rest;
}
