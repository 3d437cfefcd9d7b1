import { asJsonObject, isJsonObject, type JsonObject } from '../json.js';

/**
 * A value that fits a JSON Schema, the same each time: what a model would answer to a structured-output request.
 * Covers what the client's helpers produce: types, `enum`, `const`, `anyOf`, local `$ref`, required and optional members.
 */
export function sampleOfSchema(schema: unknown, root: unknown = schema): unknown {
  if (!isJsonObject(schema)) return null;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  if (typeof schema['$ref'] === 'string') return sampleOfSchema(resolve(schema['$ref'], root), root);
  const choices = schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf'];
  if (Array.isArray(choices)) return sampleOfSchema(choices[0], root);
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'object':
      return sampleOfObject(asJsonObject(schema['properties']), root);
    case 'array':
      return [sampleOfSchema(schema['items'], root)];
    case 'string':
      return 'Paris';
    case 'integer':
      return 3;
    case 'number':
      return 1.5;
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function sampleOfObject(properties: JsonObject, root: unknown): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, sampleOfSchema(schema, root)]));
}

function resolve(reference: string, root: unknown): unknown {
  let target = root;
  for (const step of reference.split('/').slice(1)) target = asJsonObject(target)[step];
  return target;
}
