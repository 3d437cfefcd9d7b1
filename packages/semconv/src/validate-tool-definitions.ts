import { allowString, requireName } from './validate-field.js';
import type { FieldCheck } from './validate-field.js';
import { isFields, validateList } from './validate-structured-value.js';
import type { EntryCheck } from './validate-structured-value.js';
import { describeKind } from './validation-problem.js';
import type { ValidationProblem } from './validation-problem.js';

/**
 * Checks a value of `gen_ai.tool.definitions`. The parameters of a function are checked as far as they must be a JSON Schema
 * with well-formed `type`, `properties` and `required` at the top, not deeper.
 *
 * @param value - A list of tool definitions, or that list as a JSON string
 * @returns What is wrong, without content; empty when nothing is. Never throws
 * @see OpenTelemetry GenAI conventions, JSON schema of the tool definitions
 */
export function validateToolDefinitions(value: unknown): readonly ValidationProblem[] {
  return validateList(value, 'list of tool definitions', checkTool);
}

const checkTool: EntryCheck = (tool, path, problems) => {
  requireName(tool, 'type', path, problems);
  if (isFields(tool['function']) && tool['name'] === undefined) {
    // The shape of OpenAI's chat completions.
    problems.push({ path: `${path}.name`, expected: 'fields of the function at the top', got: 'object `function`' });
    return;
  }
  requireName(tool, 'name', path, problems);
  if (tool['type'] !== 'function') return;
  allowString(tool, 'description', path, problems);
  allowJsonSchema(tool, 'parameters', path, problems);
};

const allowJsonSchema: FieldCheck = (tool, field, path, problems) => {
  const schema = tool[field];
  if (schema === undefined || schema === null || typeof schema === 'boolean') return;
  const at = `${path}.${field}`;
  if (!isFields(schema)) {
    problems.push({ path: at, expected: 'JSON Schema, null or nothing', got: describeKind(schema) });
    return;
  }
  const { type, properties, required } = schema;
  if (type !== undefined && !isSchemaType(type)) {
    const got = typeof type === 'string' && type !== '' ? 'string that is none of them' : describeKind(type);
    problems.push({ path: `${at}.type`, expected: `one or several of ${[...SCHEMA_TYPES].join(', ')}`, got });
  }
  if (properties !== undefined && !isFields(properties)) {
    problems.push({ path: `${at}.properties`, expected: 'object', got: describeKind(properties) });
  }
  if (required !== undefined && !isStringArray(required)) {
    problems.push({ path: `${at}.required`, expected: 'array of strings', got: describeKind(required) });
  }
};

// The types of JSON Schema draft-07.
const SCHEMA_TYPES: ReadonlySet<unknown> = new Set([
  'array',
  'boolean',
  'integer',
  'null',
  'number',
  'object',
  'string',
]);

function isSchemaType(type: unknown): boolean {
  if (!Array.isArray(type)) return SCHEMA_TYPES.has(type);
  return type.length > 0 && type.every((one) => SCHEMA_TYPES.has(one));
}

function isStringArray(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
