import { validateToolDefinitions } from '@genspan/semconv';
import type { ToolDefinition } from '@genspan/semconv';
import type { FactWriter } from './fact-writer.js';
import { entriesOf, nestAttributes } from './indexed-attributes.js';
import { isFields, jsonOf, structureOf } from './json.js';

type Fields = Readonly<Record<string, unknown>>;

const UNDERSTOOD: ReadonlySet<string> = new Set(['json_schema', 'name', 'description']);

/** Writes what tools the model was offered, nested as OpenAI's chat completions have it. */
export function writeTools(out: FactWriter, tools: readonly ToolDefinition[]): void {
  let index = 0;
  for (const tool of tools as readonly unknown[]) {
    if (isFields(tool)) out.write(`llm.tools.${index++}.tool.json_schema`, jsonOf(nested(tool)));
    else out.lose('it has definitions that are none');
  }
}

/** Writes the one tool that a span runs. */
export function writeRunTool(out: FactWriter, tool: ToolDefinition): void {
  out.write('tool.json_schema', jsonOf(isFields(tool) ? nested(tool) : tool));
}

/**
 * Reads what tools the model was offered, or which one the span runs.
 *
 * @param consume - told of each key that was understood
 * @returns `undefined` when there is none
 */
export function readTools(attributes: Fields, consume: (key: string) => void): ToolDefinition[] | undefined {
  const tools: ToolDefinition[] = [];
  const entries = nestAttributes(attributes, 'llm.tools.', (key) => {
    if (UNDERSTOOD.has(key.slice(key.lastIndexOf('.') + 1))) consume(key);
  });
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
  const whole = isFields(value) ? value : {};
  const { function: called, toolSpec } = whole;
  const inner = isFields(called) ? called : isFields(toolSpec) ? toolSpec : undefined;
  const fields = inner ?? whole;
  const ownName = fields['name'] ?? name ?? (typeof whole['type'] === 'string' ? whole['type'] : undefined);
  if (typeof ownName !== 'string' || ownName === '') return undefined;
  const type = inner === undefined && isToolType(whole, fields) ? String(whole['type']) : 'function';
  const parameters = type === 'function' ? parametersOf(whole, fields) : undefined;
  const said = fields['description'] ?? description;
  const tool: ToolDefinition =
    type === 'function'
      ? {
          type,
          name: ownName,
          ...(typeof said === 'string' ? { description: said } : {}),
          ...(parameters === undefined ? {} : { parameters }),
        }
      : { ...whole, type, name: ownName };
  if (validateToolDefinitions([tool]).length === 0) return tool;
  return { type: 'function', name: ownName };
}

/** A definition of a tool that is no function, such as one that the provider runs, stays as it is. */
function nested(tool: Fields): Fields {
  const { type, ...definition } = tool;
  if (type !== undefined && type !== 'function') return tool;
  return isFields(tool['function']) ? tool : { type: 'function', function: definition };
}

function parametersOf(whole: Fields, fields: Fields): Readonly<Record<string, unknown>> | boolean | undefined {
  const { parameters, input_schema: snake, inputSchema: camel } = fields;
  const schema = parameters ?? snake ?? (isFields(camel) && isFields(camel['json']) ? camel['json'] : camel);
  if (isFields(schema) || typeof schema === 'boolean') return schema;
  return whole['type'] === 'object' && fields === whole ? whole : undefined;
}

/** Whether `type` says what kind of tool it is: not `custom` of Anthropic's functions, not the type of a bare schema. */
function isToolType(whole: Fields, fields: Fields): boolean {
  const { type } = whole;
  if (typeof type !== 'string' || type === '' || type === 'function' || type === 'object') return false;
  return type !== 'custom' || fields['input_schema'] === undefined;
}
