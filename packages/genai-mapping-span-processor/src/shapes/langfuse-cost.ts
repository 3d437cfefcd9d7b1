import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { jsonOf } from './json.js';
import { BUCKETS } from './langfuse-buckets.js';

type Fields = Readonly<Record<string, unknown>>;

const COST_KEY = 'langfuse.observation.cost_details';

/**
 * Reads a cost whose parts exclude each other.
 *
 * @param details - the value of `langfuse.observation.cost_details`
 */
export function readCost(details: Fields, record: GenAIRecord): void {
  const sums = new Map<string, number>();
  const totals = new Set<string>(['total']);
  const add = (part: string, cost: number): void => void sums.set(part, (sums.get(part) ?? 0) + cost);
  for (const [name, value] of Object.entries(details)) {
    if (value === undefined || value === null) continue;
    const side = ['total', 'input', 'output'].find((part) => name.includes(part));
    const bucket = BUCKETS.get(name);
    if (typeof value !== 'number' || !Number.isFinite(value) || side === undefined) {
      record.lose(COST_KEY, 'some of its costs have no counterpart in other dialects');
      continue;
    }
    if (bucket === undefined) totals.add(side);
    else add(bucket, value);
    add(side, value);
  }
  for (const [part, fact] of COSTS) {
    const sum = sums.get(part);
    const isKnown = (part !== 'input' && part !== 'output') || totals.has(part);
    if (sum !== undefined && isKnown) record.set(fact, rounded(sum), COST_KEY);
  }
}

/** Writes the cost in parts that exclude each other, under the names that the usage has. */
export function writeCost(record: GenAIRecord, target: MappingTarget): void {
  const facts = COSTS.map(([, fact]) => fact).filter((fact) => record.has(fact));
  if (facts.length === 0) return;
  const [total, input, output, cacheRead, cacheWrite, reasoning] = COSTS.map(([, fact]) => record.get(fact));
  const details: Record<string, number> = {};
  if (input !== undefined) details['input'] = Math.max(0, rounded(input - (cacheRead ?? 0) - (cacheWrite ?? 0)));
  if (output !== undefined) details['output'] = Math.max(0, rounded(output - (reasoning ?? 0)));
  if (cacheRead !== undefined) details['input_cached_tokens'] = cacheRead;
  if (cacheWrite !== undefined) details['input_cache_creation'] = cacheWrite;
  if (reasoning !== undefined) details['output_reasoning_tokens'] = reasoning;
  if (total !== undefined) details['total'] = total;
  target.write(COST_KEY, jsonOf(details), ...facts);
}

const COSTS = [
  ['total', 'genspan.usage.cost_usd'],
  ['input', 'genspan.usage.input_cost_usd'],
  ['output', 'genspan.usage.output_cost_usd'],
  ['cacheRead', 'genspan.usage.cache_read_cost_usd'],
  ['cacheWrite', 'genspan.usage.cache_write_cost_usd'],
  ['reasoning', 'genspan.usage.reasoning_cost_usd'],
] as const;

/** Without the noise of binary fractions: to a billionth of a cent. */
function rounded(cost: number): number {
  return Math.round(cost * 1e11) / 1e11;
}
