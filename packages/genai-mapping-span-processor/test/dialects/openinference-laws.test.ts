import { SemanticConventions } from '@arizeai/openinference-semantic-conventions';
import { validateInputMessages, validateOutputMessages, validateToolDefinitions } from '@genspan/semconv';
import * as fc from 'fast-check';
import { fuzz } from '@genspan/test-utils';
import { mapAttributes } from '../../src/map-attributes.js';

const index = fc.oneof(fc.nat({ max: 3 }), fc.constantFrom(1e9, 7)).map(String);
const below = (prefix: string, ...leaves: string[]) =>
  fc.tuple(index, fc.constantFrom(...leaves)).map(([i, leaf]) => `${prefix}.${i}.${leaf}`);
const call = [
  'tool_call.id',
  'tool_call.function.name',
  'tool_call.function.arguments',
  'tool_call.reasoning_signature',
];
const content = [
  'type',
  'text',
  'id',
  'image.image.url',
  'audio.audio.url',
  'audio.audio.mime_type',
  'video.video.url',
];

const messageKey = fc
  .tuple(
    fc.constantFrom('llm.input_messages', 'llm.output_messages'),
    index,
    fc.oneof(
      fc.constantFrom(
        'role',
        'content',
        'name',
        'tool_call_id',
        'function_call_name',
        'function_call_arguments_json',
        'contents',
      ),
      below('contents', ...content.map((leaf) => `message_content.${leaf}`), ...call),
      below('tool_calls', ...call),
      fc.string(),
    ),
  )
  .map(([side, i, leaf]) => `${side}.${i}.message.${leaf}`);

const documentKey = fc
  .constantFrom('retrieval.documents', 'reranker.input_documents', 'reranker.output_documents')
  .chain((prefix) => below(prefix, ...['id', 'content', 'score', 'metadata'].map((leaf) => `document.${leaf}`)));

const key = fc.oneof(
  { weight: 4, arbitrary: messageKey },
  fc.constantFrom(...Object.values(SemanticConventions)),
  documentKey,
  below('llm.tools', 'tool.json_schema', 'tool.name', 'tool.description'),
  below('embedding.embeddings', 'embedding.text', 'embedding.vector'),
  below('evaluations', 'evaluation.name', 'evaluation.score', 'evaluation.label'),
  below('annotations', 'annotation.name', 'annotation.explanation'),
  below('llm.prompts', 'prompt.text', 'text'),
  below('llm.choices', 'completion.text'),
  below('input.images', 'image.url'),
  fc.constantFrom('input.audio.url', 'output.audio.transcript', 'embedding.invocation_parameters'),
);

const value = fc.oneof(
  fc.jsonValue(),
  fc.jsonValue().map((item) => JSON.stringify(item)),
  fc.constantFrom(
    'tool',
    'function',
    'assistant',
    'text',
    'image',
    'reasoning',
    'tool_use',
    'tool_call',
    'blob',
    'file',
    'uri',
    '',
  ),
  fc.constantFrom(
    'data:image/png;base64,AAAA',
    'data:image/png;base64,__REDACTED__',
    ' data:,x',
    'https://example.com',
  ),
  fc.constantFrom('{"type":"function","function":{"name":"f"}}', '{"toolSpec":{"name":"f","inputSchema":{"json":{}}}}'),
  fc.constantFrom(
    '{"type":"tool_call"}',
    '{"type":"blob","modality":"image"}',
    '{"messages":[{"role":"user","content":[null]}]}',
  ),
  fc.anything(),
);

const KINDS = ['LLM', 'TOOL', 'AGENT', 'CHAIN', 'RETRIEVER', 'RERANKER', 'EMBEDDING', 'GUARDRAIL', 'llm', 7, {}];

const span = fc
  .tuple(fc.constantFrom(...KINDS), fc.array(fc.tuple(key, value), { maxLength: 20 }))
  .map(([kind, entries]) => ({ ...Object.fromEntries(entries), 'openinference.span.kind': kind }));

describe('whatever stands under the keys of OpenInference', () => {
  it('is read without a failure into GenAI that is valid', () => {
    fc.assert(
      fc.property(span, (attributes) => {
        const { attributes: mapped, failed } = mapAttributes(attributes, {
          from: 'openinference',
          to: ['genai', 'langfuse'],
        });
        expect(failed).toEqual([]);
        const { 'gen_ai.input.messages': input, 'gen_ai.output.messages': output } = mapped;
        if (input !== undefined) expect(validateInputMessages(input)).toEqual([]);
        if (output !== undefined) expect(validateOutputMessages(output)).toEqual([]);
        const tools = mapped['gen_ai.tool.definitions'];
        if (tools !== undefined) expect(validateToolDefinitions(tools)).toEqual([]);
      }),
      fuzz(1500),
    );
  });

  it('says the same after a round through GenAI, but for what was reported', () => {
    fc.assert(
      fc.property(span, (attributes) => {
        const first = mapAttributes(attributes, { from: 'openinference', to: 'genai', mode: 'replace' });
        // What was not understood stays where it is; here it would be read again.
        const current = Object.entries(first.attributes).filter(([name]) => name.startsWith('gen_ai.'));
        const there = mapAttributes(Object.fromEntries(current), {
          from: 'genai',
          to: 'openinference',
          mode: 'replace',
          events: first.events,
        });
        const again = mapAttributes(there.attributes, {
          from: 'openinference',
          to: 'genai',
          mode: 'replace',
          events: there.events,
        });
        expect(again.failed).toEqual([]);
        const lost = new Set(there.lost.map(({ attribute }) => attribute));
        for (const [name, item] of current) {
          if (lost.has(name)) continue;
          if (name === 'gen_ai.input.messages' && lost.has('gen_ai.system_instructions')) continue;
          expect({ [name]: again.attributes[name] }).toEqual({ [name]: item });
        }
      }),
      fuzz(500),
    );
  });
});
