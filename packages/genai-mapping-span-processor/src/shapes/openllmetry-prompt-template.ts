import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { jsonOf } from './json.js';

const PREFIX = 'traceloop.prompt.template_variables.';
const FACT = 'gen_ai.prompt.variable';

/** Reads the values that a prompt of the registry was filled with. */
export function readTemplateVariables(
  attributes: Readonly<Record<string, unknown>>,
  record: GenAIRecord,
  consume: (key: string) => void,
): void {
  let variables: Record<string, unknown> | undefined;
  const sources: string[] = [];
  for (const key of Object.keys(attributes)) {
    if (!key.startsWith(PREFIX) || key.length === PREFIX.length) continue;
    consume(key);
    (variables ??= Object.create(null) as Record<string, unknown>)[key.slice(PREFIX.length)] = attributes[key];
    sources.push(key);
  }
  if (variables !== undefined) record.set(FACT, variables, ...sources);
}

export function writeTemplateVariables(record: GenAIRecord, target: MappingTarget): void {
  const variables = record.get(FACT);
  for (const [name, value] of Object.entries(variables ?? {})) {
    if (typeof value === 'string') target.write(PREFIX + name, value, FACT);
    else {
      target.write(PREFIX + name, jsonOf(value), FACT);
      target.lose(FACT, 'a value that is no text becomes its JSON');
    }
  }
}
