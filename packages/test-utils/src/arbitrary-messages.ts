import fc from 'fast-check';
import { FINISH_REASONS, MODALITIES } from '@genspan/semconv';
import type {
  InputMessage,
  KnownMessagePart,
  MessagePart,
  OutputMessage,
  SystemInstruction,
  ToolDefinition,
} from '@genspan/semconv';

const name = fc.string({ minLength: 1 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const modality = fc.oneof(fc.constantFrom(...MODALITIES), name);
const mimeType = orNull(
  fc.constantFrom('image/png', 'audio/wav', 'application/vnd.api+json', 'text/plain; charset=utf-8'),
);
const base64 = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const details = fc.dictionary(name, fc.jsonValue()).chain((rest) => name.map((type) => ({ ...rest, type })));
const uri = fc.constantFrom('https://example.com/a.png', 'gs://bucket/object.png', 'file:///data:/x');

// Exhaustive by its type, as the validator's table is.
const PARTS: { [Part in KnownMessagePart as Part['type']]: fc.Arbitrary<Part> } = {
  text: fc.record({ type: fc.constant('text'), content: fc.string() }),
  tool_call: fc.record(
    { type: fc.constant('tool_call'), id: orNull(fc.string()), name, arguments: fc.jsonValue() },
    { requiredKeys: ['type', 'name'] },
  ),
  tool_call_response: fc.record(
    { type: fc.constant('tool_call_response'), id: orNull(fc.string()), response: fc.jsonValue() },
    { requiredKeys: ['type', 'response'] },
  ),
  server_tool_call: fc.record(
    { type: fc.constant('server_tool_call'), id: orNull(fc.string()), name, server_tool_call: details },
    { requiredKeys: ['type', 'name', 'server_tool_call'] },
  ),
  server_tool_call_response: fc.record(
    { type: fc.constant('server_tool_call_response'), id: orNull(fc.string()), server_tool_call_response: details },
    { requiredKeys: ['type', 'server_tool_call_response'] },
  ),
  blob: fc.record(
    { type: fc.constant('blob'), modality, mime_type: mimeType, content: base64 },
    { requiredKeys: ['type', 'modality', 'content'] },
  ),
  file: fc.record(
    { type: fc.constant('file'), modality, mime_type: mimeType, file_id: name },
    { requiredKeys: ['type', 'modality', 'file_id'] },
  ),
  uri: fc.record(
    { type: fc.constant('uri'), modality, mime_type: mimeType, uri },
    { requiredKeys: ['type', 'modality', 'uri'] },
  ),
  reasoning: fc.record({ type: fc.constant('reasoning'), content: fc.string() }),
  compaction: fc.record(
    { type: fc.constant('compaction'), id: orNull(fc.string()), content: orNull(fc.string()) },
    { requiredKeys: ['type'] },
  ),
};

const genericPart = fc
  .tuple(
    fc.dictionary(name, fc.jsonValue()),
    name.filter((type) => !Object.hasOwn(PARTS, type)),
  )
  .map(([rest, type]) => ({ ...rest, type }));

export const knownPart: fc.Arbitrary<KnownMessagePart> = fc.oneof(...Object.values(PARTS));
export const part: fc.Arbitrary<MessagePart> = fc.oneof({ weight: 5, arbitrary: knownPart }, genericPart);

const role = fc.oneof(fc.constantFrom('system', 'user', 'assistant', 'tool', 'developer'), name);
const parts = fc.array(part, { maxLength: 5 });

export const inputMessages: fc.Arbitrary<InputMessage[]> = fc.array(
  fc.record({ role, parts, name: orNull(fc.string()) }, { requiredKeys: ['role', 'parts'] }),
);
export const outputMessages: fc.Arbitrary<OutputMessage[]> = fc.array(
  fc.record(
    { role, parts, name: orNull(fc.string()), finish_reason: orNull(fc.constantFrom(...FINISH_REASONS)) },
    { requiredKeys: ['role', 'parts'] },
  ),
);
export const finishedMessages: fc.Arbitrary<OutputMessage[]> = fc.array(
  fc.record({ role, parts, finish_reason: fc.constantFrom(...FINISH_REASONS) }),
);
export const systemInstructions: fc.Arbitrary<SystemInstruction[]> = fc.array(PARTS.text);

const jsonSchema = fc.record(
  {
    type: fc.constantFrom('object', ['object', 'null']),
    properties: fc.dictionary(name, fc.record({ type: fc.constantFrom('string', 'integer') })),
    required: fc.uniqueArray(name),
  },
  { requiredKeys: [] },
);
export const toolDefinitions: fc.Arbitrary<ToolDefinition[]> = fc.array(
  fc.oneof(
    fc.record(
      {
        type: fc.constant('function' as const),
        name,
        description: orNull(fc.string()),
        parameters: orNull(jsonSchema),
      },
      { requiredKeys: ['type', 'name'] },
    ),
    fc.record({ type: fc.constantFrom('mcp', 'web_search'), name, server_label: fc.string() }),
  ),
);
