/** What Langfuse calls an operation, and whether that reads back as the same operation. */
interface ObservationType {
  readonly type: string;
  readonly exact: boolean;
}

const exact = (type: string): ObservationType => ({ type, exact: true });
const near = (type: string): ObservationType => ({ type, exact: false });

/** @see Langfuse, types of observations */
const TYPES: ReadonlyMap<string, ObservationType> = new Map([
  ['chat', exact('generation')],
  ['text_completion', near('generation')],
  ['generate_content', near('generation')],
  ['embeddings', exact('embedding')],
  ['retrieval', exact('retriever')],
  ['search_memory', near('retriever')],
  ['execute_tool', exact('tool')],
  ['invoke_agent', exact('agent')],
  ['create_agent', near('agent')],
  ['plan', near('agent')],
  ['invoke_workflow', exact('chain')],
  ['task', exact('span')],
  ['guardrail', exact('guardrail')],
  ['moderation', near('guardrail')],
  ['evaluate', exact('evaluator')],
  // Calls of a model that have no name in the conventions.
  ['image_generation', near('generation')],
  ['image_edit', near('generation')],
  ['image_variation', near('generation')],
  ['speech', near('generation')],
  ['transcription', near('generation')],
  ['translation', near('generation')],
]);

const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['generation', 'chat'],
  ['embedding', 'embeddings'],
  ['retriever', 'retrieval'],
  ['tool', 'execute_tool'],
  ['agent', 'invoke_agent'],
  ['chain', 'invoke_workflow'],
  ['span', 'task'],
  ['event', 'task'],
  ['guardrail', 'guardrail'],
  ['evaluator', 'evaluate'],
]);

/** The type of observation of an operation; anything that has none is a span. */
export function toObservationType(operation: string): ObservationType {
  return TYPES.get(operation) ?? near('span');
}

/** The operation that a type of observation stands for; `undefined` for a word that is none. */
export function fromObservationType(type: string): string | undefined {
  return OPERATIONS.get(type.toLowerCase());
}
