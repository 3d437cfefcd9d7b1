import { FINISH_REASONS } from '@genspan/semconv';
import fc from 'fast-check';
import { messageFinishReason } from '../src/finish-reason.js';

describe('messageFinishReason', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content_filter'],
    ['tool_calls', 'tool_call'],
    ['function_call', 'tool_call'],
    ['error', 'error'],
    ['insufficient_system_resource', 'stop'],
    ['constructor', 'stop'],
  ])('says %s as %s', (reason, expected) => {
    expect(messageFinishReason(reason)).toBe(expected);
  });

  it("is always on the conventions' list", () => {
    fc.assert(fc.property(fc.string(), (reason) => FINISH_REASONS.includes(messageFinishReason(reason))));
  });
});
