import { ROOT_CONTEXT } from '@opentelemetry/api';
import { genAIContextAttributes, getGenAIContext, setGenAIContext } from '../src/index.js';

const ALL = {
  sessionId: 's',
  userId: 'u',
  tenantId: 't',
  conversationId: 'c',
  tags: ['a', 'b'],
  metadata: { plan: 'pro', seats: 3, trial: false },
  promptName: 'p',
  promptVersion: '2',
};

test('names every value by its attribute', () => {
  expect(genAIContextAttributes(ALL)).toEqual({
    'session.id': 's',
    'user.id': 'u',
    'genspan.tenant.id': 't',
    'gen_ai.conversation.id': 'c',
    'genspan.tags': ['a', 'b'],
    'genspan.metadata.plan': 'pro',
    'genspan.metadata.seats': 3,
    'genspan.metadata.trial': false,
    'gen_ai.prompt.name': 'p',
    'gen_ai.prompt.version': '2',
  });
});

test('says nothing of what is not set', () => {
  expect(genAIContextAttributes({})).toEqual({});
  expect(genAIContextAttributes({ userId: undefined, metadata: {} })).toEqual({});
});

test('works out the values of a context once', () => {
  const values = getGenAIContext(setGenAIContext(ROOT_CONTEXT, ALL)) ?? {};
  expect(genAIContextAttributes(values)).toBe(genAIContextAttributes(values));
  expect(Object.isFrozen(genAIContextAttributes(values))).toBe(true);
});
