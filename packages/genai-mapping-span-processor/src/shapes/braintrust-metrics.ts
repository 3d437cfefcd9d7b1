import type { ScalarFactName } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { jsonOf } from './json.js';

type NumberFact = Extract<
  ScalarFactName,
  `gen_ai.usage.${string}` | `genspan.usage.${string}` | 'gen_ai.response.time_to_first_chunk'
>;

interface Metric {
  readonly fact: NumberFact;
  /** Names in use; the first is written. */
  readonly names: readonly [string, ...string[]];
  readonly isWhole: boolean;
}

/**
 * Braintrust's metrics of a call. `prompt_tokens` and `completion_tokens` are totals, cached and reasoning tokens among them,
 * as in the conventions; times in seconds, costs in US dollars.
 */
const METRICS: readonly Metric[] = [
  tokens('gen_ai.usage.input_tokens', 'prompt_tokens', 'input_tokens'),
  tokens('gen_ai.usage.output_tokens', 'completion_tokens', 'output_tokens'),
  tokens('gen_ai.usage.cache_read.input_tokens', 'prompt_cached_tokens'),
  tokens('gen_ai.usage.cache_write.input_tokens', 'prompt_cache_creation_tokens'),
  tokens('gen_ai.usage.reasoning.output_tokens', 'completion_reasoning_tokens'),
  tokens('gen_ai.usage.text.input_tokens', 'prompt_text_tokens'),
  tokens('gen_ai.usage.audio.input_tokens', 'prompt_audio_tokens'),
  tokens('gen_ai.usage.image.input_tokens', 'prompt_image_tokens'),
  tokens('gen_ai.usage.text.output_tokens', 'completion_text_tokens'),
  tokens('gen_ai.usage.audio.output_tokens', 'completion_audio_tokens'),
  tokens('gen_ai.usage.image.output_tokens', 'completion_image_tokens'),
  { fact: 'gen_ai.response.time_to_first_chunk', names: ['time_to_first_token'], isWhole: false },
  { fact: 'genspan.usage.cost_usd', names: ['estimated_cost'], isWhole: false },
];

const BY_NAME: ReadonlyMap<string, Metric> = new Map(
  METRICS.flatMap((metric) => metric.names.map((name) => [name, metric] as const)),
);

/** Told elsewhere: when the span began and ended, and the sum of what went in and came out. */
const UNDERSTOOD: ReadonlySet<string> = new Set(['start', 'end', 'tokens', 'total_tokens']);
/** Cache writes by how long they are kept; their sum is in the total where that is given. */
const CACHE_WRITES: readonly string[] = ['prompt_cache_creation_5m_tokens', 'prompt_cache_creation_1h_tokens'];

/**
 * Reads the metrics of a span.
 *
 * @param sources - the attributes that hold them
 */
export function readMetrics(
  metrics: Readonly<Record<string, unknown>>,
  record: GenAIRecord,
  sources: readonly string[],
): void {
  const lose = (reason: string): void => sources.forEach((source) => record.lose(source, reason));
  for (const name of Object.keys(metrics)) {
    const value = metrics[name];
    if (value === undefined || value === null || UNDERSTOOD.has(name) || CACHE_WRITES.includes(name)) continue;
    const metric = BY_NAME.get(name);
    const number = numberOf(value);
    if (metric !== undefined && number !== undefined) {
      record.set(metric.fact, metric.isWhole ? Math.round(number) : number, ...sources);
    } else if (number !== 0) lose('some of its metrics have no counterpart in other dialects');
  }
  const writes = CACHE_WRITES.map((name) => numberOf(metrics[name])).filter((count) => count !== undefined);
  if (writes.length > 0) {
    const sum = writes.reduce((total, count) => total + count, 0);
    if (numberOf(metrics['prompt_cache_creation_tokens']) === undefined) {
      record.set('gen_ai.usage.cache_write.input_tokens', sum, ...sources);
    }
    if (sum > 0) lose('other dialects count the tokens written to a cache together, however long they are kept');
  }
  const total = numberOf(metrics['tokens']) ?? numberOf(metrics['total_tokens']);
  const input = record.get('gen_ai.usage.input_tokens');
  const output = record.get('gen_ai.usage.output_tokens');
  if (total !== undefined && total !== (input ?? 0) + (output ?? 0)) {
    lose('a total that is not the sum of its parts has no counterpart in other dialects');
  }
}

/** Writes the metrics of a span, if there are any. */
export function writeMetrics(record: GenAIRecord, target: MappingTarget): void {
  const metrics: Record<string, number> = {};
  const facts: NumberFact[] = [];
  for (const { fact, names } of METRICS) {
    const value = record.get(fact);
    if (value === undefined) continue;
    metrics[names[0]] = value;
    facts.push(fact);
  }
  const { prompt_tokens: input, completion_tokens: output } = metrics;
  if (input !== undefined || output !== undefined) metrics['tokens'] = (input ?? 0) + (output ?? 0);
  if (facts.length > 0) target.write('braintrust.metrics', jsonOf(metrics), ...facts);
}

function tokens(fact: NumberFact, ...names: [string, ...string[]]): Metric {
  return { fact, names, isWhole: true };
}

function numberOf(value: unknown): number | undefined {
  const number =
    typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
