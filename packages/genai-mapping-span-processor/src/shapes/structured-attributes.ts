import type { AttributeValue } from '@opentelemetry/api';
import type { MappingSource } from '../dialect.js';
import type { Facts, StructuredFacts } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import {
  readInputMessages,
  readOutputMessages,
  readSystemInstructions,
  UNKNOWN_FINISH_REASON,
} from './genai-messages.js';
import type { OnProblem } from './genai-messages.js';
import { readDocuments, readToolDefinitions } from './genai-structures.js';
import { jsonOf } from './json.js';

/** Facts that one attribute of their own name holds as JSON, or as a structure with SDK 3. */
export type StructuredName = Exclude<
  keyof StructuredFacts,
  'gen_ai.prompt.variable' | 'genspan.metadata' | 'embeddings.input' | 'evaluations' | 'rerank.documents'
>;

type Decode<Name extends StructuredName> = (value: unknown, onProblem: OnProblem) => Facts[Name] | undefined;

// Exhaustive by its type.
const DECODE: { [Name in StructuredName]: Decode<Name> } = {
  'gen_ai.system_instructions': readSystemInstructions,
  'gen_ai.input.messages': readInputMessages,
  'gen_ai.output.messages': readOutputMessages,
  'gen_ai.tool.definitions': readToolDefinitions,
  'gen_ai.retrieval.documents': readDocuments,
  'gen_ai.tool.call.arguments': (value) => value,
  'gen_ai.tool.call.result': (value) => value,
};

/** All facts that one attribute holds as JSON. */
export const STRUCTURED_NAMES = Object.keys(DECODE) as readonly StructuredName[];

/** Reads the structured facts among `attributes`, which are those of `source` or of an event of that name. */
export function readStructures(
  attributes: MappingSource['attributes'],
  record: GenAIRecord,
  consume: (key: string) => void,
  eventName?: string,
): void {
  for (const name of STRUCTURED_NAMES) {
    const value = attributes[name];
    if (value === undefined || value === null) continue;
    const key = eventName ?? name;
    consume(key);
    readStructure(name, value, key, record);
  }
}

function readStructure<Name extends StructuredName>(
  name: Name,
  value: unknown,
  source: string,
  record: GenAIRecord,
): void {
  if (isToolContent(name) && !mayBeStructure(value)) {
    // A text, a number or a switch: what it says is not JSON.
    record.set(name, value as Facts[Name], source);
    return;
  }
  const decode = DECODE[name];
  record.setStructure(name, value, (structure) => decode(structure, (reason) => record.lose(source, reason)), source);
}

/**
 * Writes the structured facts under their own names, as JSON. What is there already in the current form stays as it is.
 *
 * @param names - those that the dialect has
 */
export function writeStructures(record: GenAIRecord, target: MappingTarget, names: readonly StructuredName[]): void {
  for (const name of names) {
    if (!record.has(name)) continue;
    const original = record.original(name);
    if (original !== undefined && target.source.attributes[name] === original && !hasPlaceholder(original)) {
      target.write(name, original as AttributeValue, name);
    } else writeStructure(name, record, target);
  }
}

function writeStructure(name: StructuredName, record: GenAIRecord, target: MappingTarget): void {
  const value = record.get(name);
  if (value === undefined) return;
  if (isToolContent(name)) {
    target.write(name, typeof value === 'string' ? value : jsonOf(value), name);
    return;
  }
  // Whatever dialect it was read from: only what is valid is written.
  const valid = DECODE[name](value, (reason) => target.lose(name, reason));
  if (valid !== undefined) target.write(name, jsonOf(valid), name);
}

/** Whether messages may have a word that an older version wants where no finish reason is known. */
function hasPlaceholder(original: unknown): boolean {
  return typeof original === 'string' && original.includes(`"${UNKNOWN_FINISH_REASON}"`);
}

function isToolContent(name: StructuredName): boolean {
  return name === 'gen_ai.tool.call.arguments' || name === 'gen_ai.tool.call.result';
}

function mayBeStructure(value: unknown): boolean {
  return typeof value === 'string' ? /^\s*[[{]/.test(value) : typeof value === 'object';
}
