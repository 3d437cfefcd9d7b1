import type { Attributes } from '@opentelemetry/api';
import type { GenAIResult } from '../src/genai-result.js';
import { requestAttributes, writeResult } from '../src/operation-attributes.js';
import { CHAT, EMBEDDINGS } from './conversation.js';

function resultAttributes(result: GenAIResult): Attributes {
  const attributes = result.attributes ?? {};
  writeResult(result, attributes);
  return attributes;
}

it('names operation, provider, model and server of a request', () => {
  expect(requestAttributes(CHAT)).toEqual({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-4o',
    'server.address': 'api.example.com',
    'server.port': 443,
  });
});

it('leaves out what the request does not have, and a port without an address', () => {
  expect(requestAttributes({ kind: 'other', operationName: 'files', providerName: 'x', serverPort: 1 })).toEqual({
    'gen_ai.operation.name': 'files',
    'gen_ai.provider.name': 'x',
  });
});

it('marks a streamed inference, and only that', () => {
  expect(requestAttributes({ ...CHAT, streaming: true })).toHaveProperty(['gen_ai.request.stream'], true);
  expect(requestAttributes({ ...CHAT, streaming: false })).not.toHaveProperty(['gen_ai.request.stream']);
  expect(requestAttributes({ ...EMBEDDINGS, streaming: true })).not.toHaveProperty(['gen_ai.request.stream']);
});

it('adds the attributes of the client', () => {
  const attributes = { 'gen_ai.request.temperature': 0.5, 'openai.api.type': 'responses' };
  expect(requestAttributes({ ...CHAT, attributes })).toMatchObject(attributes);
});

it('names what came back', () => {
  const result = {
    responseId: 'resp-1',
    responseModel: 'gpt-4o-2024',
    finishReasons: ['stop', 'error'],
    usage: { input: 3 },
    attributes: { 'openai.response.system_fingerprint': 'fp' },
    metricAttributes: { 'openai.response.service_tier': 'default' },
  };
  expect(resultAttributes(result)).toEqual({
    'gen_ai.response.id': 'resp-1',
    'gen_ai.response.model': 'gpt-4o-2024',
    'gen_ai.response.finish_reasons': ['stop', 'error'],
    'gen_ai.usage.input_tokens': 3,
    'openai.response.system_fingerprint': 'fp',
    'openai.response.service_tier': 'default',
  });
});

it('has nothing to say of an empty result', () => {
  expect(resultAttributes({ finishReasons: [] })).toEqual({});
});
