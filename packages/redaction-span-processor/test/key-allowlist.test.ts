import { OptionError } from '@genspan/span-processor-base';
import { compileAllowKeys } from '../src/key-allowlist.js';

describe('compileAllowKeys', () => {
  it.each([
    ['gen_ai.request.model', 'gen_ai.request.model', true],
    ['gen_ai.request.model', 'gen_ai.request.models', false],
    ['gen_ai.request.model', 'x.gen_ai.request.model', false],
    ['gen_ai.request.model', 'Gen_AI.request.model', false],
    ['gen_ai.request.model', 'gen_ai_request_model', false],
    ['gen_ai.*', 'gen_ai.request.model', true],
    ['gen_ai.*', 'gen_ai', false],
    ['*.model', 'gen_ai.request.model', true],
    ['gen_ai.**.model', 'gen_ai.request.model', true],
    ['gen_ai.usage.*_tokens', 'gen_ai.usage.input_tokens', true],
    ['*', '', true],
    ['*', 'any.thing at\nall', true],
    ['a?', 'ab', false],
    ['a+', 'aa', false],
    ['constructor', 'constructor', true],
    ['a', '__proto__', false],
  ])('%j allows %j: %s', (name, key, expected) => {
    expect(compileAllowKeys(['other', name, 'x*y'])(key)).toBe(expected);
  });

  it('allows nothing when nothing is named', () => {
    const isAllowed = compileAllowKeys([]);
    expect(['', 'a', '*'].some(isAllowed)).toBe(false);
  });

  it.each([
    [[''], /`allowKeys\[0\]` to be a non-empty string/],
    [['a', ' b'], /`allowKeys\[1\]` to have no white space around it/],
    [['a', 'b\n'], /`allowKeys\[1\]` to have no white space around it/],
    [['a'.repeat(1_025)], /`allowKeys\[0\]` to have at most 1024 characters/],
  ])('refuses %j', (keys, message) => {
    expect(() => compileAllowKeys(keys)).toThrow(OptionError);
    expect(() => compileAllowKeys(keys)).toThrow(message);
  });

  it('refuses what a program without types may give', () => {
    const compile = (...args: unknown[]): unknown => Reflect.apply(compileAllowKeys, undefined, args);
    expect(() => compile('gen_ai.*')).toThrow(/`allowKeys` to be an array of strings/);
    expect(() => compile([7], 'keys')).toThrow(/`keys\[0\]` to be a non-empty string, got `7`/);
  });

  it('takes time linear in the key, whatever the name is like', () => {
    const isAllowed = compileAllowKeys([`${'*a'.repeat(400)}b`]);
    const start = performance.now();
    expect(isAllowed('a'.repeat(100_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
