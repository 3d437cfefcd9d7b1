import fc from 'fast-check';
import type { InputMessage, MessagePart } from '@genspan/semconv';
import { stringifyMessages, stringifyParts } from '../src/message-json.js';

const text = fc.string({ unit: 'binary' });
const part: fc.Arbitrary<MessagePart> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), content: text }),
  fc.record({ type: fc.constant('text' as const), content: text, language: text }),
  fc.record({ type: fc.constant('tool_call' as const), id: text, name: text, arguments: fc.jsonValue() }),
  fc.record({ type: text, content: fc.jsonValue() }),
);
const message = fc.record(
  {
    role: text,
    parts: fc.array(part),
    name: fc.option(text),
    finish_reason: fc.constantFrom('stop' as const, 'tool_call' as const, null),
  },
  { requiredKeys: ['role', 'parts'] },
);

it('writes the very text that JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.array(message), (messages) => {
      expect(stringifyMessages(messages)).toBe(JSON.stringify(messages));
    }),
  );
  fc.assert(fc.property(fc.array(part), (parts) => expect(stringifyParts(parts)).toBe(JSON.stringify(parts))));
});

it('leaves out what is undefined, as JSON.stringify does', () => {
  const message: InputMessage = { role: 'user', parts: [] };
  Reflect.set(message, 'name', undefined);
  expect(stringifyMessages([message])).toBe('[{"role":"user","parts":[]}]');
});
