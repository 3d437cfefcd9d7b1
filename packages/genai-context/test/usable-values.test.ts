import { diag } from '@opentelemetry/api';
import fc from 'fast-check';
import { usableValues } from '../src/usable-values.js';
import { recordWarnings } from '@genspan/test-utils';
import { forgetWarnings } from './diag-warnings';

beforeEach(forgetWarnings);
afterEach(() => diag.disable());

/** What is given, what of it is usable, and the keys that are named. */
const TABLE: readonly (readonly [string, unknown, object, readonly string[]])[] = [
  ['an empty string', { userId: '' }, {}, ['userId']],
  ['null', { sessionId: null, tenantId: 't' }, { tenantId: 't' }, ['sessionId']],
  ['a number as an id', { userId: 42, conversationId: 'c' }, { conversationId: 'c' }, ['userId']],
  ['undefined', { userId: undefined, metadata: { a: undefined } }, {}, []],
  ['one tag for a list', { tags: 'vip' }, {}, ['tags']],
  ['a list with odd tags', { tags: ['vip', 7, '', null] }, { tags: ['vip'] }, ['tags']],
  ['metadata of all kinds', { metadata: { s: '', n: 0, b: false } }, { metadata: { s: '', n: 0, b: false } }, []],
  [
    'metadata that is no value',
    { metadata: { nan: NaN, list: [1], object: {}, none: null, ok: 1 } },
    { metadata: { ok: 1 } },
    ['metadata.nan', 'metadata.list', 'metadata.object', 'metadata.none'],
  ],
  ['a misspelt key', { sessionID: 's', promptVersion: '2' }, { promptVersion: '2' }, ['sessionID']],
  ['a key of the prototype', { toString: 'x' }, {}, ['toString']],
  ['no object', 'u-1', {}, ['values']],
  ['an array', [1], {}, ['values']],
  ['nothing', undefined, {}, ['values']],
];

test.each(TABLE)('%s', (_title, given, usable, named) => {
  const lines = recordWarnings();
  expect(usableValues(given)).toEqual(usable);
  expect(lines.map((line) => /`(.*?)`/.exec(line)?.[1])).toEqual(named);
});

test('no value, and no key that does not look like a name, is ever in a message', () => {
  const lines = recordWarnings();
  usableValues({ userId: ['secret'], metadata: { 'jane@secret.example': [] }, 'my secret prompt': 1 });
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain('secret');
});

test('whatever is given, what is usable is of the right type', () => {
  const key = fc.constantFrom('userId', 'tags', 'metadata', 'other');
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.dictionary(key, fc.anything())), (given) => {
      const { userId, tags, metadata, ...rest } = usableValues(given);
      expect(rest).toEqual({});
      expect(userId === undefined || (typeof userId === 'string' && userId !== '')).toBe(true);
      expect((tags ?? ['-']).every((tag) => typeof tag === 'string' && tag !== '')).toBe(true);
      for (const value of Object.values(metadata ?? {})) {
        expect(typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)).toBe(true);
      }
    }),
  );
});
