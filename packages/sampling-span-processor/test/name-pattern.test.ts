import fc from 'fast-check';
import { NamePattern } from '../src/name-pattern.js';

test.each([
  ['an exact name', 'chat', 'chat', true],
  ['a longer name', 'chat', 'chat gpt', false],
  ['another case', 'chat', 'Chat', false],
  ['the end after a star', 'chat *', 'chat gpt-4o', true],
  ['nothing after a star', 'chat*', 'chat', true],
  ['the start before a star', '*-mini', 'gpt-4o-mini', true],
  ['a name without the start before a star', '*-mini', 'gpt-4o-mini-2024', false],
  ['the middle between stars', '*4o*', 'gpt-4o-mini', true],
  ['pieces in another order', '*b*a*', 'a b', false],
  ['overlapping pieces', 'ab*ba', 'aba', false],
  ['a piece that must be found the second time', '*ab', 'aab', true],
  ['several stars in a row', 'a***b', 'ab', true],
  ['only a star', '*', '', true],
  ['one character', 'gpt-?', 'gpt-4', true],
  ['no character where one must be', 'gpt-?', 'gpt-', false],
  ['two characters where one must be', 'gpt-?', 'gpt-4o', false],
  ['an emoji as one character', 'a?c', 'a🎈c', true],
  ['an emoji as no two characters', 'a??c', 'a🎈c', false],
  ['an emoji after a star as no three characters', '*???', 'a🎈', false],
  ['characters that mean something in regular expressions', 'a.c(*)', 'abc(x)', false],
  ['the same characters literally', 'a.c(*)', 'a.c(x)', true],
  ['a line break within a star', 'a*c', 'a\nb\nc', true],
  ['an empty name', 'a*', '', false],
])('sees to %s: %s against %j', (_what, pattern, name, expected) => {
  expect(new NamePattern([pattern]).matches(name)).toBe(expected);
});

test('matches when any of several names does', () => {
  const pattern = new NamePattern(['chat', 'embed*', 'x?']);
  expect(['chat', 'embeddings', 'xy', 'tool'].map((name) => pattern.matches(name))).toEqual([true, true, true, false]);
});

test('agrees with the regular expression that says the same', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 10 });
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '🎈'), maxLength: 12 });
  fc.assert(
    fc.property(text, name, (glob, candidate) => {
      const regex = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su');
      expect(new NamePattern([glob]).matches(candidate)).toBe(regex.test(candidate));
    }),
    { numRuns: 2000 },
  );
});

test('takes no longer than the product of the lengths, where backtracking would take exponential time', () => {
  const pattern = new NamePattern([`${'a*'.repeat(40)}b`]);
  const startedAt = performance.now();
  expect(pattern.matches('a'.repeat(20_000))).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
