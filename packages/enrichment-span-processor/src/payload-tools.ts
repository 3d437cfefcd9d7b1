import { isRecord, parse } from './message-limits-facts.js';

/**
 * JSON of tool definitions with no more than type and name of each, also of OpenAI's shape, where the name is in `function`.
 *
 * @param json - a list of definitions, or one
 * @returns the identical text when it is neither, or holds no more
 */
export function toolNames(json: string): string {
  const value = parse(json);
  if (!Array.isArray(value) && !isRecord(value)) return json;
  const names = Array.isArray(value) ? value.map(nameOf) : nameOf(value);
  const text = JSON.stringify(names);
  // Another layout alone is no change.
  return text === JSON.stringify(value) ? json : text;
}

function nameOf(tool: unknown): unknown {
  if (!isRecord(tool)) return tool;
  const { type, name, function: declared } = tool;
  return {
    ...(typeof type === 'string' && { type }),
    ...(typeof name === 'string' && { name }),
    ...(isRecord(declared) && typeof declared['name'] === 'string' && { function: { name: declared['name'] } }),
  };
}
