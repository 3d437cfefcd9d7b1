import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS,
} from '@genspan/semconv';

/** Tokens of one kind split by modality; what is not split off is of unknown modality. */
export interface ModalityTokens {
  readonly text?: number | undefined;
  readonly image?: number | undefined;
  readonly audio?: number | undefined;
}

/**
 * Tokens as the provider billed them. `input` and `output` are totals: cached tokens are part of `input`, reasoning
 * tokens part of `output`. A field that the provider did not send is absent.
 */
export interface TokenUsage {
  readonly input?: number | undefined;
  readonly output?: number | undefined;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
  readonly reasoning?: number | undefined;
  readonly inputByModality?: ModalityTokens | undefined;
  readonly cacheReadByModality?: ModalityTokens | undefined;
  readonly outputByModality?: ModalityTokens | undefined;
}

type Modality = keyof ModalityTokens;

/** The modalities that the conventions count. */
export const MODALITIES: readonly Modality[] = ['text', 'image', 'audio'];

const INPUT: Readonly<Record<Modality, string>> = {
  text: ATTR_GEN_AI_USAGE_TEXT_INPUT_TOKENS,
  image: ATTR_GEN_AI_USAGE_IMAGE_INPUT_TOKENS,
  audio: ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
};
const CACHE_READ: Readonly<Record<Modality, string>> = {
  text: ATTR_GEN_AI_USAGE_TEXT_CACHE_READ_INPUT_TOKENS,
  image: ATTR_GEN_AI_USAGE_IMAGE_CACHE_READ_INPUT_TOKENS,
  audio: ATTR_GEN_AI_USAGE_AUDIO_CACHE_READ_INPUT_TOKENS,
};
const OUTPUT: Readonly<Record<Modality, string>> = {
  text: ATTR_GEN_AI_USAGE_TEXT_OUTPUT_TOKENS,
  image: ATTR_GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS,
  audio: ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
};

/** Whether a count can be recorded. The types do not bind what a server sends: -1, text and null must not reach a total. */
export function isTokenCount(count: number | undefined): count is number {
  return typeof count === 'number' && count >= 0 && count !== Infinity;
}

/** Writes the counts that are there, and are counts, onto `attributes`. */
export function writeUsage(usage: TokenUsage, attributes: Attributes): void {
  writeCount(usage.input, ATTR_GEN_AI_USAGE_INPUT_TOKENS, attributes);
  writeCount(usage.output, ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, attributes);
  writeCount(usage.cacheRead, ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS, attributes);
  writeCount(usage.cacheWrite, ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS, attributes);
  writeCount(usage.reasoning, ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, attributes);
  if (usage.inputByModality !== undefined) writeModalities(usage.inputByModality, INPUT, attributes);
  if (usage.cacheReadByModality !== undefined) writeModalities(usage.cacheReadByModality, CACHE_READ, attributes);
  if (usage.outputByModality !== undefined) writeModalities(usage.outputByModality, OUTPUT, attributes);
}

function writeModalities(tokens: ModalityTokens, names: Readonly<Record<Modality, string>>, to: Attributes): void {
  for (const modality of MODALITIES) writeCount(tokens[modality], names[modality], to);
}

function writeCount(count: number | undefined, name: string, to: Attributes): void {
  if (isTokenCount(count)) to[name] = count;
}
