import { BOOLEAN_FACTS, INTEGER_FACTS, NUMBER_FACTS, STRING_FACTS, STRING_LIST_FACTS } from './facts.js';
import { parseJson } from './shapes/json.js';

/** The value of a fact that one attribute holds as it is. */
export type Scalar = string | number | boolean | readonly string[];

/** From an attribute's value to that of a fact; `undefined`: not readable. */
export type ReadScalar = (value: unknown) => Scalar | undefined;

const TYPES: ReadonlyMap<string, ReadScalar> = new Map<string, ReadScalar>([
  ...STRING_FACTS.map((name) => [name, asString] as const),
  ...INTEGER_FACTS.map((name) => [name, asInteger] as const),
  ...NUMBER_FACTS.map((name) => [name, asNumber] as const),
  ...BOOLEAN_FACTS.map((name) => [name, asBoolean] as const),
  ...STRING_LIST_FACTS.map((name) => [name, asStrings] as const),
]);

/** How the values of a fact are read when the dialect does not say otherwise. */
export function readerOf(fact: string): ReadScalar {
  return TYPES.get(fact) ?? unreadable;
}

function unreadable(): undefined {
  return undefined;
}

function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** SDKs of other languages send whole numbers as big integers. */
function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function asInteger(value: unknown): number | undefined {
  const number = asNumber(value);
  return number === undefined ? undefined : Math.round(number);
}

function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** A list of strings, also one that was written as JSON, or a single string that should have been a list. */
export function asStrings(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') {
    const parsed = parseJson(value);
    return Array.isArray(parsed) && parsed.every(isString) ? parsed : [value];
  }
  return Array.isArray(value) && value.every(isString) ? value : undefined;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
