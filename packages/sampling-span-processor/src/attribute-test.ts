import type { Attributes } from '@opentelemetry/api';
import type { AttributeTest } from './sampling-rule.js';

/** An {@link AttributeTest} that was checked: its pattern is compiled and keeps no state between calls. */
export interface ParsedAttributeTest extends AttributeTest {
  readonly regex?: RegExp;
}

/** What a value, or one value of an array, must be. */
type ValueTest =
  | { readonly type: 'oneOf'; readonly values: ReadonlySet<unknown> }
  | { readonly type: 'regex'; readonly regex: RegExp }
  | { readonly type: 'range'; readonly min: number; readonly max: number };

const HOLDS: { [T in ValueTest['type']]: (test: Extract<ValueTest, { type: T }>, value: unknown) => boolean } = {
  oneOf: (test, value) => test.values.has(value),
  regex: (test, value) => typeof value === 'string' && test.regex.test(value),
  range: (test, value) => typeof value === 'number' && value >= test.min && value <= test.max,
};

/** The test of one attribute, compiled. */
export class CompiledAttributeTest {
  readonly #key: string;
  readonly #exists: boolean;
  readonly #tests: readonly ValueTest[];

  constructor(key: string, { equals, in: anyOf, regex, range, exists }: ParsedAttributeTest) {
    const tests: ValueTest[] = [];
    if (equals !== undefined) tests.push({ type: 'oneOf', values: new Set([equals]) });
    if (anyOf !== undefined) tests.push({ type: 'oneOf', values: new Set(anyOf) });
    if (range !== undefined) tests.push({ type: 'range', min: range.min ?? -Infinity, max: range.max ?? Infinity });
    if (regex !== undefined) tests.push({ type: 'regex', regex });
    this.#key = key;
    this.#exists = exists ?? true;
    this.#tests = tests;
  }

  /** Whether every given test holds. */
  holds(attributes: Attributes): boolean {
    // Own ones only: every object has something called `constructor`.
    const value: unknown = Object.hasOwn(attributes, this.#key) ? attributes[this.#key] : undefined;
    if (value === undefined || value === null) return !this.#exists;
    if (!this.#exists) return false;
    for (const test of this.#tests) if (!valueHolds(test, value)) return false;
    return true;
  }
}

function valueHolds(test: ValueTest, value: unknown): boolean {
  if (!Array.isArray(value)) return holds(test, value);
  for (const item of value as readonly unknown[]) if (holds(test, item)) return true;
  return false;
}

function holds<T extends ValueTest['type']>(test: Extract<ValueTest, { type: T }>, value: unknown): boolean {
  return HOLDS[test.type](test, value);
}
