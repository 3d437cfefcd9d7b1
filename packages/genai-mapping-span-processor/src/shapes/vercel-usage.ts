import type { Facts } from '../facts.js';
import type { GenAIRecord } from '../genai-record.js';
import type { MappingTarget } from '../mapping-target.js';
import { isFields, structureOf } from './json.js';
import { readTokenCount } from './token-counts.js';
import type { TokenCount } from './token-counts.js';

type Attributes = Readonly<Record<string, unknown>>;
type Consume = (key: string) => void;
type UsageFact = Extract<keyof Facts, `gen_ai.usage.${string}`>;

/** All names that the versions of the Vercel AI SDK have for a count, the latest first. */
const INPUT = ['ai.usage.inputTokens', 'ai.usage.promptTokens', 'gen_ai.usage.input_tokens', 'ai.usage.input_tokens'];
const OUTPUT = [
  'ai.usage.outputTokens',
  'ai.usage.completionTokens',
  'gen_ai.usage.output_tokens',
  'ai.usage.output_tokens',
];
const TOTAL = ['ai.usage.totalTokens', 'ai.usage.total_tokens'];
const REASONING = ['ai.usage.outputTokenDetails.reasoningTokens', 'ai.usage.reasoningTokens'];
const CACHE_READ = [
  'ai.usage.inputTokenDetails.cacheReadTokens',
  'ai.usage.cachedInputTokens',
  'gen_ai.usage.cache_read.input_tokens',
];
const CACHE_WRITE = ['ai.usage.inputTokenDetails.cacheWriteTokens', 'gen_ai.usage.cache_creation.input_tokens'];
/** What is left of the totals: told by the others. */
const REST = ['ai.usage.inputTokenDetails.noCacheTokens', 'ai.usage.outputTokenDetails.textTokens'];
const EMBEDDED = 'ai.usage.tokens';
const METADATA = 'ai.response.providerMetadata';

/** Reads usage in all spellings. Totals of the hub include cached and reasoning tokens, whatever the version counts. */
export function readVercelUsage(attributes: Attributes, record: GenAIRecord, consume: Consume): void {
  const count = (keys: readonly string[]): TokenCount | undefined => readTokenCount(attributes, keys, record, consume);
  const metadata = readMetadata(attributes[METADATA]);
  const input = count(INPUT) ?? count([EMBEDDED]);
  const output = count(OUTPUT);
  const reasoning = count(REASONING) ?? metadata?.reasoning;
  const cacheRead = count(CACHE_READ) ?? metadata?.cacheRead;
  const cacheWrite = count(CACHE_WRITE) ?? metadata?.cacheWrite;
  const total = count(TOTAL);
  for (const key of REST) if (attributes[key] !== undefined) consume(key);
  const set = (fact: UsageFact, known: TokenCount | undefined, more = 0): void => {
    if (known !== undefined) record.set(fact, known.value + more, ...known.keys);
  };
  const isInclusive = isCacheIncluded(attributes, input, cacheRead, metadata);
  set('gen_ai.usage.input_tokens', input, isInclusive ? 0 : (cacheRead?.value ?? 0) + (cacheWrite?.value ?? 0));
  set(
    'gen_ai.usage.output_tokens',
    output,
    isReasoningIncluded(input, output, reasoning, total) ? 0 : reasoning?.value,
  );
  set('gen_ai.usage.cache_read.input_tokens', cacheRead);
  set('gen_ai.usage.cache_write.input_tokens', cacheWrite);
  set('gen_ai.usage.reasoning.output_tokens', reasoning);
  if (total === undefined) return;
  const known = input !== undefined && output !== undefined;
  for (const key of total.keys) if (!known) record.lose(key, 'a total alone does not say what was input');
}

/** What the provider reports besides the usage; older versions have some counts only there. */
interface Metadata {
  readonly cacheRead: TokenCount | undefined;
  readonly cacheWrite: TokenCount | undefined;
  readonly reasoning: TokenCount | undefined;
  /** Input without cached tokens, where the provider's own usage is among it. */
  readonly uncachedInput: number | undefined;
  /** Whether the provider leaves cached tokens out of its input. */
  readonly excludesCache: boolean;
}

/** Providers that count cached tokens apart from the input. */
const EXCLUSIVE = ['anthropic', 'bedrock'] as const;
const INCLUSIVE = ['openai', 'azure', 'deepseek', 'google', 'vertex', 'xai', 'groq'] as const;

function readMetadata(value: unknown): Metadata | undefined {
  const metadata = structureOf(value);
  if (!isFields(metadata)) return undefined;
  const exclusive = EXCLUSIVE.map((name) => metadata[name]).find(isFields);
  const fields = exclusive ?? INCLUSIVE.map((name) => metadata[name]).find(isFields);
  if (fields === undefined) return undefined;
  const usage = isFields(fields['usage']) ? fields['usage'] : {};
  const google = isFields(fields['usageMetadata']) ? fields['usageMetadata'] : {};
  const count = (...candidates: unknown[]): TokenCount | undefined => {
    const found = candidates.find((candidate) => typeof candidate === 'number' && Number.isFinite(candidate));
    // The attribute holds more and stays: it is not their source.
    return typeof found === 'number' ? { value: found, keys: [] } : undefined;
  };
  return {
    cacheRead: count(
      fields['cacheReadInputTokens'],
      usage['cache_read_input_tokens'],
      usage['cacheReadInputTokens'],
      fields['cachedPromptTokens'],
      fields['promptCacheHitTokens'],
      google['cachedContentTokenCount'],
    ),
    cacheWrite: count(
      fields['cacheCreationInputTokens'],
      usage['cache_creation_input_tokens'],
      usage['cacheWriteInputTokens'],
    ),
    reasoning: count(fields['reasoningTokens'], google['thoughtsTokenCount']),
    uncachedInput: count(usage['input_tokens'])?.value,
    excludesCache: exclusive !== undefined,
  };
}

/**
 * Whether the input counts cached tokens. Version 6 and later always do, and tell by details. Up to version 5 the provider's
 * number is taken as it is, which of Anthropic and Bedrock is without them.
 */
function isCacheIncluded(
  attributes: Attributes,
  input: TokenCount | undefined,
  cacheRead: TokenCount | undefined,
  metadata: Metadata | undefined,
): boolean {
  if (input === undefined || REST.some((key) => attributes[key] !== undefined)) return true;
  // A part cannot be more than the whole.
  if (cacheRead !== undefined && cacheRead.value > input.value) return false;
  if (metadata?.excludesCache !== true) return true;
  return metadata.uncachedInput !== undefined && metadata.uncachedInput !== input.value;
}

/** Whether the output counts reasoning tokens: not so where the total needs them besides. */
function isReasoningIncluded(
  input?: TokenCount,
  output?: TokenCount,
  reasoning?: TokenCount,
  total?: TokenCount,
): boolean {
  if (input === undefined || output === undefined || reasoning === undefined || total === undefined) return true;
  return reasoning.value === 0 || total.value !== input.value + output.value + reasoning.value;
}

/** Writes usage as version 7 has it, all that follows from it included. */
export function writeVercelUsage(record: GenAIRecord, target: MappingTarget, isEmbedding: boolean): void {
  const input = record.get('gen_ai.usage.input_tokens');
  const output = record.get('gen_ai.usage.output_tokens');
  const cacheRead = record.get('gen_ai.usage.cache_read.input_tokens');
  const cacheWrite = record.get('gen_ai.usage.cache_write.input_tokens');
  const reasoning = record.get('gen_ai.usage.reasoning.output_tokens');
  const write = (key: string, value: number | undefined, ...facts: UsageFact[]): void => {
    if (value !== undefined) target.write(key, value, ...facts);
  };
  if (isEmbedding) {
    write(EMBEDDED, input, 'gen_ai.usage.input_tokens');
    return;
  }
  write('ai.usage.inputTokens', input, 'gen_ai.usage.input_tokens');
  write('ai.usage.outputTokens', output, 'gen_ai.usage.output_tokens');
  if (input !== undefined && output !== undefined) write('ai.usage.totalTokens', input + output);
  for (const key of REASONING) write(key, reasoning, 'gen_ai.usage.reasoning.output_tokens');
  write('ai.usage.inputTokenDetails.cacheReadTokens', cacheRead, 'gen_ai.usage.cache_read.input_tokens');
  write('ai.usage.cachedInputTokens', cacheRead, 'gen_ai.usage.cache_read.input_tokens');
  write('ai.usage.inputTokenDetails.cacheWriteTokens', cacheWrite, 'gen_ai.usage.cache_write.input_tokens');
  if (input !== undefined && (cacheRead !== undefined || cacheWrite !== undefined)) {
    write('ai.usage.inputTokenDetails.noCacheTokens', Math.max(0, input - (cacheRead ?? 0) - (cacheWrite ?? 0)));
  }
  if (output !== undefined && reasoning !== undefined) {
    write('ai.usage.outputTokenDetails.textTokens', Math.max(0, output - reasoning));
  }
}
