import type { MappingSource } from '../dialect.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { readTokenCount } from './token-counts.js';
import type { TokenCount } from './token-counts.js';

/** Names of both eras, the older ones first. */
const INPUT = ['gen_ai.usage.prompt_tokens', 'gen_ai.usage.input_tokens'];
const OUTPUT = ['gen_ai.usage.completion_tokens', 'gen_ai.usage.output_tokens'];
const TOTAL = ['llm.usage.total_tokens', 'gen_ai.usage.total_tokens'];
const REASONING = [
  'gen_ai.usage.reasoning_tokens',
  'llm.usage.reasoning_tokens',
  'gen_ai.usage.reasoning.output_tokens',
];
const CACHE_READ = ['gen_ai.usage.cache_read_input_tokens', 'gen_ai.usage.cache_read.input_tokens'];
const CACHE_WRITE = [
  'gen_ai.usage.cache_creation_input_tokens',
  'gen_ai.usage.cache_creation.input_tokens',
  'gen_ai.usage.cache_write.input_tokens',
];

/** Its instrumentation for JavaScript takes Anthropic's input as it is: without cached tokens. That for Python adds them. */
const EXCLUSIVE_SCOPE = '@traceloop/instrumentation-anthropic';

/** Reads usage of both eras. */
export function readOpenLLMetryUsage(
  { attributes, scopeName }: MappingSource,
  record: GenAIRecord,
  consume: (key: string) => void,
): void {
  const count = (keys: readonly string[]): TokenCount | undefined => readTokenCount(attributes, keys, record, consume);
  const input = count(INPUT);
  const output = count(OUTPUT);
  const cacheRead = count(CACHE_READ);
  const cacheWrite = count(CACHE_WRITE);
  const reasoning = count(REASONING);
  const total = count(TOTAL);
  if (input !== undefined) {
    const cached = (cacheRead?.value ?? 0) + (cacheWrite?.value ?? 0);
    // A part cannot be more than the whole.
    const isExclusive = scopeName === EXCLUSIVE_SCOPE || cached > input.value;
    record.set('gen_ai.usage.input_tokens', input.value + (isExclusive ? cached : 0), ...input.keys);
  }
  if (output !== undefined) record.set('gen_ai.usage.output_tokens', output.value, ...output.keys);
  if (cacheRead !== undefined) record.set('gen_ai.usage.cache_read.input_tokens', cacheRead.value, ...cacheRead.keys);
  if (cacheWrite !== undefined) {
    record.set('gen_ai.usage.cache_write.input_tokens', cacheWrite.value, ...cacheWrite.keys);
  }
  if (reasoning !== undefined) {
    record.set('gen_ai.usage.reasoning.output_tokens', reasoning.value, ...reasoning.keys);
  }
  if (total === undefined || (input !== undefined && output !== undefined)) return;
  for (const key of total.keys) {
    // What is left of the total where one of both is known: a picture costs no input, an embedding no output.
    if ((input ?? output)?.value !== total.value) record.lose(key, 'a total alone does not say what was input');
  }
}

/** Writes usage under the names of the older era. */
export function writeOpenLLMetryUsage(record: GenAIRecord, target: MappingTarget): void {
  const rows = [
    ['gen_ai.usage.prompt_tokens', 'gen_ai.usage.input_tokens'],
    ['gen_ai.usage.completion_tokens', 'gen_ai.usage.output_tokens'],
    ['gen_ai.usage.cache_read_input_tokens', 'gen_ai.usage.cache_read.input_tokens'],
    ['gen_ai.usage.cache_creation_input_tokens', 'gen_ai.usage.cache_write.input_tokens'],
    ['gen_ai.usage.reasoning_tokens', 'gen_ai.usage.reasoning.output_tokens'],
  ] as const;
  for (const [key, fact] of rows) {
    const value = record.get(fact);
    if (value !== undefined) target.write(key, value, fact);
  }
  const input = record.get('gen_ai.usage.input_tokens');
  const output = record.get('gen_ai.usage.output_tokens');
  if (input !== undefined && output !== undefined) target.write('llm.usage.total_tokens', input + output);
}
