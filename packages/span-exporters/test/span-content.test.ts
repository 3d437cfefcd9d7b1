import { contentOf } from '../src/span-content.js';
import { realSpans } from './real-spans.js';

test('gives instructions, messages, tool data and exceptions in this order, and nothing else', () => {
  const text = (role: string, content: string) => JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);
  const [span] = realSpans({
    name: 'chat',
    attributes: {
      'gen_ai.output.messages': text('assistant', 'Hi!'),
      'gen_ai.input.messages': text('user', 'Hello'),
      'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: 'Be kind.' }]),
      'gen_ai.tool.call.arguments': '{"a":1}',
      'gen_ai.tool.call.result': 'done',
      'gen_ai.request.model': 'gpt-4o',
    },
    events: [{ name: 'exception', attributes: { 'exception.message': 'boom' } }, { name: 'other' }],
  });
  if (!span) throw new Error('no span');
  expect(contentOf(span, 100).map(({ label, lines }) => [label, ...lines])).toEqual([
    ['system', 'Be kind.'],
    ['user', 'Hello'],
    ['assistant', 'Hi!'],
    ['arguments', '{"a":1}'],
    ['result', 'done'],
    ['exception', 'boom'],
  ]);
});
