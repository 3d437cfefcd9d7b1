import type { AttributeValue } from '@opentelemetry/api';
import type { Dialect, MappingSource, ScalarRow } from './dialect.js';
import { BOOLEAN_FACTS, INTEGER_FACTS, NUMBER_FACTS, STRING_FACTS, STRING_LIST_FACTS } from './facts.js';
import type { Facts, ScalarFactName } from './facts.js';
import type { GenAIRecord } from './genai-record.js';
import type { MappingTarget } from './mapping-target.js';

type Scalar = string | number | boolean | readonly string[];

/** Reads all that a span says in a dialect. */
export function readDialect(dialect: Dialect, source: MappingSource, record: GenAIRecord): void {
  const consumed = new Set<string>();
  for (const row of dialect.scalars) {
    if (row.direction === 'write') continue;
    const value = source.attributes[row.key];
    if (value === undefined) continue;
    consumed.add(row.key);
    const fact = row.read === undefined ? ofType(row.fact, value) : row.read(value);
    if (fact === undefined) record.lose(row.key, 'its value is not of the type that the dialect gives it');
    else record.set(row.fact, fact as Facts[ScalarFactName], row.key);
  }
  dialect.read?.(source, record, (key) => consumed.add(key));
  for (const key of Object.keys(source.attributes)) {
    if (consumed.has(key) || !dialect.prefixes.some((prefix) => key.startsWith(prefix))) continue;
    record.lose(key, 'it has no counterpart in other dialects');
  }
}

/** Writes all that is known in a dialect, and notes what has no place there. */
export function writeDialect(dialect: Dialect, record: GenAIRecord, target: MappingTarget): void {
  for (const row of dialect.scalars) {
    if (row.direction === 'read') continue;
    const fact = record.get(row.fact);
    if (fact === undefined) continue;
    const value = write(row, fact);
    if (value !== undefined) target.write(row.key, value, row.fact);
  }
  dialect.write?.(record, target);
  for (const name of record.names()) {
    if (!target.isCarried(name)) target.lose(name, `${dialect.name} has no place for it`);
  }
}

function write(row: ScalarRow, fact: Scalar): AttributeValue | undefined {
  const convert = row.write as ((value: Scalar) => AttributeValue | undefined) | undefined;
  if (convert !== undefined) return convert(fact);
  return typeof fact === 'object' ? [...fact] : fact;
}

const TYPES = new Map<string, (value: unknown) => Scalar | undefined>([
  ...STRING_FACTS.map((name) => [name, asString] as const),
  ...INTEGER_FACTS.map((name) => [name, asInteger] as const),
  ...NUMBER_FACTS.map((name) => [name, asNumber] as const),
  ...BOOLEAN_FACTS.map((name) => [name, asBoolean] as const),
  ...STRING_LIST_FACTS.map((name) => [name, asStrings] as const),
]);

function ofType(name: string, value: unknown): Scalar | undefined {
  return TYPES.get(name)?.(value);
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function asInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : undefined;
}

function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function asStrings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}
