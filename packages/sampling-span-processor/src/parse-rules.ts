import { OptionError, expectNonEmptyString, expectRatio } from '@genspan/span-processor-base';
import { CONDITION_OPTIONS, notKnownAtStart, parseConditions } from './parse-conditions.js';
import type { DecidedAt, ParsedConditions } from './parse-conditions.js';
import { expectObjectWith, quoteName } from './parse-object.js';

/** Checked adaptive options, complete. */
export interface ParsedAdaptive {
  readonly targetTracesPerSecond: number;
  readonly minRate: number;
}

/** A checked rule, complete and frozen. */
export interface ParsedRule {
  readonly name: string;
  /** 0 to 1. */
  readonly rate: number;
  readonly maxTracesPerSecond: number | undefined;
  readonly adaptive: ParsedAdaptive | undefined;
  readonly conditions: ParsedConditions;
}

const RULE_OPTIONS = ['name', 'rate', 'maxTracesPerSecond', 'adaptive', ...CONDITION_OPTIONS];

/**
 * Checks a list of rules, which may come from JSON: a regular expression is then its source.
 *
 * @param option - the option's name in messages: `rules`
 * @param value - the list; `undefined` is an empty one
 * @param decidedAt - a condition that is not known then is an error
 * @throws OptionError naming the wrong option, with the rule's index and name: `rules[1] "payments".rate`
 */
export function parseRules(option: string, value: unknown, decidedAt: DecidedAt): readonly ParsedRule[] {
  if (value === undefined) return Object.freeze([]);
  if (!Array.isArray(value)) throw new OptionError(option, 'to be an array of rules', value);
  const taken = new Set<string>();
  return Object.freeze(
    Array.from(value, (rule: unknown, index) => {
      const parsed = parseRule(`${option}[${index}]`, rule, decidedAt);
      if (taken.has(parsed.name)) {
        throw new OptionError(`${option}[${index}].name`, 'to be different from the names of other rules', parsed.name);
      }
      taken.add(parsed.name);
      return parsed;
    }),
  );
}

/**
 * Checks a target of kept traces per second.
 *
 * @throws OptionError unless it is an object with a target above 0
 */
export function parseAdaptive(option: string, value: unknown): ParsedAdaptive {
  const { targetTracesPerSecond, minRate } = expectObjectWith(option, value, ['targetTracesPerSecond', 'minRate']);
  return Object.freeze({
    targetTracesPerSecond: expectTracesPerSecond(`${option}.targetTracesPerSecond`, targetTracesPerSecond),
    minRate: minRate === undefined ? 0 : expectRatio(`${option}.minRate`, minRate),
  });
}

function parseRule(option: string, value: unknown, decidedAt: DecidedAt): ParsedRule {
  const named = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
  const path = typeof named === 'string' && named !== '' ? `${option} ${quoteName(named)}` : option;
  const given = expectObjectWith(path, value, RULE_OPTIONS);
  const name = expectNonEmptyString(`${option}.name`, given.name);
  const rate = given.rate === undefined ? 1 : expectRatio(`${path}.rate`, given.rate);
  const { maxTracesPerSecond } = given;
  if (maxTracesPerSecond !== undefined && decidedAt === 'spanStart') {
    throw notKnownAtStart(`${path}.maxTracesPerSecond`, maxTracesPerSecond);
  }
  const adaptive = given.adaptive === undefined ? undefined : parseAdaptive(`${path}.adaptive`, given.adaptive);
  if (adaptive !== undefined && adaptive.minRate > rate) {
    throw new OptionError(`${path}.adaptive.minRate`, 'to be at most `rate`', adaptive.minRate);
  }
  return Object.freeze({
    name,
    rate,
    maxTracesPerSecond:
      maxTracesPerSecond === undefined
        ? undefined
        : expectTracesPerSecond(`${path}.maxTracesPerSecond`, maxTracesPerSecond),
    adaptive,
    conditions: parseConditions(path, given, decidedAt),
  });
}

function expectTracesPerSecond(option: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw new OptionError(option, 'to be a number greater than 0', value);
}
