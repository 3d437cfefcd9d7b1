import fc from 'fast-check';
import { assistantParts, chatResponse, serviceAttributes } from '../../src/chat/response.js';
import { deepFrozen, responseMessages } from '../recorded-content.js';
import { chatCompletion } from './arbitrary-chat.js';

describe('chatResponse', () => {
  it('makes one valid message and one finish reason of every choice', () => {
    fc.assert(
      fc.property(chatCompletion, (completion) => {
        const end = chatResponse(deepFrozen(completion));
        const choices = completion['choices'] as { finish_reason: string }[];
        expect(end.result?.finishReasons).toEqual(choices.map((choice) => choice.finish_reason));
        expect(responseMessages(end)).toHaveLength(choices.length);
      }),
    );
  });

  it("says the API's own word in the attribute and the conventions' in the message", () => {
    const end = chatResponse({ choices: [{ finish_reason: 'tool_calls', message: { role: 'assistant' } }] });
    expect(end.result?.finishReasons).toEqual(['tool_calls']);
    expect(responseMessages(end)[0]?.finish_reason).toBe('tool_call');
  });

  it('says error at the place of a reason that never came', () => {
    const end = chatResponse({ choices: [{ message: { content: 'cut' } }, { finish_reason: 'stop', message: {} }] });
    expect(end.result?.finishReasons).toEqual(['error', 'stop']);
    expect(responseMessages(end)[0]?.finish_reason).toBe('error');
  });

  it.each([undefined, null, 'text', 7, [], {}, { choices: null }, { choices: [null] }])('bears %p', (value) => {
    expect(() => responseMessages(chatResponse(value))).not.toThrow();
  });
});

describe('assistantParts', () => {
  it('puts what the model thought before what it said and what it asks for', () => {
    const parts = assistantParts({
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
      refusal: 'No.',
      content: 'Yes.',
      reasoning_content: 'Hm.',
    });
    expect(parts.map(({ type }) => type)).toEqual(['reasoning', 'text', 'refusal', 'tool_call']);
  });

  it('knows both names of reasoning', () => {
    expect(assistantParts({ reasoning: 'Hm.' })).toEqual([{ type: 'reasoning', content: 'Hm.' }]);
  });

  it('makes no part of what is empty', () => {
    expect(assistantParts({ content: '', refusal: '', reasoning_content: '', audio: null, tool_calls: [] })).toEqual(
      [],
    );
  });
});

describe('serviceAttributes', () => {
  it('is nothing where the API says nothing', () => {
    expect(serviceAttributes({ service_tier: null })).toBeUndefined();
    expect(serviceAttributes({ service_tier: 'default' })).toEqual({ 'openai.response.service_tier': 'default' });
  });
});
