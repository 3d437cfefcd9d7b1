import { validateToolDefinitions } from '@genspan/semconv';
import type { ToolDefinition } from '@genspan/semconv';
import type { RetrievalDocument } from '../facts.js';
import type { OnProblem } from './genai-messages.js';
import { isFields } from './json.js';

const BAD_TOOL = 'the definition of a tool has no name';
const BAD_DOCUMENT = 'a document is not an object';

/** Tool definitions as the current conventions want them; those nested as OpenAI nests them, or without a type, are mended. */
export function readToolDefinitions(value: unknown, onProblem: OnProblem): readonly ToolDefinition[] | undefined {
  if (typeof value === 'string') return undefined;
  if (validateToolDefinitions(value).length === 0) return value as ToolDefinition[];
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((tool: unknown) => {
    const mended = mendTool(tool);
    if (isTool(mended)) return [mended];
    onProblem(BAD_TOOL);
    return [];
  });
}

function isTool(value: unknown): value is ToolDefinition {
  return validateToolDefinitions([value]).length === 0;
}

function mendTool(tool: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!isFields(tool)) return undefined;
  const { function: nested, ...rest } = tool;
  const flat = isFields(nested) ? { ...rest, ...nested, type: 'function' } : rest;
  const { type, parameters, inputSchema, input_schema: schema, ...others } = flat as Record<string, unknown>;
  const given = parameters ?? inputSchema ?? schema;
  return {
    ...others,
    type: typeof type === 'string' && type !== '' ? type : 'function',
    ...(given === undefined ? {} : { parameters: given }),
  };
}

/** Documents that a retrieval found. */
export function readDocuments(value: unknown, onProblem: OnProblem): readonly RetrievalDocument[] | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.every(isDocument)) return value;
  return value.flatMap((document: unknown) => {
    if (isDocument(document)) return [document];
    if (!isFields(document)) {
      onProblem(BAD_DOCUMENT);
      return [];
    }
    const { id, score, ...rest } = document;
    return [
      {
        ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
        ...(typeof score === 'number' ? { score } : {}),
        ...rest,
      },
    ];
  });
}

function isDocument(value: unknown): value is RetrievalDocument {
  if (!isFields(value)) return false;
  const { id, score } = value;
  return (id === undefined || typeof id === 'string') && (score === undefined || typeof score === 'number');
}
