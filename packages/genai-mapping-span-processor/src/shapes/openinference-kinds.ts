/** What OpenInference calls an operation, and whether that reads back as the same operation. */
interface SpanKind {
  readonly kind: string;
  readonly exact: boolean;
}

const exact = (kind: string): SpanKind => ({ kind, exact: true });
const near = (kind: string): SpanKind => ({ kind, exact: false });

/** @see OpenInference, "Span Kinds" in its semantic conventions */
const KINDS: ReadonlyMap<string, SpanKind> = new Map([
  ['chat', exact('LLM')],
  ['text_completion', exact('LLM')],
  ['generate_content', near('LLM')],
  ['embeddings', exact('EMBEDDING')],
  ['retrieval', exact('RETRIEVER')],
  ['search_memory', near('RETRIEVER')],
  ['execute_tool', exact('TOOL')],
  ['invoke_agent', exact('AGENT')],
  ['create_agent', near('AGENT')],
  ['plan', near('AGENT')],
  ['invoke_workflow', near('CHAIN')],
  ['task', exact('CHAIN')],
  ['rerank', exact('RERANKER')],
  ['guardrail', exact('GUARDRAIL')],
  ['moderation', near('GUARDRAIL')],
  ['evaluate', exact('EVALUATOR')],
  ['prompt', exact('PROMPT')],
  // Calls of a model that have no name in the conventions.
  ['image_generation', near('LLM')],
  ['image_edit', near('LLM')],
  ['image_variation', near('LLM')],
  ['speech', near('LLM')],
  ['transcription', near('LLM')],
  ['translation', near('LLM')],
]);

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['LLM', 'chat'],
  ['EMBEDDING', 'embeddings'],
  ['RETRIEVER', 'retrieval'],
  ['RERANKER', 'rerank'],
  ['TOOL', 'execute_tool'],
  ['AGENT', 'invoke_agent'],
  ['CHAIN', 'task'],
  ['GUARDRAIL', 'guardrail'],
  ['EVALUATOR', 'evaluate'],
  ['PROMPT', 'prompt'],
]);

/** The span kind of an operation; anything that is no call of a model is a link of a chain. */
export function toOpenInferenceKind(operation: string): SpanKind {
  return KINDS.get(operation) ?? near('CHAIN');
}

/**
 * The operation that a span kind stands for.
 *
 * @param isLocalRoot - a chain that starts in this process is taken for a workflow, any other for a step
 * @param isCompletion - whether the span holds plain prompts instead of messages
 * @returns `undefined` for a word that is no kind
 */
export function fromOpenInferenceKind(kind: string, isLocalRoot: boolean, isCompletion: boolean): string | undefined {
  const operation = OPERATIONS.get(kind.toUpperCase());
  if (operation === 'task' && isLocalRoot) return 'invoke_workflow';
  return operation === 'chat' && isCompletion ? 'text_completion' : operation;
}
