import fc from 'fast-check';
import { buildSpan, fuzz } from '@genspan/test-utils';
import { readOutcome } from '../src/export-outcome.js';

const BATCH = [1, 2, 3, 4].map((n) => buildSpan({ name: `span ${n}` }));
const error = new Error('refused');

test.each<[string, unknown, number, [string, number][]]>([
  ['success', { code: 0 }, 4, []],
  ['failure', { code: 1, error }, 0, [['export_failed', 4]]],
  ['failure with an empty list', { code: 1, error, losses: [] }, 0, [['export_failed', 4]]],
  ['partial failure', { code: 1, error, losses: [{ reason: 'timeout', count: 1 }] }, 3, [['timeout', 1]]],
  ['partial success', { code: 0, losses: [{ reason: 'rejected', count: 3 }] }, 1, [['rejected', 3]]],
  [
    'more losses than spans',
    {
      code: 0,
      losses: [
        { reason: 'rejected', count: 3 },
        { reason: 'encoding', count: 3 },
        { reason: 'evicted', count: 3 },
      ],
    },
    0,
    [
      ['rejected', 3],
      ['encoding', 1],
    ],
  ],
  ['a loss beyond reason', { code: 0, losses: [{ reason: 'gremlins', count: 1 }] }, 3, [['export_failed', 1]]],
  [
    'losses that are none',
    { code: 0, losses: [null, 7, {}, { reason: 'timeout', count: -1 }, { count: Number.NaN }, { count: '2' }] },
    4,
    [],
  ],
  ['a fraction of a span', { code: 0, losses: [{ reason: 'timeout', count: 1.5 }] }, 3, [['timeout', 1]]],
  ['infinitely many', { code: 0, losses: [{ reason: 'timeout', count: Infinity }] }, 0, [['timeout', 4]]],
  ['nothing', undefined, 0, [['export_failed', 4]]],
  ['a string', 'ok', 0, [['export_failed', 4]]],
  ['no code', {}, 0, [['export_failed', 4]]],
  ['an unknown code', { code: 200 }, 0, [['export_failed', 4]]],
  [
    'a result that throws',
    {
      get code(): never {
        throw error;
      },
    },
    0,
    [['export_failed', 4]],
  ],
  ['an array', [], 0, [['export_failed', 4]]],
])('reads %s', (_, result, delivered, losses) => {
  const outcome = readOutcome(result, BATCH);
  expect(outcome.delivered).toBe(delivered);
  expect(outcome.losses.map(({ reason, count }) => [reason, count])).toEqual(losses);
});

test('hands on the error that the exporter gave, and makes one where there is none', () => {
  expect(readOutcome({ code: 1, error }, BATCH).error).toBe(error);
  expect(readOutcome({ code: 1 }, BATCH).error).toBeInstanceOf(Error);
  expect(readOutcome({ code: 1, error: 'refused' }, BATCH).error).toBeInstanceOf(Error);
  expect(readOutcome({ code: 0, error }, BATCH).error).toBeUndefined();
});

test('tells which spans were lost where as many are named as are counted', () => {
  const spans = BATCH.slice(0, 2);
  const named = readOutcome({ code: 0, losses: [{ reason: 'rejected', count: 2, spans }] }, BATCH);
  expect(named.losses[0]?.spans).toBe(spans);
  const misnamed = readOutcome({ code: 0, losses: [{ reason: 'rejected', count: 1, spans }] }, BATCH);
  expect(misnamed.losses[0]?.spans).toBeUndefined();
  expect(readOutcome({ code: 1, error }, BATCH).losses[0]?.spans).toEqual(BATCH);
});

test('numbers add up to the batch, whatever an exporter says', () => {
  const result = fc.oneof(
    fc.anything(),
    fc.record({
      code: fc.constantFrom(0, 1, 2, '0'),
      losses: fc.oneof(
        fc.anything(),
        fc.array(fc.record({ reason: fc.string(), count: fc.oneof(fc.double(), fc.integer()) })),
      ),
    }),
  );
  fc.assert(
    fc.property(result, (given) => {
      const { delivered, losses } = readOutcome(given, BATCH);
      const lost = losses.reduce((sum, { count }) => sum + count, 0);
      expect(delivered + lost).toBe(BATCH.length);
      expect(delivered).toBeGreaterThanOrEqual(0);
      for (const { count } of losses) expect(count).toBeGreaterThan(0);
    }),
    fuzz(500),
  );
});
