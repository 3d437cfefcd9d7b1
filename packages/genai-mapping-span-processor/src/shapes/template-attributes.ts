import type { AttributeValue } from '@opentelemetry/api';
import { putAttribute } from '../copy-attributes.js';
import type { MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { jsonOf } from './json.js';

/** Facts that are spread over attributes, one for each key; their names are the prefix without its last dot. */
export type TemplateName = 'gen_ai.prompt.variable' | 'genspan.metadata';

const DOT = 46;

/** Reads the attributes `<name>.<key>` into one fact for each name. */
export function readTemplates(
  names: readonly TemplateName[],
  { attributes }: MappingSource,
  record: GenAIRecord,
  consume: (key: string) => void,
): void {
  for (const key in attributes) {
    for (const name of names) {
      // The dot first: it is there in few keys.
      if (key.charCodeAt(name.length) !== DOT || !key.startsWith(name)) continue;
      if (attributes[key] === undefined || record.has(name)) continue;
      readTemplate(name, attributes, record, consume);
    }
  }
}

function readTemplate(
  name: TemplateName,
  attributes: MappingSource['attributes'],
  record: GenAIRecord,
  consume: (key: string) => void,
): void {
  const prefix = `${name}.`;
  const values: Record<string, unknown> = {};
  const sources: string[] = [];
  for (const key of Object.keys(attributes)) {
    if (!key.startsWith(prefix) || attributes[key] === undefined) continue;
    consume(key);
    sources.push(key);
    putAttribute(values, key.slice(prefix.length), attributes[key]);
  }
  record.set(name, values, ...sources);
}

/** Writes one attribute for each key. */
export function writeTemplate(name: TemplateName, record: GenAIRecord, target: MappingTarget): void {
  const values = record.get(name);
  if (values === undefined) return;
  target.carry(name);
  for (const key of Object.keys(values)) {
    const value = values[key];
    const isPlain =
      typeof value === 'string' || isKept(name, value) || target.source.attributes[`${name}.${key}`] === value;
    target.write(`${name}.${key}`, isPlain ? (value as AttributeValue) : jsonOf(value), name);
  }
}

/** Metadata may be of any type, where the conventions want texts for variables. */
function isKept(name: TemplateName, value: unknown): boolean {
  return name === 'genspan.metadata' && (typeof value === 'boolean' || Number.isFinite(value));
}
