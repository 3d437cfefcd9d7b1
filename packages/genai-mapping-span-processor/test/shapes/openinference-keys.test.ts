import { contentKeys, messageKeys } from '../../src/shapes/openinference-keys.js';

describe('messageKeys', () => {
  it.each([0, 1, 63, 64, 1000])('names message %i, kept or not, in any order and again', (index) => {
    for (const prefix of ['llm.output_messages.', 'llm.input_messages.', 'other.']) {
      for (let again = 0; again < 2; again++) {
        const keys = messageKeys(prefix, index);
        expect(keys).toMatchObject({
          role: `${prefix}${index}.message.role`,
          name: `${prefix}${index}.message.name`,
          content: `${prefix}${index}.message.content`,
          toolCallId: `${prefix}${index}.message.tool_call_id`,
        });
        for (const content of [0, 3, 4, 50]) {
          expect(contentKeys(keys, content)).toEqual({
            begin: `${prefix}${index}.message.contents.${content}.`,
            type: `${prefix}${index}.message.contents.${content}.message_content.type`,
            text: `${prefix}${index}.message.contents.${content}.message_content.text`,
          });
        }
      }
    }
  });
});
