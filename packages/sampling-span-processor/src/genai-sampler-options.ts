import { expectBoolean, expectOneOf, expectOptions, expectRatio, OptionError } from '@genspan/span-processor-base';
import { parseAdaptive, parseRules } from './parse-rules.js';
import type { ParsedAdaptive, ParsedRule } from './parse-rules.js';
import type { AdaptiveOptions, SamplingConditions, SamplingRule } from './sampling-rule.js';

/** What is known of a trace when it starts: the name, kind and attributes that its first span is created with, and tags. */
export type StartConditionName =
  'matchNames' | 'matchNamesIn' | 'matchTags' | 'kinds' | 'models' | 'providers' | 'operations' | 'attributes';

/** {@link SamplingConditions} that can be decided when a trace starts. */
export interface StartSamplingConditions extends Pick<SamplingConditions, StartConditionName> {
  /** Conditions that must not all hold. */
  not?: StartSamplingConditions;
}

/** A {@link SamplingRule} that can be decided when a trace starts. A limit per second cannot; `adaptive` can. */
export interface StartSamplingRule extends StartSamplingConditions, Pick<SamplingRule, 'name' | 'rate' | 'adaptive'> {}

/** What a trace is measured by. `traceId`: each trace for itself. `conversation`: all traces of a conversation alike. */
export type RootRandomness = 'traceId' | 'conversation';

/** Options of {@link GenAISampler}. All of them are about traces that start in this process; others follow their parent. */
export interface GenAISamplerOptions {
  /**
   * Share of the traces that is kept when no rule matches, 0 to 1. With `adaptive` the highest share.
   * @defaultValue 1
   */
  rate?: number;
  /**
   * Tried in order on the first span of a trace as it starts; the first that matches decides.
   * @defaultValue none
   */
  rules?: readonly StartSamplingRule[];
  /**
   * Moves `rate` so that the traces kept for whatever reason meet a target.
   * @defaultValue none
   */
  adaptive?: AdaptiveOptions;
  /**
   * Records the spans of traces that are not sampled, too, at the price of recording: for a `SamplingSpanProcessor` with
   * the option of the same name, which keeps the failed ones of them.
   * @defaultValue false
   */
  recordUnsampled?: boolean;
  /**
   * `'conversation'`: a trace is measured by its `gen_ai.conversation.id`, else by the conversation or session of
   * `withGenAIContext()`, and tells downstream services the result as `rv`, so that a conversation is kept or dropped as
   * a whole by everybody. A trace without such an id is measured by its own.
   * @defaultValue `'traceId'`
   */
  randomness?: RootRandomness;
}

/** The options with every default filled in. */
export interface ParsedGenAISamplerOptions {
  readonly rate: number;
  readonly rules: readonly ParsedRule[];
  readonly adaptive: ParsedAdaptive | undefined;
  readonly recordUnsampled: boolean;
  readonly randomness: RootRandomness;
}

const KNOWN: readonly (keyof GenAISamplerOptions)[] = ['rate', 'rules', 'adaptive', 'recordUnsampled', 'randomness'];

/** @throws OptionError naming the option, and the rule, that is wrong. */
export function parseGenAISamplerOptions(options: GenAISamplerOptions | undefined): ParsedGenAISamplerOptions {
  const given = expectOptions(options, KNOWN);
  const rate = expectRatio('rate', given['rate'] ?? 1);
  const adaptive = given['adaptive'] === undefined ? undefined : parseAdaptive('adaptive', given['adaptive']);
  if (adaptive !== undefined && adaptive.minRate > rate) {
    throw new OptionError('adaptive.minRate', 'to be at most `rate`', adaptive.minRate);
  }
  return Object.freeze({
    rate,
    rules: parseRules('rules', given['rules'], 'spanStart'),
    adaptive,
    recordUnsampled: expectBoolean('recordUnsampled', given['recordUnsampled'] ?? false),
    randomness: expectOneOf('randomness', given['randomness'] ?? 'traceId', ['traceId', 'conversation']),
  });
}

/** The options as a short text for logs: the rate, the names of the rules, and what is not as by default. */
export function describeGenAISampler(options: ParsedGenAISamplerOptions): string {
  const { rate, rules, adaptive, recordUnsampled, randomness } = options;
  const parts = [`rate=${rate}`];
  if (adaptive !== undefined) parts.push(`targetTracesPerSecond=${adaptive.targetTracesPerSecond}`);
  if (rules.length > 0) parts.push(`rules=[${rules.map(({ name }) => name).join(',')}]`);
  if (randomness !== 'traceId') parts.push(`randomness=${randomness}`);
  if (recordUnsampled) parts.push('recordUnsampled');
  return `GenAISampler{${parts.join(',')}}`;
}
