import { validateOutputMessages } from '@genspan/semconv';
import { readOpenAIChoices, readOpenAIFinishReasons, writeOpenAIChoices } from '../../src/shapes/openai-choices.js';

const ignore = (): void => undefined;

describe('readOpenAIChoices', () => {
  it('reads choices in the order of their index, with their reasons', () => {
    const completion = {
      id: 'chatcmpl-1',
      choices: [
        { index: 1, finish_reason: 'length', message: { role: 'assistant', content: 'B' } },
        {
          index: 0,
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
          },
        },
      ],
    };
    const messages = [
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'c', name: 'weather', arguments: { city: 'Oslo' } }],
        finish_reason: 'tool_call',
      },
      { role: 'assistant', parts: [{ type: 'text', content: 'B' }], finish_reason: 'length' },
    ];
    expect(readOpenAIChoices(completion, ignore)).toEqual(messages);
    expect(readOpenAIChoices(completion.choices, ignore)).toEqual(messages);
    expect(readOpenAIFinishReasons(completion)).toEqual(['tool_call', 'length']);
  });

  it.each<[string, unknown, unknown]>([
    ['a text', 'Hi', [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }] }]],
    [
      'a message',
      { role: 'assistant', content: 'Hi' },
      [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }] }],
    ],
    [
      'messages',
      [{ role: 'assistant', content: 'Hi', finish_reason: 'stop' }],
      [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }], finish_reason: 'stop' }],
    ],
    [
      'a text completion',
      { choices: [{ index: 0, text: 'Hi', finish_reason: 'stop' }] },
      [{ role: 'assistant', parts: [{ type: 'text', content: 'Hi' }], finish_reason: 'stop' }],
    ],
    [
      'the items of a response',
      {
        output: [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }] },
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
          { type: 'function_call', call_id: 'c', name: 'weather', arguments: '{}' },
        ],
      },
      [
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'Hm.' },
            { type: 'text', content: 'Hi' },
            { type: 'tool_call', id: 'c', name: 'weather', arguments: {} },
          ],
        },
      ],
    ],
    [
      'a message of Anthropic',
      {
        type: 'message',
        role: 'assistant',
        stop_reason: 'tool_use',
        content: [{ type: 'tool_use', id: 'u', name: 'f', input: {} }],
      },
      [
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'u', name: 'f', arguments: {} }],
          finish_reason: 'tool_call',
        },
      ],
    ],
    [
      'sound with what was said',
      {
        choices: [
          { message: { role: 'assistant', content: null, audio: { id: 'a', data: 'AAAA', transcript: 'Hi' } } },
        ],
      },
      [
        {
          role: 'assistant',
          parts: [
            { type: 'blob', modality: 'audio', content: 'AAAA' },
            { type: 'text', content: 'Hi' },
          ],
        },
      ],
    ],
  ])('reads %s', (_what, value, expected) => {
    const messages = readOpenAIChoices(value, ignore);
    expect(messages).toEqual(expected);
    expect(validateOutputMessages(messages)).toEqual([]);
  });

  it('takes nothing that is no answer', () => {
    for (const value of [undefined, null, 3, {}, [], [1], { answer: 'x' }, [{ score: 1 }], { choices: 'x' }]) {
      expect(readOpenAIChoices(value, ignore)).toBeUndefined();
      expect(readOpenAIFinishReasons(value)).toBeUndefined();
    }
  });

  it('keeps a reason that the conventions do not name out of the message, but among the reasons', () => {
    const choices = [
      { index: 0, finish_reason: 'pause_turn', message: { role: 'assistant', content: 'Hi' } },
      { index: 1, message: {} },
    ];
    expect(readOpenAIChoices(choices, ignore)?.[0]).not.toHaveProperty('finish_reason');
    expect(readOpenAIFinishReasons(choices)).toEqual(['pause_turn', 'error']);
  });

  it('tells by the status why a response ended', () => {
    expect(readOpenAIFinishReasons({ status: 'completed', output: [{ type: 'function_call' }] })).toEqual([
      'tool_call',
    ]);
    expect(readOpenAIFinishReasons({ status: 'completed', output: [] })).toEqual(['stop']);
    expect(
      readOpenAIFinishReasons({
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [],
      }),
    ).toEqual(['length']);
    expect(readOpenAIFinishReasons({ status: 'failed', output: [] })).toEqual(['error']);
    expect(readOpenAIFinishReasons({ output: [] })).toBeUndefined();
  });
});

describe('writeOpenAIChoices', () => {
  it('writes what it reads', () => {
    const choices = [
      { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'A' } },
      {
        index: 1,
        finish_reason: 'tool_calls',
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
        },
      },
    ];
    expect(writeOpenAIChoices(readOpenAIChoices(choices, ignore) ?? [], ignore)).toEqual(choices);
  });

  it('prefers the reasons that the span gives', () => {
    expect(
      writeOpenAIChoices([{ role: 'assistant', parts: [], finish_reason: 'stop' }], ignore, ['pause_turn']),
    ).toEqual([{ index: 0, finish_reason: 'pause_turn', message: { role: 'assistant', content: null } }]);
  });
});
