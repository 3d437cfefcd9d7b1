/** What an operation of the Vercel AI SDK is. */
export interface VercelOperation {
  /** A value of `gen_ai.operation.name`, or `task`. */
  readonly operation: string;
  /** Whether its answer comes in pieces. */
  readonly stream?: true;
  readonly outputType?: 'json' | 'text' | 'speech';
  /** Whether its usage is that of spans inside it, which say it again. */
  readonly repeatsUsage?: true;
}

/**
 * The operations by `ai.operationId`. What calls models until it has an answer is an agent, each call of a model inside is a
 * span of its own. What only wraps one call of an embedding or reranking model is a task, as both would be counted otherwise.
 */
const OPERATIONS: ReadonlyMap<string, VercelOperation> = new Map<string, VercelOperation>([
  ['ai.generateText', { operation: 'invoke_agent' }],
  ['ai.streamText', { operation: 'invoke_agent', stream: true }],
  ['ai.generateObject', { operation: 'invoke_agent', outputType: 'json' }],
  ['ai.streamObject', { operation: 'invoke_agent', stream: true, outputType: 'json' }],
  ['ai.workflowAgent.stream', { operation: 'invoke_agent', stream: true }],
  ['ai.generateText.doGenerate', { operation: 'chat' }],
  ['ai.streamText.doStream', { operation: 'chat', stream: true }],
  ['ai.generateObject.doGenerate', { operation: 'chat', outputType: 'json' }],
  ['ai.streamObject.doStream', { operation: 'chat', stream: true, outputType: 'json' }],
  ['ai.toolCall', { operation: 'execute_tool' }],
  ['ai.embed', { operation: 'task', repeatsUsage: true }],
  ['ai.embedMany', { operation: 'task', repeatsUsage: true }],
  ['ai.embed.doEmbed', { operation: 'embeddings' }],
  ['ai.embedMany.doEmbed', { operation: 'embeddings' }],
  ['ai.rerank', { operation: 'task', repeatsUsage: true }],
  ['ai.rerank.doRerank', { operation: 'rerank' }],
  ['ai.generateSpeech', { operation: 'generate_content', outputType: 'speech' }],
  ['ai.transcribe', { operation: 'generate_content', outputType: 'text' }],
  ['ai.streamTranscribe', { operation: 'generate_content', outputType: 'text', stream: true }],
]);

/** The operation that an `ai.operationId` stands for; `undefined` for one that is not known. */
export function vercelOperationOf(operationId: string): VercelOperation | undefined {
  return OPERATIONS.get(operationId);
}

/** What decides which operation of the Vercel AI SDK a span is. */
export interface VercelOperationFacts {
  readonly operation: string | undefined;
  readonly stream: boolean;
  /** Whether the answer is one JSON object. */
  readonly isObject: boolean;
  readonly outputType: string | undefined;
  /** Texts to embed. */
  readonly inputs: number;
}

/** The `ai.operationId` of a span; `undefined` where the Vercel AI SDK has no such operation. */
export function toVercelOperationId(facts: VercelOperationFacts): string | undefined {
  const { operation, stream, isObject, outputType, inputs } = facts;
  const method = `${stream ? 'stream' : 'generate'}${isObject ? 'Object' : 'Text'}`;
  switch (operation ?? '') {
    case 'chat':
    case 'text_completion':
      return `ai.${method}.${stream ? 'doStream' : 'doGenerate'}`;
    case 'invoke_agent':
      return `ai.${method}`;
    case 'execute_tool':
      return 'ai.toolCall';
    case 'embeddings':
      return inputs > 1 ? 'ai.embedMany.doEmbed' : 'ai.embed.doEmbed';
    case 'rerank':
      return 'ai.rerank.doRerank';
    case 'generate_content':
      return outputType === 'speech' ? 'ai.generateSpeech' : `ai.${method}.${stream ? 'doStream' : 'doGenerate'}`;
    default:
      return undefined;
  }
}
