import fc from 'fast-check';
import { FINISH_REASONS, MODALITIES } from '@genspan/semconv';
import { BOOLEAN_FACTS, INTEGER_FACTS, NUMBER_FACTS, STRING_FACTS } from '../src/facts';

const name = fc.string({ minLength: 1 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const modality = fc.constantFrom(...MODALITIES);
const mimeType = orNull(fc.constantFrom('image/png', 'audio/wav', 'application/pdf'));
const base64 = fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('[1]', '{"a":1}', 'null', '7', ' ', 'data:x', '__proto__', '\u{1F600}'),
);
const json = fc.jsonValue({ maxDepth: 2 }).filter((value) => !Object.is(value, -0));
const details = fc.record({ type: name, query: text });

export const part = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('text'), content: text }) },
  fc.record(
    { type: fc.constant('tool_call'), id: orNull(text), name, arguments: fc.dictionary(name, json) },
    { requiredKeys: ['type', 'name'] },
  ),
  fc.record(
    { type: fc.constant('tool_call_response'), id: orNull(text), response: json },
    { requiredKeys: ['type', 'response'] },
  ),
  fc.record({ type: fc.constant('server_tool_call'), name, server_tool_call: details }),
  fc.record(
    { type: fc.constant('blob'), modality, mime_type: mimeType, content: base64 },
    { requiredKeys: ['type', 'modality', 'content'] },
  ),
  fc.record(
    { type: fc.constant('file'), modality, mime_type: mimeType, file_id: name },
    { requiredKeys: ['type', 'modality', 'file_id'] },
  ),
  fc.record(
    {
      type: fc.constant('uri'),
      modality,
      mime_type: mimeType,
      uri: fc.constantFrom('https://example.com/a.png', 'gs://b/c'),
    },
    { requiredKeys: ['type', 'modality', 'uri'] },
  ),
  fc.record({ type: fc.constant('reasoning'), content: text }),
  fc.record({ type: fc.constantFrom('refusal', 'custom'), content: text, note: text }, { requiredKeys: ['type'] }),
);

const role = fc.oneof(fc.constantFrom('system', 'user', 'assistant', 'tool', 'developer'), name);
const parts = fc.array(part, { minLength: 1, maxLength: 4 });
export const inputMessages = fc.array(
  fc.record({ role, parts, name: orNull(fc.string()) }, { requiredKeys: ['role', 'parts'] }),
  { minLength: 1, maxLength: 4 },
);
export const outputMessages = fc.array(
  fc.record({
    role: fc.constant('assistant'),
    parts,
    finish_reason: fc.constantFrom(...FINISH_REASONS),
  }),
  { maxLength: 3 },
);
const instructions = fc.array(fc.record({ type: fc.constant('text'), content: text }), { minLength: 1, maxLength: 2 });
const tools = fc.array(
  fc.record(
    {
      type: fc.constant('function'),
      name,
      description: orNull(text),
      parameters: fc.constantFrom({ type: 'object', properties: { city: { type: 'string' } } }, {}),
    },
    { requiredKeys: ['type', 'name'] },
  ),
  { minLength: 1, maxLength: 2 },
);
const documents = fc.array(
  fc.record(
    { id: text, score: fc.double({ noNaN: true, noDefaultInfinity: true }), content: text },
    { requiredKeys: [] },
  ),
  { maxLength: 2 },
);

export const OPERATIONS = [
  'chat',
  'generate_content',
  'text_completion',
  'embeddings',
  'retrieval',
  'create_agent',
  'invoke_agent',
  'execute_tool',
  'invoke_workflow',
];
export const PROVIDERS = [
  'openai',
  'anthropic',
  'azure.ai.openai',
  'gcp.vertex_ai',
  'gcp.gemini',
  'aws.bedrock',
  'x_ai',
];

const WORDS: Record<string, readonly string[]> = {
  'gen_ai.operation.name': OPERATIONS,
  'gen_ai.provider.name': [...PROVIDERS, 'house.of.models'],
  'gen_ai.output.type': ['text', 'json', 'image', 'speech'],
  'openai.api.type': ['chat_completions', 'responses'],
};

const SCALARS: Record<string, fc.Arbitrary<unknown>> = {
  ...Object.fromEntries(
    STRING_FACTS.map((fact) => [fact, WORDS[fact] === undefined ? name : fc.constantFrom(...WORDS[fact])]),
  ),
  ...Object.fromEntries(INTEGER_FACTS.map((fact) => [fact, fc.nat({ max: 100_000 })])),
  ...Object.fromEntries(NUMBER_FACTS.map((fact) => [fact, fc.nat({ max: 100_000 }).map((value) => value / 1000)])),
  ...Object.fromEntries(BOOLEAN_FACTS.map((fact) => [fact, fc.constant(true)])),
  'gen_ai.request.stop_sequences': fc.array(name, { minLength: 1, maxLength: 2 }),
  'gen_ai.request.encoding_formats': fc.array(name, { minLength: 1, maxLength: 2 }),
};
const scalars = fc.record(SCALARS, { requiredKeys: ['gen_ai.operation.name'] });

const structures = fc.record(
  {
    'gen_ai.system_instructions': instructions.map((value) => JSON.stringify(value)),
    'gen_ai.input.messages': inputMessages.map((value) => JSON.stringify(value)),
    'gen_ai.tool.definitions': tools.map((value) => JSON.stringify(value)),
    'gen_ai.retrieval.documents': documents.map((value) => JSON.stringify(value)),
    'gen_ai.tool.call.arguments': fc.dictionary(name, json).map((value) => JSON.stringify(value)),
    'gen_ai.tool.call.result': fc.oneof(
      text,
      fc.array(json).map((value) => JSON.stringify(value)),
    ),
    'gen_ai.prompt.variable.city': text,
  },
  { requiredKeys: [] },
);

/** Makes numbers of a kind of tokens those of some of all tokens. */
function withSubsets(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result = { ...facts };
  for (const side of ['input', 'output']) {
    const parts = Object.keys(facts).filter((fact) => new RegExp(`^gen_ai\\.usage\\..+\\.${side}_tokens$`).test(fact));
    const total = Math.max(0, ...parts.map((fact) => facts[fact] as number)) * 2;
    if (parts.length > 0 && facts[`gen_ai.usage.${side}_tokens`] !== undefined) {
      result[`gen_ai.usage.${side}_tokens`] = total + (facts[`gen_ai.usage.${side}_tokens`] as number);
    }
  }
  return result;
}

const SPEAKING: ReadonlySet<string> = new Set([
  'chat',
  'generate_content',
  'text_completion',
  'invoke_agent',
  'invoke_workflow',
]);
const CONTENT_OF: Readonly<Record<string, string>> = {
  execute_tool: 'gen_ai.tool.call.',
  retrieval: 'gen_ai.retrieval.',
};

/** The content that a span of an operation has. */
function onlyOf(operation: string, content: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const prefix = CONTENT_OF[operation] ?? 'gen_ai.prompt.';
  const isOf = (key: string): boolean =>
    key.startsWith(prefix) || (SPEAKING.has(operation) && /messages|instructions|definitions/.test(key));
  return Object.fromEntries(Object.entries(content).filter(([key]) => isOf(key)));
}

/** The attributes of a span in the current conventions, valid all through. What it says twice, it says the same. */
export const genaiAttributes: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(scalars, structures, outputMessages, fc.constantFrom('none', 'messages only', 'beside only', 'both'))
  .map(([some, content, messages, where]) => {
    const isSaidThere = where === 'messages only' || where === 'both';
    const isSaidBeside = where === 'beside only' || where === 'both';
    const output = messages.map(({ finish_reason: reason, ...rest }) =>
      isSaidThere ? { ...rest, finish_reason: reason } : rest,
    );
    const operation = String(some['gen_ai.operation.name']);
    const facts = { ...withSubsets(some), ...onlyOf(operation, content) };
    if (messages.length === 0 || !SPEAKING.has(operation)) return facts;
    return {
      ...facts,
      'gen_ai.output.messages': JSON.stringify(output),
      ...(isSaidBeside ? { 'gen_ai.response.finish_reasons': messages.map((message) => message.finish_reason) } : {}),
    };
  });

/** Anything that may be under a key, honest or hostile. */
const anyValue = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.constantFrom('', '[', '{"role"', '[{"role":1}]', '[null]', '[{"parts":{}}]', '{"messages":[[]]}', 'stop', 'chat'),
  inputMessages.map((value) => JSON.stringify(value)),
);

/** Keys that dialects know, some with odd endings. */
export const KEYS = [
  '__proto__',
  'constructor',
  'gen_ai.operation.name',
  'gen_ai.provider.name',
  'gen_ai.system',
  'gen_ai.prompt',
  'gen_ai.completion',
  'gen_ai.prompt.0.content',
  'gen_ai.prompt.0.role',
  'gen_ai.prompt.999999999.role',
  'gen_ai.completion.0.tool_calls.1.name',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.system_instructions',
  'gen_ai.tool.definitions',
  'gen_ai.tool.call.arguments',
  'gen_ai.retrieval.documents',
  'gen_ai.response.finish_reasons',
  'gen_ai.usage.input_tokens',
  'gen_ai.usage.prompt_tokens',
  'gen_ai.usage.cache_creation.input_tokens',
  'gen_ai.prompt.variable.__proto__',
  'genspan.metadata.__proto__',
  'openinference.span.kind',
  'llm.model_name',
  'llm.invocation_parameters',
  'llm.input_messages.0.message.role',
  'llm.input_messages.0.message.contents.1.message_content.image.image.url',
  'llm.input_messages.1000000000.message.content',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments',
  'llm.tools.0.tool.json_schema',
  'llm.request.type',
  'llm.token_count.prompt',
  'input.value',
  'output.value',
  'retrieval.documents.0.document.metadata',
  'traceloop.span.kind',
  'traceloop.entity.input',
  'ai.operationId',
  'ai.prompt',
  'ai.prompt.messages',
  'ai.prompt.tools',
  'ai.response.text',
  'ai.response.toolCalls',
  'ai.toolCall.args',
  'ai.usage.promptTokens',
  'langfuse.observation.type',
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.observation.usage_details',
  'langfuse.observation.model.parameters',
  'braintrust.input_json',
  'braintrust.output_json',
  'braintrust.metadata',
  'braintrust.metrics',
  'braintrust.span_attributes',
  'braintrust.scores',
];

const anyKey = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...KEYS) }, fc.string());

/** Attributes that may be anything at all. */
export const wildAttributes: fc.Arbitrary<Record<string, unknown>> = fc
  .array(fc.tuple(anyKey, anyValue), { maxLength: 12 })
  .map(
    // As JSON.parse would: a key named __proto__ is a key.
    (entries) => Object.fromEntries(entries),
  );

const EVENT_NAMES = [
  'gen_ai.user.message',
  'gen_ai.tool.message',
  'gen_ai.choice',
  'gen_ai.content.prompt',
  'gen_ai.content.completion',
  'gen_ai.evaluation.result',
  'gen_ai.client.inference.operation.details',
  'db.query.result',
  'exception',
];

/** Events that may be anything at all. */
export const wildEvents = fc.array(
  fc.record(
    {
      name: fc.constantFrom(...EVENT_NAMES),
      attributes: fc.oneof(
        wildAttributes,
        fc.record(
          {
            content: anyValue,
            message: anyValue,
            tool_calls: anyValue,
            'gen_ai.prompt': anyValue,
            'gen_ai.event.content': anyValue,
          },
          { requiredKeys: [] },
        ),
      ),
      body: anyValue,
    },
    { requiredKeys: ['name'] },
  ),
  { maxLength: 4 },
);
