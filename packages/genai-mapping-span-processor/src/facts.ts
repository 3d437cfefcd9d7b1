import type { InputMessage, OutputMessage, SystemInstruction, ToolDefinition } from '@genspan/semconv';

/**
 * What a span can say, whatever dialect it speaks: each fact under the name that the current GenAI conventions give it, or
 * genspan's where they have none. A new fact is one row here; a dialect without a place for it reports it as lost.
 */
export const STRING_FACTS = [
  // A value of the conventions, or one of those that only dialects know: `rerank`, `guardrail`, `evaluate`, `prompt`, `task`.
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'gen_ai.response.id',
  'gen_ai.response.status',
  'gen_ai.request.previous_response.id',
  'gen_ai.request.reasoning.level',
  'gen_ai.request.stream_cursor',
  'gen_ai.output.type',
  'gen_ai.conversation.id',
  'gen_ai.agent.id',
  'gen_ai.agent.name',
  'gen_ai.agent.description',
  'gen_ai.agent.version',
  'gen_ai.workflow.name',
  'gen_ai.data_source.id',
  'gen_ai.prompt.name',
  'gen_ai.prompt.version',
  'gen_ai.tool.name',
  'gen_ai.tool.description',
  'gen_ai.tool.type',
  'gen_ai.tool.call.id',
  'gen_ai.retrieval.query.text',
  'openai.api.type',
  'openai.request.service_tier',
  'openai.response.service_tier',
  'openai.response.system_fingerprint',
  'server.address',
  'error.type',
  'session.id',
  'user.id',
] as const;

/** Whole numbers. */
export const INTEGER_FACTS = [
  'gen_ai.request.choice.count',
  'gen_ai.request.max_tokens',
  'gen_ai.request.seed',
  'gen_ai.request.top_k',
  'gen_ai.retrieval.top_k',
  'gen_ai.embeddings.dimension.count',
  // Totals, cached and reasoning tokens among them, as the conventions have it.
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.output_tokens',
  'gen_ai.usage.cache_read.input_tokens',
  'gen_ai.usage.cache_write.input_tokens',
  'gen_ai.usage.reasoning.output_tokens',
  'gen_ai.usage.text.input_tokens',
  'gen_ai.usage.image.input_tokens',
  'gen_ai.usage.audio.input_tokens',
  'gen_ai.usage.text.cache_read.input_tokens',
  'gen_ai.usage.image.cache_read.input_tokens',
  'gen_ai.usage.audio.cache_read.input_tokens',
  'gen_ai.usage.text.output_tokens',
  'gen_ai.usage.image.output_tokens',
  'gen_ai.usage.audio.output_tokens',
  'server.port',
] as const;

/** Numbers; times in seconds, costs in US dollars. */
export const NUMBER_FACTS = [
  'gen_ai.request.frequency_penalty',
  'gen_ai.request.presence_penalty',
  'gen_ai.request.temperature',
  'gen_ai.request.top_p',
  'gen_ai.response.time_to_first_chunk',
  'genspan.usage.cost_usd',
  'genspan.usage.input_cost_usd',
  'genspan.usage.output_cost_usd',
  'genspan.usage.cache_read_cost_usd',
  'genspan.usage.cache_write_cost_usd',
  'genspan.usage.reasoning_cost_usd',
] as const;

export const BOOLEAN_FACTS = ['gen_ai.request.stream', 'gen_ai.conversation.compacted'] as const;

export const STRING_LIST_FACTS = [
  'gen_ai.request.stop_sequences',
  'gen_ai.request.encoding_formats',
  // The words of the conventions, one per choice: `tool_call`, not `tool_calls`.
  'gen_ai.response.finish_reasons',
  'genspan.tags',
] as const;

/** A document that a retrieval found. */
export interface RetrievalDocument {
  readonly id?: string;
  readonly score?: number;
  readonly [field: string]: unknown;
}

/** A score given to an operation: what the event `gen_ai.evaluation.result` says. */
export interface Evaluation {
  readonly name: string;
  readonly score?: number;
  readonly label?: string;
  readonly explanation?: string;
}

/** Facts that are more than a value. In attributes they are JSON, or spread over many. */
export interface StructuredFacts {
  'gen_ai.system_instructions': readonly SystemInstruction[];
  'gen_ai.input.messages': readonly InputMessage[];
  'gen_ai.output.messages': readonly OutputMessage[];
  'gen_ai.tool.definitions': readonly ToolDefinition[];
  'gen_ai.retrieval.documents': readonly RetrievalDocument[];
  /** The documents to put in order. The conventions have no place for them, nor for the operation. */
  'rerank.documents': readonly RetrievalDocument[];
  /** Best an object; a string when it is no JSON. */
  'gen_ai.tool.call.arguments': unknown;
  'gen_ai.tool.call.result': unknown;
  /** By key: what `gen_ai.prompt.variable.<key>` says. */
  'gen_ai.prompt.variable': Readonly<Record<string, unknown>>;
  /** By key: what `genspan.metadata.<key>` says. */
  'genspan.metadata': Readonly<Record<string, unknown>>;
  /** The texts to embed. The conventions have no place for them. */
  'embeddings.input': readonly string[];
  evaluations: readonly Evaluation[];
}

/** The type of each fact. */
export type Facts = { [Name in (typeof STRING_FACTS)[number]]: string } & {
  [Name in (typeof INTEGER_FACTS)[number] | (typeof NUMBER_FACTS)[number]]: number;
} & { [Name in (typeof BOOLEAN_FACTS)[number]]: boolean } & {
  [Name in (typeof STRING_LIST_FACTS)[number]]: readonly string[];
} & StructuredFacts;

export type FactName = keyof Facts;
/** Facts that one attribute holds as it is. */
export type ScalarFactName = Exclude<FactName, keyof StructuredFacts>;

/** All facts that one attribute holds as it is. */
export const SCALAR_FACTS: readonly ScalarFactName[] = [
  ...STRING_FACTS,
  ...INTEGER_FACTS,
  ...NUMBER_FACTS,
  ...BOOLEAN_FACTS,
  ...STRING_LIST_FACTS,
];
