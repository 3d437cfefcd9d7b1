import { validateToolDefinitions } from '@genspan/semconv';
import type { ToolDefinition } from '@genspan/semconv';
import type { FactWriter } from './fact-writer.js';
import { entriesOf, nestAttributes } from './indexed-attributes.js';
import { isFields, jsonOf, structureOf } from './json.js';
import { readOpenAITools, writeOpenAITools } from './openai-tools.js';

type Fields = Readonly<Record<string, unknown>>;

const UNDERSTOOD: ReadonlySet<string> = new Set(['json_schema', 'name', 'description']);

/** Writes what tools the model was offered, nested as OpenAI's chat completions have it. */
export function writeTools(out: FactWriter, tools: readonly ToolDefinition[]): void {
  writeOpenAITools(tools).forEach((tool, index) => out.write(`llm.tools.${index}.tool.json_schema`, jsonOf(tool)));
}

/** Writes the one tool that a span runs. */
export function writeRunTool(out: FactWriter, tool: ToolDefinition): void {
  out.write('tool.json_schema', jsonOf(writeOpenAITools([tool])[0]));
}

/**
 * Reads what tools the model was offered, or which one the span runs.
 *
 * @param consume - told of each key that was understood
 * @returns `undefined` when there is none
 */
export function readTools(attributes: Fields, consume: (key: string) => void): ToolDefinition[] | undefined {
  const tools: ToolDefinition[] = [];
  const entries = nestAttributes(attributes, 'llm.tools.', consume, isUnderstood);
  for (const entry of entriesOf(entries)) {
    const fields = isFields(entry) ? entry['tool'] : undefined;
    if (!isFields(fields)) continue;
    const { json_schema: schema, name, description } = fields;
    const tool = readTool(structureOf(schema), name, description);
    if (tool !== undefined) tools.push(tool);
  }
  const run = tools.length === 0 ? structureOf(attributes['tool.json_schema']) : undefined;
  if (run !== undefined) {
    const tool = readTool(run, attributes['tool.name'], attributes['tool.description']);
    if (tool !== undefined) {
      consume('tool.json_schema');
      tools.push(tool);
    }
  }
  return tools.length > 0 ? tools : undefined;
}

/**
 * A definition in whichever provider's shape: of OpenAI (`function` inside or not), Anthropic (`input_schema`), Bedrock
 * (`toolSpec`), or a bare schema of the arguments beside a name.
 *
 * @returns `undefined` when it has no name
 */
export function readTool(value: unknown, name?: unknown, description?: unknown): ToolDefinition | undefined {
  const [tool] = readOpenAITools([inOpenAIShape(value, name, description)], () => undefined) ?? [];
  if (tool === undefined || validateToolDefinitions([tool]).length === 0) return tool;
  return { type: 'function', name: tool.name };
}

function inOpenAIShape(value: unknown, name: unknown, description: unknown): Fields {
  const whole = isFields(value) ? value : {};
  const { toolSpec, type } = whole;
  if (isFields(toolSpec)) {
    const { inputSchema, ...spec } = toolSpec;
    return { ...spec, parameters: isFields(inputSchema) ? inputSchema['json'] : undefined };
  }
  const isSchema =
    type === 'object' || (type === undefined && whole['name'] === undefined && !isFields(whole['function']));
  return isSchema ? { name, description, parameters: value } : whole;
}

function isUnderstood(key: string): boolean {
  return UNDERSTOOD.has(key.slice(key.lastIndexOf('.') + 1));
}
