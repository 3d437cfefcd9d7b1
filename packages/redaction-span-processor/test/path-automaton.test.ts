import * as fc from 'fast-check';
import { parseFieldPath } from '../src/field-path.js';
import type { PathStep } from '../src/field-path.js';
import { PathAutomaton } from '../src/path-automaton.js';
import type { PathState } from '../src/path-automaton.js';
import type { FieldRule } from '../src/redaction-rule.js';
import { cpuMillis } from './cpu-millis.js';

function automatonOf(...paths: string[]): PathAutomaton {
  return new PathAutomaton(
    paths.map((path) => ({ rule: { name: path, fields: [path] }, steps: parseFieldPath(path, 'fields[0]') })),
  );
}

/** A segment of a key, or an element of an array. */
type Token = string | { readonly index: number; readonly count: number; readonly role: string };

function after(state: PathState, tokens: readonly Token[]): PathState {
  return tokens.reduce<PathState>((at, token) => {
    if (typeof token === 'string') return at.afterKey(token);
    if (!at.seesElements) return at.anyElement;
    const { index, count, role } = token;
    return at.afterElement({ index, count, hasMember: (name, matches) => name === 'role' && matches(role) });
  }, state);
}

/** What a path means, written down without regard to time. */
function isNamed(steps: readonly PathStep[], tokens: readonly Token[]): boolean {
  const [step, ...later] = steps;
  if (step === undefined) return tokens.length === 0;
  const [token, ...behind] = tokens;
  if (step.kind === 'deep') return isNamed(later, tokens) || (token !== undefined && isNamed(steps, behind));
  if (token === undefined) return false;
  const isBracket = step.kind === 'element' || step.kind === 'index' || step.kind === 'filter';
  const isElement = typeof token !== 'string' || /^\d+$/.test(token);
  return (leadsOn(step, token) && isNamed(later, behind)) || (isElement && !isBracket && isNamed(steps, behind));
}

function leadsOn(step: PathStep, token: Token): boolean {
  const text = (typeof token === 'string' ? token : String(token.index)).toLowerCase();
  switch (step.kind) {
    case 'name':
      return text === step.name;
    case 'glob':
      return typeof token === 'string' && new RegExp(`^${step.glob.replaceAll('*', '.*')}$`).test(text);
    case 'any':
    case 'deep':
      return true;
    case 'element':
      return typeof token !== 'string' || /^\d+$/.test(text);
    case 'index':
      if (typeof token === 'string') return /^\d+$/.test(text) && Number(text) === step.index;
      return token.index === step.index || token.index - token.count === step.index;
    case 'filter':
      return typeof token !== 'string' && step.member === 'role' && token.role === step.value;
  }
}

const pathSteps = fc.constantFrom('a', 'b', 'ab', 'a*', '*b', '*', '**', '1', '[*]', '[0]', '[1]', '[-1]', '[role=x]');
const paths = fc.array(pathSteps, { minLength: 1, maxLength: 5 }).map((steps) => {
  return steps.reduce((path, step) => path + (step.startsWith('[') || path === '' ? '' : '.') + step, '');
});
const tokens = fc.array(
  fc.oneof(
    fc.constantFrom('a', 'b', 'A', 'aB', 'c', '0', '1', ''),
    fc.record({ index: fc.nat(2), count: fc.constant(3), role: fc.constantFrom('x', 'y') }),
  ),
  { maxLength: 7 },
);

describe('PathAutomaton', () => {
  it('names what the paths mean', () => {
    fc.assert(
      fc.property(
        fc.array(paths, { minLength: 1, maxLength: 4 }),
        fc.array(tokens, { maxLength: 6 }),
        (given, places) => {
          const automaton = automatonOf(...given);
          const compiled = given.map((path) => ({
            path,
            steps: [{ kind: 'deep' } as const, ...parseFieldPath(path, '')],
          }));
          for (const place of places) {
            const state = after(automaton.start, place);
            expect(state.isNamed).toBe(compiled.some(({ steps }) => isNamed(steps, place)));
            const first = compiled.find(({ steps }) => {
              return Array.from({ length: place.length + 1 }, (_, end) => place.slice(0, end)).some((part) =>
                isNamed(steps, part),
              );
            });
            expect(state.rule?.name).toBe(first?.path);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('splits keys at their dots', () => {
    const { start } = automatonOf('credentials.api_key');
    expect(start.afterKey('x.Credentials.API_KEY').isNamed).toBe(true);
    expect(start.afterKey('credentials').afterKey('api_key').isNamed).toBe(true);
    expect(start.afterKey('credentials.x.api_key').isNamed).toBe(false);
    expect(start.afterKey('my_credentials.api_key').isNamed).toBe(false);
  });

  it('lets the first rule decide', () => {
    const { start } = automatonOf('b', 'a', 'a.b');
    expect(start.afterKey('a').rule?.name).toBe('a');
    expect(start.afterKey('a.b').rule?.name).toBe('b');
    expect(start.afterKey('a.c').rule?.name).toBe('a');
  });

  it('returns the identical state for what no path tells apart', () => {
    const { start } = automatonOf('a.b', '*.c', 'x[0].y');
    expect(start.afterKey('foo')).toBe(start.afterKey('bar'));
    expect(start.afterKey('A')).toBe(start.afterKey('a'));
    expect(start.afterKey('7')).toBe(start.afterKey('8'));
  });

  it('takes no more than its size per segment, however many ** there are', () => {
    const path = `${'**.a.'.repeat(15)}b`;
    const { start } = automatonOf(path, '**.a.**.a.**.a.**.b', '**.*.**.*.**.*.**.z');
    const began = performance.now();
    let state = start;
    for (let depth = 0; depth < 100_000; depth++) state = state.afterKey('a');
    expect(state.isNamed).toBe(false);
    expect(state.afterKey('b').isNamed).toBe(true);
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('stays quick and right where the keys make it meet more states than it remembers', () => {
    // Which of the last 15 segments were `a` makes 2^15 states.
    const { start } = automatonOf(`a${'.*'.repeat(15)}.b`);
    const random =
      fc.sample(fc.array(fc.boolean(), { minLength: 20_000, maxLength: 20_000 }), { seed: 7, numRuns: 1 })[0] ?? [];
    const keys = random.map((isA) => (isA ? 'a' : 'c'));
    let state = start;
    expect(cpuMillis(() => (state = keys.reduce<PathState>((at, key) => at.afterKey(key), start)))).toBeLessThan(5_000);
    expect(state.afterKey('b').isNamed).toBe(keys.at(-16) === 'a');
  });

  it('keeps to its bounds when keys are many and globs tell them apart', () => {
    const { start } = automatonOf(...'abcdefghijklmnop'.split('').map((letter) => `*${letter}*.x`));
    const lookAtAll = (): void => {
      for (let index = 0; index < 20_000; index++) {
        const key = [...'abcdefghijklmnop'].filter((_, bit) => (index >> bit) & 1).join('');
        expect(start.afterKey(key).afterKey('x').isNamed).toBe(key !== '');
      }
    };
    expect(cpuMillis(lookAtAll)).toBeLessThan(10_000);
  });

  it('asks elements only where a path has brackets', () => {
    const rule: FieldRule = { name: 'x', fields: [] };
    const { start } = new PathAutomaton([{ rule, steps: parseFieldPath('m[role=user].content', '') }]);
    expect(start.seesElements).toBe(false);
    expect(start.afterKey('m').seesElements).toBe(true);
    expect(start.afterKey('m.x').seesElements).toBe(false);
  });
});
