import type { ToolDefinition } from '@genspan/semconv';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields, jsonOf, parseJson, structureOf } from './json.js';

type Attributes = Readonly<Record<string, unknown>>;

const TOOLS = 'ai.prompt.tools';

/**
 * Reads a tool that a model may call, of any version: its schema is `parameters` up to version 4, `inputSchema` since, also in
 * the GenAI form of version 7.
 *
 * @returns `undefined` when it is none
 */
export function readVercelTool(tool: unknown): ToolDefinition | undefined {
  if (!isFields(tool) || typeof tool['name'] !== 'string' || tool['name'] === '') return undefined;
  const { name, type = 'function' } = tool;
  if (typeof type !== 'string' || type === '') return undefined;
  if (type !== 'function') return { ...tool, type, name, ...argsOf(tool) };
  const { inputSchema, parameters = inputSchema, description, ...others } = tool;
  const isSchema = isFields(parameters) || typeof parameters === 'boolean';
  return {
    ...others,
    type,
    name,
    ...(typeof description === 'string' ? { description } : {}),
    ...(isSchema ? { parameters } : {}),
  };
}

/** What a tool of the provider is set up with, without the credentials of an MCP server: those are keys, not content. */
function argsOf(tool: Readonly<Record<string, unknown>>): { args?: unknown } {
  if (!isFields(tool['args'])) return {};
  const { headers: _headers, authorization: _authorization, ...args } = tool['args'];
  return { args };
}

/** Reads `ai.prompt.tools`, a list of JSON texts. */
export function readVercelTools(attributes: Attributes, record: GenAIRecord, consume: (key: string) => void): void {
  const value = attributes[TOOLS];
  if (value === undefined) return;
  consume(TOOLS);
  const structure = structureOf(value);
  const list: readonly unknown[] = Array.isArray(structure) ? structure : [structure];
  const tools = list.flatMap((item) => readVercelTool(typeof item === 'string' ? parseJson(item) : item) ?? []);
  if (tools.length < list.length) record.lose(TOOLS, 'a tool is not readable');
  if (tools.length > 0 || list.length === 0) record.set('gen_ai.tool.definitions', tools, TOOLS);
}

/** Writes `ai.prompt.tools` as version 5 and later have it. */
export function writeVercelTools(record: GenAIRecord, target: MappingTarget): void {
  const tools = record.get('gen_ai.tool.definitions');
  if (tools === undefined) return;
  const texts = (tools as readonly unknown[]).map((tool) => {
    if (!isFields(tool) || tool['type'] !== 'function') return jsonOf(tool);
    const { parameters, ...others } = tool;
    return jsonOf(parameters === undefined ? others : { ...others, inputSchema: parameters });
  });
  target.write(TOOLS, texts, 'gen_ai.tool.definitions');
}
