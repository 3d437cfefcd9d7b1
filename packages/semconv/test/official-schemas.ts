import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import draft07 from 'ajv/dist/refs/json-schema-draft-07.json';

export type SchemaName = 'input-messages' | 'output-messages' | 'system-instructions' | 'tool-definitions';

/** A predicate for one official schema, from the copies in `schemas/`. */
export function officialSchema(
  version: 'current' | 'v1.41.0' | 'v1.37.0',
  name: SchemaName,
): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addMetaSchema(draft07);
  const text = readFileSync(join(__dirname, 'schemas', version, `gen-ai-${name}.json`), 'utf8');
  const validate = ajv.compile(JSON.parse(text) as object);
  return (value) => validate(value);
}
