import { types } from 'node:util';
import { OptionError, expectBoolean } from '@genspan/span-processor-base';
import type { ParsedAttributeTest } from './attribute-test.js';
import { expectObjectWith } from './parse-object.js';

const TESTS = ['equals', 'in', 'regex', 'range', 'exists'];

type Scalar = string | number | boolean;

/**
 * Checks the test of one attribute.
 *
 * @throws OptionError for anything that cannot hold or is not a test.
 */
export function parseAttributeTest(option: string, value: unknown): ParsedAttributeTest {
  const given = expectObjectWith(option, value, TESTS);
  const { equals, in: anyOf, regex, range, exists } = given;
  const test: ParsedAttributeTest = {
    ...(equals === undefined ? undefined : { equals: expectScalar(`${option}.equals`, equals) }),
    ...(anyOf === undefined ? undefined : { in: expectScalars(`${option}.in`, anyOf) }),
    ...(regex === undefined ? undefined : { regex: parseRegex(`${option}.regex`, regex) }),
    ...(range === undefined ? undefined : { range: parseRange(`${option}.range`, range) }),
    ...(exists === undefined ? undefined : { exists: expectBoolean(`${option}.exists`, exists) }),
  };
  const tests = Object.keys(test).length;
  if (tests === 0) throw new OptionError(option, `to have at least one of ${TESTS.join(', ')}`, value);
  if (test.exists === false && tests > 1) {
    throw new OptionError(option, 'to have nothing beside `exists: false`, which no value can satisfy', value);
  }
  return Object.freeze(test);
}

function expectScalar(option: string, value: unknown): Scalar {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new OptionError(option, 'to be a string, a finite number or a boolean', value);
}

function expectScalars(option: string, value: unknown): readonly Scalar[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OptionError(option, 'to be an array of at least one string, number or boolean', value);
  }
  return Object.freeze(Array.from(value, (item: unknown, index) => expectScalar(`${option}[${index}]`, item)));
}

/** A pattern of our own, without the flags that make `test()` remember where the last match ended. */
function parseRegex(option: string, value: unknown): RegExp {
  try {
    if (types.isRegExp(value)) return new RegExp(value.source, value.flags.replace(/[dgy]/g, ''));
    if (typeof value === 'string' && value !== '') return new RegExp(value);
  } catch {
    // Its message would repeat the pattern.
  }
  throw new OptionError(option, 'to be a regular expression that compiles, or its source', value);
}

function parseRange(option: string, value: unknown): { readonly min?: number; readonly max?: number } {
  const { min, max } = expectObjectWith(option, value, ['min', 'max']);
  if (min === undefined && max === undefined) throw new OptionError(option, 'to have `min` or `max`', value);
  const range = {
    ...(min === undefined ? undefined : { min: expectFinite(`${option}.min`, min) }),
    ...(max === undefined ? undefined : { max: expectFinite(`${option}.max`, max) }),
  };
  if (range.min !== undefined && range.max !== undefined && range.min > range.max) {
    throw new OptionError(`${option}.max`, 'to be at least `min`', range.max);
  }
  return Object.freeze(range);
}

function expectFinite(option: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new OptionError(option, 'to be a finite number', value);
}
