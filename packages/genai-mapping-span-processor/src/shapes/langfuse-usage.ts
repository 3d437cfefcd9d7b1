import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields, jsonOf } from './json.js';
import { BUCKETS } from './langfuse-buckets.js';
import type { Usage } from './langfuse-buckets.js';

type Fields = Readonly<Record<string, unknown>>;

const FACTS = {
  input: 'gen_ai.usage.input_tokens',
  output: 'gen_ai.usage.output_tokens',
  cacheRead: 'gen_ai.usage.cache_read.input_tokens',
  cacheWrite: 'gen_ai.usage.cache_write.input_tokens',
  reasoning: 'gen_ai.usage.reasoning.output_tokens',
  inputAudio: 'gen_ai.usage.audio.input_tokens',
  outputAudio: 'gen_ai.usage.audio.output_tokens',
  inputImage: 'gen_ai.usage.image.input_tokens',
} as const satisfies Record<Usage, string>;

/** Parts of the output that say nothing on their own in other dialects, but count into it. */
const COUNTED_ONLY: ReadonlySet<string> = new Set([
  'input',
  'input_tokens',
  'input_text_tokens',
  'output',
  'output_tokens',
  'output_text_tokens',
]);

/** Names of totals that include their parts: the usage of OpenAI as it is. */
const WHOLE_INPUT = ['prompt_tokens', 'promptTokens'] as const;
const WHOLE_OUTPUT = ['completion_tokens', 'completionTokens'] as const;
const TOTALS = ['total', 'total_tokens', 'totalTokens'] as const;

const KEY = 'langfuse.observation.usage_details';

/**
 * Reads a usage whose parts exclude each other into totals that include them.
 *
 * @param details - the value of `langfuse.observation.usage_details`
 */
export function readUsage(details: Fields, record: GenAIRecord): void {
  const inclusive = inclusiveOf(details);
  const sums = new Map<Usage, number>();
  const totals = new Set<Usage>();
  const add = (usage: Usage, count: number): void => void sums.set(usage, (sums.get(usage) ?? 0) + count);
  for (const [name, value] of Object.entries(inclusive ?? details)) {
    if (TOTALS.some((total) => total === name) || value === undefined || value === null) continue;
    const count = typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
    const bucket = BUCKETS.get(name);
    const side = name.includes('input') ? 'input' : name.includes('output') ? 'output' : undefined;
    if (count === undefined || side === undefined) {
      record.lose(KEY, 'some of its counts have no counterpart in other dialects');
      continue;
    }
    if (bucket !== undefined) add(bucket, count);
    else totals.add(side);
    if (bucket === undefined && !COUNTED_ONLY.has(name)) {
      record.lose(KEY, 'some of its counts are known to others only in the total');
    }
    add(side, count);
  }
  for (const [usage, sum] of sums) {
    // Parts alone do not say that there is nothing beside them.
    const isKnown = (usage !== 'input' && usage !== 'output') || totals.has(usage);
    if (isKnown) record.set(FACTS[usage], Math.round(sum), KEY);
  }
  const total = TOTALS.map((name) => details[name]).find((value) => value !== undefined);
  if (total === undefined || total === (sums.get('input') ?? 0) + (sums.get('output') ?? 0)) return;
  record.lose(KEY, 'a total that is not the sum of its parts has no counterpart in other dialects');
}

/** Writes the usage in parts that exclude each other; readers sum them. */
export function writeUsage(record: GenAIRecord, target: MappingTarget): void {
  const input = record.get(FACTS.input);
  const output = record.get(FACTS.output);
  const cacheRead = record.get(FACTS.cacheRead);
  const cacheWrite = record.get(FACTS.cacheWrite);
  const reasoning = record.get(FACTS.reasoning);
  const details: Record<string, number> = {};
  if (input !== undefined) details['input'] = rest(input, (cacheRead ?? 0) + (cacheWrite ?? 0), FACTS.input, target);
  if (output !== undefined) details['output'] = rest(output, reasoning ?? 0, FACTS.output, target);
  if (cacheRead !== undefined) details['input_cached_tokens'] = cacheRead;
  if (cacheWrite !== undefined) details['input_cache_creation'] = cacheWrite;
  if (reasoning !== undefined) details['output_reasoning_tokens'] = reasoning;
  if (Object.keys(details).length === 0) return;
  if (input !== undefined && output !== undefined) details['total'] = input + output;
  const facts = [FACTS.input, FACTS.output, FACTS.cacheRead, FACTS.cacheWrite, FACTS.reasoning];
  target.write(KEY, jsonOf(details), ...facts.filter((fact) => record.has(fact)));
}

/** What is left of a total without its parts. Some providers report parts beside a total that does not include them. */
function rest(
  total: number,
  parts: number,
  fact: 'gen_ai.usage.input_tokens' | 'gen_ai.usage.output_tokens',
  target: MappingTarget,
): number {
  if (parts > total) target.lose(fact, 'it is less than the parts that it should include');
  return Math.max(0, total - parts);
}

/** A usage of OpenAI as it is, in parts that exclude each other; `undefined` when it is none. */
function inclusiveOf(details: Fields): Fields | undefined {
  const { prompt_tokens_details: chatInput, completion_tokens_details: chatOutput } = details;
  const { input_tokens_details: inputDetails, output_tokens_details: outputDetails } = details;
  const isResponse = isFields(inputDetails) || isFields(outputDetails);
  const input = first(details, isResponse ? ['input_tokens'] : WHOLE_INPUT);
  const output = first(details, isResponse ? ['output_tokens'] : WHOLE_OUTPUT);
  if (input === undefined && output === undefined) return undefined;
  return {
    ...exclusive('input', input, isFields(inputDetails) ? inputDetails : chatInput),
    ...exclusive('output', output, isFields(outputDetails) ? outputDetails : chatOutput),
  };
}

function exclusive(side: 'input' | 'output', total: number | undefined, parts: unknown): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  let left = total;
  for (const [name, count] of Object.entries(isFields(parts) ? parts : {})) {
    if (typeof count !== 'number') continue;
    result[`${side}_${name}`] = count;
    if (left !== undefined) left = Math.max(0, left - count);
  }
  if (left !== undefined) result[side] = left;
  return result;
}

function first(details: Fields, names: readonly string[]): number | undefined {
  for (const name of names) if (typeof details[name] === 'number') return details[name];
  return undefined;
}
