import { asJsonObject, isJsonObject, type JsonObject } from '../json.js';

/** How deep a schema that contains itself is followed before lists stay empty and `null` is preferred. */
const MAX_DEPTH = 8;

/**
 * A value that fits a JSON Schema, the same each time: what a model would answer to a structured-output request.
 * Covers what the client's helpers produce: types, `enum`, `const`, `anyOf`, local `$ref`, nested and recursive objects.
 */
export function sampleOfSchema(schema: unknown): unknown {
  return sample(schema, { root: schema, depth: 0 });
}

interface Place {
  /** What a local reference starts from. */
  readonly root: unknown;
  readonly depth: number;
}

function sample(schema: unknown, place: Place): unknown {
  if (!isJsonObject(schema)) return null;
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  const inside = { ...place, depth: place.depth + 1 };
  if (typeof schema['$ref'] === 'string') return sample(resolve(schema['$ref'], place.root), inside);
  const choices: unknown = schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf'];
  if (Array.isArray(choices)) return sample(choices.at(place.depth > MAX_DEPTH ? -1 : 0), inside);
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'object':
      return sampleOfObject(asJsonObject(schema['properties']), inside);
    case 'array':
      return place.depth > MAX_DEPTH ? [] : [sample(schema['items'], inside)];
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

function sampleOfObject(properties: JsonObject, place: Place): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, sample(schema, place)]));
}

function resolve(reference: string, root: unknown): unknown {
  let target = root;
  for (const step of reference.split('/').slice(1)) target = asJsonObject(target)[step];
  return target;
}
