import { REMOVE_FIELD, StructureError } from '../src/field-replace.js';
import type { FieldReplace } from '../src/field-replace.js';
import { parseFieldPath } from '../src/field-path.js';
import { PathAutomaton } from '../src/path-automaton.js';
import { redactStructure } from '../src/structured-redaction.js';
import { cpuMillis } from './cpu-millis.js';

const mask: FieldReplace = () => '[R]';

function redact(value: unknown, path: string, replace: FieldReplace = mask): unknown {
  const rule = { name: 'fields', fields: [path] };
  return redactStructure(value, new PathAutomaton([{ rule, steps: parseFieldPath(path, 'fields[0]') }]).start, replace);
}

describe('redactStructure', () => {
  it.each([
    ['k', { k: 'a', l: [{ k: 1 }] }, { k: '[R]', l: [{ k: '[R]' }] }],
    ['k', { k: [true, 5n, 0, null, undefined, ''] }, { k: ['[R]', '[R]', '[R]', null, undefined, '[R]'] }],
    ['k', { k: { a: { b: 'c' }, d: [] } }, { k: { a: { b: '[R]' }, d: [] } }],
    ['k', ['{"k":1}', 'text', '{"a":'], ['{"k":"[R]"}', 'text', '{"a":']],
    ['k', { 'a.k': 1, 'k.a': 2 }, { 'a.k': '[R]', 'k.a': '[R]' }],
    ['m[-1]', { m: [1, 2] }, { m: [1, '[R]'] }],
    [
      'm[role=user].c',
      { m: [{ role: 'user', c: 1 }, { role: 'x', c: 1 }, '{"role":"user","c":1}', null, 5] },
      { m: [{ role: 'user', c: '[R]' }, { role: 'x', c: 1 }, '{"role":"user","c":"[R]"}', null, 5] },
    ],
    [
      'm[n=1].c',
      {
        m: [
          { N: 1, c: 1 },
          { n: { n: 1 }, c: 1 },
        ],
      },
      {
        m: [
          { N: 1, c: '[R]' },
          { n: { n: 1 }, c: 1 },
        ],
      },
    ],
    [
      'm',
      { m: [{ role: 'user', type: 'text', content: 'text' }] },
      { m: [{ role: 'user', type: 'text', content: '[R]' }] },
    ],
    [
      'k',
      new Map<unknown, unknown>([
        ['k', 1],
        [7, 2],
      ]),
      { k: '[R]', 7: 2 },
    ],
    ['k', { a: new Set([{ k: 1 }]) }, { a: [{ k: '[R]' }] }],
    ['k', { k: new Date(0), l: new Uint8Array([1]) }, { k: '[R]', l: new Uint8Array([1]) }],
    ['k', { k: new Uint8Array([1]) }, { k: '[R]' }],
    ['k', { a: { toJSON: () => ({ k: 1 }) } }, { a: { k: '[R]' } }],
    ['k', { a: { k: 1, toJSON: () => ({ b: 1 }) } }, { a: { b: 1 } }],
    [
      'message',
      { a: Object.assign(new Error('m'), { stack: 's' }) },
      { a: { name: 'Error', message: '[R]', stack: 's' } },
    ],
    ['k', { a: { k: new Float64Array([1]) } }, { a: { k: ['[R]'] } }],
    ['k', Object.assign(Object.create(null), { k: 1 }), { k: '[R]' }],
  ])('redacts %s in a value of many kinds', (path, value, expected) => {
    expect(redact(value, path)).toEqual(expected);
  });

  it('replaces broken JSON in a string that may have the field', () => {
    expect(redact({ a: '{"k": "secr', b: '{"l": 1' }, 'k')).toEqual({ a: '[R]', b: '{"l": 1' });
  });

  it('copies only what changes, and never writes on what it was given', () => {
    const value = Object.freeze({
      a: Object.freeze({ b: 1 }),
      c: Object.freeze([Object.freeze({ k: 1 }), Object.freeze({})]),
    });
    const redacted = redact(value, 'k');
    expect(redacted).toEqual({ a: { b: 1 }, c: [{ k: '[R]' }, {}] });
    expect(redacted).toMatchObject({ a: value.a });
    expect(Object(redacted).a).toBe(value.a);
    expect(Object(redacted).c[1]).toBe(value.c[1]);
    expect(value.c[0]).toEqual({ k: 1 });
  });

  it('returns the identical value when nothing is named', () => {
    const value = { a: [NaN, -0, new Date(0), new Map([['b', 1]])], c: { toJSON: () => 'x' }, d: undefined, e: 'k' };
    expect(redact(value, 'k')).toBe(value);
  });

  it('removes members, and empties elements and values that stand alone', () => {
    const remove: FieldReplace = () => REMOVE_FIELD;
    expect(redact({ k: 1, l: [{ k: 2, m: 3 }], n: { k: [4, { a: 5 }] } }, 'k', remove)).toEqual({
      l: [{ m: 3 }],
      n: { k: ['', {}] },
    });
    expect(redact('x', '**', remove)).toBe(REMOVE_FIELD);
  });

  it('takes a member called __proto__ for a member', () => {
    const redacted = redact(JSON.parse('{"__proto__":{"k":1,"polluted":true},"a":{"k":2}}'), 'k');
    expect(JSON.stringify(redacted)).toBe('{"__proto__":{"k":"[R]","polluted":true},"a":{"k":"[R]"}}');
    expect(Object(redacted).polluted).toBeUndefined();
  });

  it('hands on what a value is as a text', () => {
    const seen: string[] = [];
    const bytes = new Uint8Array([0, 1, 2]).subarray(1);
    redact([true, -0.5, 12n, 'a', bytes, () => 'code', Symbol('x'), new Date(0)], '**', (value) => {
      seen.push(value);
      return value;
    });
    expect(seen).toEqual(['true', '-0.5', '12', 'a', 'AQI=', 'function', 'symbol', '1970-01-01T00:00:00.000Z']);
  });

  const cycle: Record<string, unknown> = { a: 1 };
  cycle['self'] = [cycle];
  let deep: unknown = 1;
  for (let level = 0; level < 101; level++) deep = [deep];
  let shared: unknown = { k: 1 };
  for (let level = 0; level < 60; level++) shared = [shared, shared];
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();

  it.each([
    ['refers to itself', cycle],
    ['is too deep', deep],
    ['is small but means billions of values', shared],
    ['is an array of mostly nothing', new Array(2 ** 31)],
    [
      'throws when it is read',
      {
        get a(): never {
          throw new Error('no');
        },
      },
    ],
    [
      'throws when its element is read',
      new Proxy([1], {
        get: () => {
          throw new Error('no');
        },
      }),
    ],
    [
      'throws when its keys are listed',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no');
          },
        },
      ),
    ],
    ['is a proxy that was revoked', [revoked.proxy]],
    [
      'throws when it is made JSON',
      {
        toJSON: () => {
          throw new Error('no');
        },
      },
    ],
    [
      'is made JSON without end',
      (function endless(): object {
        return { toJSON: endless };
      })(),
    ],
    [
      'is a date that is none',
      {
        k: new Date(Number.NaN),
        toJSON: (): never => {
          throw new RangeError('no');
        },
      },
    ],
  ])('throws a StructureError for a value that %s', (_, value) => {
    expect(cpuMillis(() => void expect(() => redact(value, 'k')).toThrow(StructureError))).toBeLessThan(10_000);
  });

  it('reads up to a depth of 100', () => {
    let value: unknown = { k: 1 };
    for (let level = 0; level < 98; level++) value = [value];
    expect(JSON.stringify(redact(value, 'k'))).toContain('[R]');
  });

  it('lets errors of the replacement through', () => {
    const failing: FieldReplace = () => {
      throw new RangeError('mine');
    };
    expect(() => redact({ k: 1 }, 'k', failing)).toThrow(new RangeError('mine'));
  });

  it('takes 100,000 members in little time', () => {
    const value = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, { k: index }]));
    let redacted: unknown;
    expect(cpuMillis(() => (redacted = redact(value, '*.k')))).toBeLessThan(5_000);
    expect(Object(redacted).k99999).toEqual({ k: '[R]' });
  });
});
