import { toolCall, toolCallParts } from '../../src/chat/tool-calls.js';

describe('toolCall', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['[1]', [1]],
    ['{"a":', '{"a":'],
    ['null', null],
    [{ a: 1 }, { a: 1 }],
  ])('records the arguments %p as %p', (argument, expected) => {
    expect(toolCall('call_1', 'f', argument)).toEqual({
      type: 'tool_call',
      id: 'call_1',
      name: 'f',
      arguments: expected,
    });
  });

  it('records no arguments where there are none', () => {
    expect(toolCall(undefined, 'f', '')).toEqual({ type: 'tool_call', name: 'f' });
    expect(toolCall(undefined, 'f', undefined)).toEqual({ type: 'tool_call', name: 'f' });
  });

  it('names a call that was cut short before its name', () => {
    expect(toolCall('call_1', '', '')).toEqual({ type: 'tool_call', id: 'call_1', name: 'unknown' });
  });
});

describe('toolCallParts', () => {
  it('reads functions, custom tools and the older function call', () => {
    const parts = toolCallParts({
      tool_calls: [
        { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } },
        { id: 'call_2', type: 'custom', custom: { name: 'c', input: 'raw' } },
      ],
      function_call: { name: 'g', arguments: '{}' },
    });
    expect(parts.map((part) => ('name' in part ? part['name'] : undefined))).toEqual(['f', 'c', 'g']);
  });

  it('finds no call in a message without', () => {
    expect(toolCallParts({ tool_calls: null, function_call: null })).toEqual([]);
  });
});
