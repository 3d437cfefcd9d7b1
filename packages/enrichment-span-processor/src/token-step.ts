import { SpanStatusCode, diag } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GENSPAN_USAGE_SOURCE,
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  GENSPAN_USAGE_SOURCE_VALUE_ESTIMATED,
  GENSPAN_USAGE_SOURCE_VALUE_REPORTED,
} from '@genspan/semconv';
import type { EnrichmentStep } from './enrichment-step.js';
import type { SpanDraft } from './span-draft.js';
import { messageContent, plainContent, type CountableContent } from './token-content.js';
import { LengthCounter, TokenizerCounter, type TokenCounter } from './token-counter.js';
import { Encodings, encodingNameOf } from './token-encoding.js';
import { findTokenizerModule } from './token-module.cjs';
import type { ParsedTokenOptions } from './token-options.js';
import { inputTokensOf, outputTokensOf, type UsageAttributes } from './usage-attributes.js';

/** Operations of models whose tokens can be estimated. */
const ESTIMATED: ReadonlySet<unknown> = new Set([
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
  GEN_AI_OPERATION_NAME_VALUE_TEXT_COMPLETION,
  GEN_AI_OPERATION_NAME_VALUE_EMBEDDINGS,
]);

/** Those whose input is a conversation, with tokens around each message. */
const OF_MESSAGES: ReadonlySet<unknown> = new Set([
  GEN_AI_OPERATION_NAME_VALUE_CHAT,
  GEN_AI_OPERATION_NAME_VALUE_GENERATE_CONTENT,
]);

/** Tokens beside the content, as OpenAI's guide to counting tokens has them: its role and separators, its author's name. */
const TOKENS_PER_MESSAGE = 4;
const TOKENS_PER_NAME = 1;
/** The beginning of the answer. */
const TOKENS_PER_REQUEST = 3;

/** What became of the spans of model calls. */
// No interface: that would be no record of numbers.
export type TokenCounts = {
  /** Spans whose provider told the numbers. */
  readonly reported: number;
  /** Spans of which at least one number was estimated. */
  readonly estimated: number;
};

/**
 * Marks a model call's usage with where it is from and, if asked to, estimates the direction that was not reported from the
 * captured content. A call that failed before it had an answer is not estimated: nobody counted it.
 */
export class TokenStep implements EnrichmentStep {
  readonly name = 'tokens';
  readonly #counter: TokenCounter | undefined;
  #reported = 0;
  #estimated = 0;

  /** @param encodings - for tests; what is installed when left out */
  constructor(options: ParsedTokenOptions, encodings?: Encodings) {
    this.#counter = createCounter(options, encodings);
  }

  stats(): TokenCounts {
    return { reported: this.#reported, estimated: this.#estimated };
  }

  apply(draft: SpanDraft): void {
    const attributes: UsageAttributes = draft.attributes;
    const input = inputTokensOf(attributes);
    const output = outputTokensOf(attributes);
    const operation = attributes['gen_ai.operation.name'];
    const isMissing = input === undefined || (output === undefined && operation !== 'embeddings');
    if (isMissing && this.#counter !== undefined && ESTIMATED.has(operation)) {
      if (this.#estimate(this.#counter, draft, input, output)) return;
    }
    if (input === undefined && output === undefined) return;
    if (attributes['genspan.usage.source'] !== undefined) return;
    draft.own()['genspan.usage.source'] = GENSPAN_USAGE_SOURCE_VALUE_REPORTED;
    this.#reported++;
  }

  /** @returns whether a number was written */
  #estimate(counter: TokenCounter, draft: SpanDraft, input: number | undefined, output: number | undefined): boolean {
    const { attributes, span } = draft;
    const operation = attributes['gen_ai.operation.name'];
    const answer = output === undefined ? messageContent(attributes['gen_ai.output.messages'], true) : undefined;
    const isAnswered = answer !== undefined || output !== undefined || span.status.code !== SpanStatusCode.ERROR;
    if (!isAnswered) return false;
    const model = modelOf(attributes);
    const inputEstimate = input === undefined ? inputTokens(counter, attributes, model) : undefined;
    const outputEstimate =
      answer === undefined || operation === 'embeddings' ? undefined : counter.count(answer.texts, model);
    if (inputEstimate === undefined && outputEstimate === undefined) return false;
    if (inputEstimate !== undefined) draft.set(ATTR_GEN_AI_USAGE_INPUT_TOKENS, inputEstimate);
    if (outputEstimate !== undefined) draft.set(ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, outputEstimate);
    draft.set(ATTR_GENSPAN_USAGE_SOURCE, GENSPAN_USAGE_SOURCE_VALUE_ESTIMATED);
    this.#estimated++;
    return true;
  }
}

function createCounter(options: ParsedTokenOptions, given: Encodings | undefined): TokenCounter | undefined {
  if (options.estimate === undefined) return undefined;
  if (options.estimate === 'length') return new LengthCounter(options);
  const encodings = given ?? new Encodings(findTokenizerModule());
  if (!encodings.isInstalled) {
    diag.warn(
      'EnrichmentSpanProcessor: `tokens.estimate` needs the package `gpt-tokenizer`, which is not installed. ' +
        'Missing numbers of tokens stay missing.',
    );
    return undefined;
  }
  if (options.load === 'construction') encodings.get('o200k_base');
  return new TokenizerCounter(options, (model) => encodings.get(encodingNameOf(model)));
}

/** `undefined` when no input was captured, or it cannot be counted. */
function inputTokens(
  counter: TokenCounter,
  attributes: Readonly<Record<string, unknown>>,
  model: string | undefined,
): number | undefined {
  const messages = messageContent(attributes['gen_ai.input.messages'], false);
  if (messages === undefined) return undefined;
  const instructions = plainContent(attributes['gen_ai.system_instructions']);
  const tools = plainContent(attributes['gen_ai.tool.definitions']);
  if (instructions === undefined || tools === undefined) return undefined;
  const tokens = counter.count([...instructions, ...messages.texts, ...tools], model);
  if (tokens === undefined || !OF_MESSAGES.has(attributes['gen_ai.operation.name'])) return tokens;
  return tokens + overheadOf(messages, instructions.length);
}

/** Instructions are sent as one message. */
function overheadOf({ messageCount, namedCount }: CountableContent, instructionCount: number): number {
  const sent = messageCount + Math.min(1, instructionCount);
  return sent * TOKENS_PER_MESSAGE + namedCount * TOKENS_PER_NAME + TOKENS_PER_REQUEST;
}

function modelOf(attributes: Readonly<Record<string, unknown>>): string | undefined {
  const model = attributes['gen_ai.response.model'] ?? attributes['gen_ai.request.model'];
  return typeof model === 'string' && model.length <= 256 ? model : undefined;
}
