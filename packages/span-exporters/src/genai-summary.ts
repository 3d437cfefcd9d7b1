import {
  ATTR_ERROR_TYPE,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_FINISH_REASONS,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_GEN_AI_SYSTEM,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_COMPLETION_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_PROMPT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
} from '@genspan/semconv';
import type { ReadableSpanLike } from '@genspan/span-processor-base';

/** Token counts as the provider reported them; `cached` is part of `input`, `reasoning` part of `output`. */
export interface TokenUsage {
  input: number;
  output: number;
  cached: number;
  reasoning: number;
}

/** What a GenAI span says about itself besides its content; a field is absent where the span does not say. */
export interface GenAISummary {
  operation?: string | undefined;
  provider?: string | undefined;
  requestModel?: string | undefined;
  responseModel?: string | undefined;
  tool?: string | undefined;
  finishReasons: string[];
  timeToFirstChunkMillis?: number | undefined;
  usage?: TokenUsage | undefined;
  errorType?: string | undefined;
}

/** Reads the names of the current conventions, and the older ones for provider and usage that other libraries still write. */
export function summarizeGenAI(span: ReadableSpanLike): GenAISummary {
  const attributes: Record<string, unknown> = span.attributes;
  const firstChunkSeconds = number(attributes[ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK]);
  return {
    operation: text(attributes[ATTR_GEN_AI_OPERATION_NAME]),
    provider: text(attributes[ATTR_GEN_AI_PROVIDER_NAME]) ?? text(attributes[ATTR_GEN_AI_SYSTEM]),
    requestModel: text(attributes[ATTR_GEN_AI_REQUEST_MODEL]),
    responseModel: text(attributes[ATTR_GEN_AI_RESPONSE_MODEL]),
    tool: text(attributes[ATTR_GEN_AI_TOOL_NAME]),
    finishReasons: texts(attributes[ATTR_GEN_AI_RESPONSE_FINISH_REASONS]),
    timeToFirstChunkMillis: firstChunkSeconds === undefined ? undefined : firstChunkSeconds * 1_000,
    usage: usageOf(attributes),
    errorType: text(attributes[ATTR_ERROR_TYPE]),
  };
}

function usageOf(attributes: Record<string, unknown>): TokenUsage | undefined {
  const input =
    number(attributes[ATTR_GEN_AI_USAGE_INPUT_TOKENS]) ?? number(attributes[ATTR_GEN_AI_USAGE_PROMPT_TOKENS]);
  const output =
    number(attributes[ATTR_GEN_AI_USAGE_OUTPUT_TOKENS]) ?? number(attributes[ATTR_GEN_AI_USAGE_COMPLETION_TOKENS]);
  if (input === undefined && output === undefined) return undefined;
  return {
    input: input ?? 0,
    output: output ?? 0,
    cached: number(attributes[ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS]) ?? 0,
    reasoning: number(attributes[ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS]) ?? 0,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}
