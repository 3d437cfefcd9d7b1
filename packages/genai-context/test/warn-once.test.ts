import { diag } from '@opentelemetry/api';
import { warnOnce } from '../src/warn-once.js';
import { recordWarnings } from '@genspan/test-utils';
import { forgetWarnings } from './diag-warnings';

beforeEach(forgetWarnings);
afterEach(() => diag.disable());

test('says each key once', () => {
  const lines = recordWarnings();
  for (let i = 0; i < 3; i++) warnOnce('userId', 'a non-empty string');
  warnOnce('tags', 'an array of non-empty strings');
  expect(lines).toEqual([
    'GenAI context: `userId` is left out, expected a non-empty string. More of the same is not said again.',
    'GenAI context: `tags` is left out, expected an array of non-empty strings. More of the same is not said again.',
  ]);
});

test('falls silent when keys have no end', () => {
  const lines = recordWarnings();
  for (let i = 0; i < 100; i++) warnOnce(`metadata.k${i}`, 'a string');
  expect(lines).toHaveLength(32);
});

test('survives a logger that throws', () => {
  recordWarnings(() => {
    throw new Error('logger');
  });
  expect(() => warnOnce('userId', 'a non-empty string')).not.toThrow();
});
