import type { InputMessage } from '@genspan/semconv';
import type { ResponseContent } from '../src/genai-result.js';
import {
  serializeRequest,
  serializeResponse as addResponse,
  type SerializedContent,
} from '../src/operation-content.js';

function serializeResponse(response: ResponseContent): SerializedContent {
  const content: SerializedContent = {};
  addResponse(response, content);
  return content;
}

it('writes messages, instructions and tools as JSON, the rest as it is', () => {
  const inputMessages: InputMessage[] = [{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }];
  const systemInstructions = [{ type: 'text' as const, content: 'be brief' }];
  const toolDefinitions = [{ type: 'function' as const, name: 'f' }];
  const attributes = { 'gen_ai.request.stop_sequences': ['END'] };
  expect(serializeRequest({ inputMessages, systemInstructions, toolDefinitions, attributes })).toEqual({
    'gen_ai.input.messages': JSON.stringify(inputMessages),
    'gen_ai.system_instructions': JSON.stringify(systemInstructions),
    'gen_ai.tool.definitions': JSON.stringify(toolDefinitions),
    'gen_ai.request.stop_sequences': ['END'],
  });
});

it('leaves out what is empty or absent', () => {
  expect(serializeRequest({ inputMessages: [], systemInstructions: undefined, attributes: { a: undefined } })).toEqual(
    {},
  );
  expect(serializeResponse({ outputMessages: [], toolDefinitions: [] })).toEqual({});
});

it('does not change when the application changes its objects later', () => {
  const stop = ['END'];
  const inputMessages = [{ role: 'user', parts: [{ type: 'text' as const, content: 'before' }] }];
  const content = serializeRequest({ inputMessages, attributes: { stop } });
  inputMessages[0]!.parts.push({ type: 'text', content: 'after' });
  stop.push('after');
  expect(JSON.stringify(content)).toContain('before');
  expect(JSON.stringify(content)).not.toContain('after');
});

it('writes output messages, and what a response repeats of its request', () => {
  const outputMessages = [{ role: 'assistant', parts: [{ type: 'text' as const, content: 'yes' }] }];
  const systemInstructions = [{ type: 'text' as const, content: 'be brief' }];
  expect(serializeResponse({ outputMessages, systemInstructions })).toEqual({
    'gen_ai.output.messages': JSON.stringify(outputMessages),
    'gen_ai.system_instructions': JSON.stringify(systemInstructions),
  });
});
