import type { SpanKind } from '@opentelemetry/api';
import {
  OptionError,
  expectBoolean,
  expectInteger,
  expectNonEmptyStrings,
  expectNumber,
  expectOneOf,
} from '@genspan/span-processor-base';
import type { ParsedAttributeTest } from './attribute-test.js';
import { parseAttributeTest } from './parse-attribute-test.js';
import { expectObject, expectObjectWith, quoteName } from './parse-object.js';
import type { SamplingConditions } from './sampling-rule.js';

/** When a rule is tried: as a span starts, by what its creator says of it; or at the end, by the whole trace. */
export type DecidedAt = 'spanStart' | 'spanEnd';

/** Checked conditions: only the given ones, frozen. */
export interface ParsedConditions extends SamplingConditions {
  readonly attributes?: Readonly<Record<string, ParsedAttributeTest>>;
  readonly not?: ParsedConditions;
}

/** Options that are conditions of their own; `matchNamesIn` only says how to take `matchNames`. */
export type ConditionName = Exclude<ConditionOption, 'matchNamesIn'>;

type ConditionOption = keyof SamplingConditions;

/** How one option is checked. */
interface OptionParser<K extends ConditionOption> {
  readonly knownAtStart: boolean;
  /** @throws OptionError naming `option` */
  readonly parse: (
    option: string,
    value: unknown,
    decidedAt: DecidedAt,
    depth: number,
  ) => NonNullable<ParsedConditions[K]>;
}

const KINDS = ['INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const satisfies (keyof typeof SpanKind)[];

/** Deepest `not` in `not`: JSON could nest it until the stack overflows. */
const MAX_DEPTH = 8;

const names = { knownAtStart: true, parse: parseStrings };
const flagAtEnd = { knownAtStart: false, parse: expectBoolean };
const amountAtEnd = { knownAtStart: false, parse: (option: string, value: unknown) => expectNumber(option, value) };
const tokensAtEnd = { knownAtStart: false, parse: (option: string, value: unknown) => expectInteger(option, value, 0) };

const PARSERS: { readonly [K in ConditionOption]: OptionParser<K> } = {
  matchError: flagAtEnd,
  matchNames: names,
  matchNamesIn: {
    knownAtStart: true,
    parse: (option, value) => expectOneOf(option, value, ['anySpan', 'localRoot']),
  },
  matchTags: names,
  kinds: { knownAtStart: true, parse: parseKinds },
  minDurationMillis: amountAtEnd,
  minTotalTokens: tokensAtEnd,
  minInputTokens: tokensAtEnd,
  minOutputTokens: tokensAtEnd,
  minCostUsd: amountAtEnd,
  models: names,
  providers: names,
  operations: names,
  finishReasons: { knownAtStart: false, parse: parseStrings },
  toolErrors: flagAtEnd,
  minTimeToFirstChunkMillis: amountAtEnd,
  minSpans: { knownAtStart: false, parse: (option, value) => expectInteger(option, value) },
  attributes: { knownAtStart: true, parse: parseAttributes },
  not: { knownAtStart: true, parse: parseNot },
};

/** The options of {@link SamplingConditions}, in the order in which they are tried and told. */
export const CONDITION_OPTIONS = Object.keys(PARSERS) as readonly ConditionOption[];

/**
 * Checks conditions.
 *
 * @param option - where they are: `rules[0] "payments"`
 * @param given - the options; others than conditions are passed over
 * @throws OptionError for the first that is wrong, or not known at the time of the decision
 */
export function parseConditions(
  option: string,
  given: Readonly<Record<string, unknown>>,
  decidedAt: DecidedAt,
  depth = 0,
): ParsedConditions {
  const parsed: Writable<ParsedConditions> = {};
  for (const key of CONDITION_OPTIONS) parseInto(parsed, key, option, given[key], decidedAt, depth);
  if (parsed.matchNamesIn !== undefined && parsed.matchNames === undefined) {
    throw new OptionError(`${option}.matchNamesIn`, 'together with `matchNames`', parsed.matchNamesIn);
  }
  return Object.freeze(parsed);
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function parseInto<K extends ConditionOption>(
  parsed: Writable<ParsedConditions>,
  key: K,
  option: string,
  value: unknown,
  decidedAt: DecidedAt,
  depth: number,
): void {
  if (value === undefined) return;
  const parser: OptionParser<K> = PARSERS[key];
  const path = `${option}.${key}`;
  if (decidedAt === 'spanStart' && !parser.knownAtStart) throw notKnownAtStart(path, value);
  parsed[key] = parser.parse(path, value, decidedAt, depth);
}

/** The error for an option that asks for something that only the end of a trace tells. */
export function notKnownAtStart(option: string, value: unknown): OptionError {
  return new OptionError(option, 'only in SamplingSpanProcessor, since it is not known at span start', value);
}

function parseStrings(option: string, value: unknown): readonly string[] {
  return Object.freeze([...expectNonEmptyStrings(option, value)]);
}

function parseKinds(option: string, value: unknown): readonly (keyof typeof SpanKind)[] {
  const kinds = expectNonEmptyStrings(option, value);
  return Object.freeze(kinds.map((kind, index) => expectOneOf(`${option}[${index}]`, kind, KINDS)));
}

function parseAttributes(option: string, value: unknown): Readonly<Record<string, ParsedAttributeTest>> {
  const tests = Object.entries(expectObject(option, value));
  if (tests.length === 0) throw new OptionError(option, 'to name at least one attribute', value);
  return Object.freeze(
    Object.fromEntries(tests.map(([key, test]) => [key, parseAttributeTest(`${option}[${quoteName(key)}]`, test)])),
  );
}

function parseNot(option: string, value: unknown, decidedAt: DecidedAt, depth: number): ParsedConditions {
  if (depth >= MAX_DEPTH) throw new OptionError(option, `to be nested at most ${MAX_DEPTH} deep`, value);
  const given = expectObjectWith(option, value, CONDITION_OPTIONS);
  const conditions = parseConditions(option, given, decidedAt, depth + 1);
  if (Object.keys(conditions).length === 0) throw new OptionError(option, 'to have at least one condition', value);
  return conditions;
}
