/** Whose content an attribute holds: what was given to the model or tool, or what came back. */
export type ContentSide = 'input' | 'output';

const KEYS: ReadonlyMap<string, ContentSide> = new Map([
  ...of('input', [
    'gen_ai.input.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.definitions',
    'gen_ai.tool.call.arguments',
    'gen_ai.retrieval.query.text',
    'gen_ai.memory.query.text',
    'gen_ai.prompt',
    'gen_ai.prompt_json',
    'input.value',
    'llm.prompt_template.template',
    'llm.prompt_template.variables',
    'tool.parameters',
    'tool.json_schema',
    'reranker.query',
    'reranker.input_documents',
    'llm.input_messages',
    'llm.prompts',
    'llm.tools',
    'embedding.embeddings',
    'embedding.text',
    'input.images',
    'tool_call.function.arguments',
    'traceloop.entity.input',
    'traceloop.prompt.template',
    'ai.documents',
    'ai.request.text',
    'ai.prompt',
    'ai.value',
    'ai.values',
    'ai.toolCall.args',
    'langfuse.observation.input',
    'langfuse.trace.input',
    'braintrust.input',
    'braintrust.input_json',
  ]),
  ...of('output', [
    'gen_ai.output.messages',
    'gen_ai.tool.call.result',
    'gen_ai.retrieval.documents',
    'gen_ai.memory.records',
    'gen_ai.completion',
    'gen_ai.completion_json',
    'output.value',
    'output.images',
    'llm.output_messages',
    'llm.completions',
    'llm.choices',
    'llm.function_call',
    'retrieval.documents',
    'reranker.output_documents',
    'embedding.vector',
    'traceloop.entity.output',
    'ai.response.text',
    'ai.response.reasoning',
    'ai.response.toolCalls',
    'ai.response.object',
    'ai.response.files',
    'ai.toolCall.result',
    'ai.embedding',
    'ai.embeddings',
    'langfuse.observation.output',
    'langfuse.trace.output',
    'braintrust.output',
    'braintrust.output_json',
    'braintrust.expected',
  ]),
]);

const PREFIXES: readonly (readonly [prefix: string, side: ContentSide])[] = [
  ['gen_ai.prompt.', 'input'],
  ['gen_ai.completion.', 'output'],
  ['llm.input_messages.', 'input'],
  ['llm.output_messages.', 'output'],
  ['llm.prompts.', 'input'],
  ['llm.completions.', 'output'],
  ['llm.choices.', 'output'],
  ['input.images.', 'input'],
  ['output.images.', 'output'],
  ['traceloop.prompt.template_variables.', 'input'],
  ['llm.tools.', 'input'],
  ['llm.request.functions.', 'input'],
  ['ai.prompt.', 'input'],
  ['ai.result.', 'output'],
  ['embedding.embeddings.', 'input'],
  ['retrieval.documents.', 'output'],
  ['reranker.input_documents.', 'input'],
  ['reranker.output_documents.', 'output'],
  ['braintrust.input.', 'input'],
  ['braintrust.output.', 'output'],
];

/** Below those prefixes what is no content: which template it was, who wrote a message and why it ended, the score of a document. */
const FACTS = /^gen_ai\.prompt\.(?:name|version)$|\.(?:role|finish_reason|score)$|^ai\.prompt\.toolChoice$/;

/** Whose content an attribute holds, by its key; `undefined`: none's. */
export function contentSideOf(key: string): ContentSide | undefined {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const prefix = PREFIXES.find(([start]) => key.startsWith(start));
  if (prefix === undefined || FACTS.test(key)) return undefined;
  return key.endsWith('.vector') ? 'output' : prefix[1];
}

/** Whether an attribute defines tools. `name`: it is only what one is called. */
export function toolDefinitionKind(key: string): 'list' | 'field' | 'name' | undefined {
  if (key === 'gen_ai.tool.definitions' || key === 'ai.prompt.tools') return 'list';
  if (key.startsWith('llm.tools.')) return 'list';
  if (!key.startsWith('llm.request.functions.')) return undefined;
  return key.endsWith('.name') ? 'name' : 'field';
}

const EVENTS: ReadonlyMap<string, ContentSide> = new Map([
  ...of('input', [
    'gen_ai.system.message',
    'gen_ai.user.message',
    'gen_ai.assistant.message',
    'gen_ai.tool.message',
    'gen_ai.content.prompt',
  ]),
  ...of('output', ['gen_ai.choice', 'gen_ai.content.completion', 'db.query.result']),
]);

const EVENT_FACTS: ReadonlySet<string> = new Set([
  'gen_ai.system',
  'gen_ai.provider.name',
  'event.name',
  'role',
  'id',
  'index',
  'finish_reason',
  'db.query.result.id',
  'db.query.result.score',
  'db.query.result.distance',
]);

/** Whose content an attribute of an event holds, by the names of both. */
export function eventContentSideOf(event: string, key: string): ContentSide | undefined {
  const side = EVENTS.get(event);
  return side !== undefined && !EVENT_FACTS.has(key) ? side : contentSideOf(key);
}

function of(side: ContentSide, keys: readonly string[]): (readonly [string, ContentSide])[] {
  return keys.map((key) => [key, side] as const);
}
