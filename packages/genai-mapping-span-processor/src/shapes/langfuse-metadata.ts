import type { AttributeValue } from '@opentelemetry/api';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import type { FactReader } from './fact-reader.js';
import { toFinishReason } from './finish-reasons.js';
import { isFields, jsonOf, structureOf } from './json.js';

const OBSERVATION = 'langfuse.observation.metadata';
const TRACE = 'langfuse.trace.metadata';
/** Langfuse has no place for why the choices of a response ended; among the metadata it can be seen and searched for. */
export const FINISH_REASONS_KEY = `${OBSERVATION}.finish_reasons`;

/** Writes metadata, a key each, and the reasons to stop among them. */
export function writeMetadata(record: GenAIRecord, target: MappingTarget): void {
  const reasons = record.get('gen_ai.response.finish_reasons');
  if (reasons !== undefined && reasons.length > 0) {
    target.write(FINISH_REASONS_KEY, [...reasons], 'gen_ai.response.finish_reasons');
  }
  for (const [name, value] of Object.entries(record.get('genspan.metadata') ?? {})) {
    if (value !== undefined && value !== null)
      target.write(`${OBSERVATION}.${name}`, asAttribute(value), 'genspan.metadata');
  }
  target.carry('genspan.metadata');
}

/** Reads metadata of the observation and, behind it, of the trace: each key apart, or all of them as JSON. */
export function readMetadata({ attributes, record, consume }: FactReader): void {
  const metadata: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  const sources: string[] = [];
  for (const prefix of [OBSERVATION, TRACE]) {
    for (const key of Object.keys(attributes)) {
      if (!key.startsWith(prefix) || attributes[key] === undefined || attributes[key] === null) continue;
      const value = structureOf(attributes[key]) ?? attributes[key];
      const name = key.charAt(prefix.length) === '.' ? key.slice(prefix.length + 1) : '';
      if (name === '' && !(key === prefix && isFields(value))) continue;
      consume(key);
      if (key === FINISH_REASONS_KEY && isTexts(value)) {
        record.set('gen_ai.response.finish_reasons', value.map(toFinishReason), key);
        continue;
      }
      sources.push(key);
      for (const [member, item] of name === '' ? Object.entries(value) : [[name, value] as const]) {
        if (!(member in metadata)) metadata[member] = item;
        else if (metadata[member] !== item) record.lose(key, 'metadata of the observation has the same name');
      }
    }
  }
  if (sources.length > 0) record.set('genspan.metadata', metadata, ...sources);
}

function asAttribute(value: unknown): AttributeValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return jsonOf(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}
