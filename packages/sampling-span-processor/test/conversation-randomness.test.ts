import { createHash } from 'node:crypto';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import fc from 'fast-check';
import { setGenAIContext } from '@genspan/genai-context';
import { conversationIdOf, randomnessOfConversation } from '../src/conversation-randomness.js';

/** Halves of surrogate pairs included; fast-check's own takes seconds to set up. */
const anyString = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));

describe('the randomness of a conversation', () => {
  // Computed elsewhere: printf %s ID | sha256sum | cut -c51-64
  test.each([
    ['abc', '10ff61f20015ad'],
    ['conversation-1', '969243566f6672'],
    ['日本語 🎌', '353abd9c1ecc9e'],
  ])('of %j is the end of its SHA-256, whoever computes it', (id, randomness) => {
    expect(randomnessOfConversation(id)).toBe(randomness);
  });

  test('is the low 56 bits of the hash of the UTF-8 bytes, whatever the id', () => {
    fc.assert(
      fc.property(anyString, (id) => {
        const digest = createHash('sha256').update(Buffer.from(id, 'utf8')).digest();
        const low = BigInt(`0x${digest.toString('hex')}`) & ((1n << 56n) - 1n);
        expect(randomnessOfConversation(id)).toBe(low.toString(16).padStart(14, '0'));
      }),
    );
  });

  test('is spread evenly over its range', () => {
    const buckets = new Array<number>(16).fill(0);
    const total = 64_000;
    for (let i = 0; i < total; i++) {
      const bucket = parseInt(randomnessOfConversation(`conversation-${i}`).slice(0, 1), 16);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    // Standard deviation of a bucket: 61.
    for (const count of buckets) expect(Math.abs(count - total / 16)).toBeLessThan(300);
  });
});

describe('what ties a trace to a conversation', () => {
  const session = { sessionId: 'session' };
  const both = { ...session, conversationId: 'conversation' };
  const own = { 'gen_ai.conversation.id': 'own' };

  test.each([
    ['the attribute first', own, both, 'own'],
    ['then the conversation of the context', {}, both, 'conversation'],
    ['then its session', {}, session, 'session'],
    ['an empty attribute is none', { 'gen_ai.conversation.id': '' }, session, 'session'],
    ['a number is none', { 'gen_ai.conversation.id': 7 }, session, 'session'],
    ['a user is none', {}, { userId: 'user' }, undefined],
    ['nothing is none', {}, {}, undefined],
  ])('%s', (_title, attributes, values, id) => {
    expect(conversationIdOf(setGenAIContext(ROOT_CONTEXT, values), attributes)).toBe(id);
  });
});
