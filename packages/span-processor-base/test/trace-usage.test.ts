import fc from 'fast-check';
import { NOT_REPORTED, TraceUsage } from '../src/trace-usage.js';

const NONE = NOT_REPORTED;

function totals({ inputTokens, outputTokens, costUsd }: TraceUsage): unknown[] {
  return [inputTokens, outputTokens, costUsd];
}

test('knows nothing at first', () => {
  expect(totals(new TraceUsage())).toEqual([undefined, undefined, undefined]);
});

test('sums what model calls report', () => {
  const usage = new TraceUsage();
  usage.add(10, 2, 0.1);
  usage.add(5, NONE, NONE);
  usage.add(NONE, NONE, 0.2);
  expect(totals(usage)).toEqual([15, 2, 0.3]);
});

test('keeps what was not reported apart from zero', () => {
  const usage = new TraceUsage();
  usage.add(NONE, 0, NONE);
  expect(totals(usage)).toEqual([undefined, 0, undefined]);
  usage.add(NONE, NONE, 0);
  expect(totals(usage)).toEqual([undefined, 0, 0]);
});

test('uses the largest of what was set aside while no model call reports', () => {
  const usage = new TraceUsage();
  usage.setAside(10, 5, 0.5);
  usage.setAside(100, NONE, 0.25);
  usage.setAside(3, 3, NONE);
  expect(totals(usage)).toEqual([100, undefined, 0.5]);
});

test('forgets what was set aside once a model call reports tokens, and its cost once one has a cost', () => {
  const usage = new TraceUsage();
  usage.setAside(100, 50, 2);
  usage.add(1, NONE, NONE);
  expect(totals(usage)).toEqual([1, undefined, 2]);
  usage.add(NONE, NONE, 0.01);
  expect(totals(usage)).toEqual([1, undefined, 0.01]);
});

test('sums money without the errors of binary fractions', () => {
  const usage = new TraceUsage();
  for (let call = 0; call < 10_000; call++) usage.add(NONE, NONE, 0.0001);
  expect(usage.costUsd).toBe(1);
  usage.add(NONE, NONE, 1234.567890123456);
  expect(usage.costUsd).toBe(1235.567890123456);
});

test('keeps cents beside billions', () => {
  const usage = new TraceUsage();
  usage.add(NONE, NONE, 1e9);
  usage.add(NONE, NONE, 0.01);
  usage.add(NONE, NONE, 0.02);
  expect(usage.costUsd).toBe(1_000_000_000.03);
});

test('stops at the greatest safe integer', () => {
  const usage = new TraceUsage();
  usage.add(Number.MAX_SAFE_INTEGER, 1, 1e300);
  usage.add(Number.MAX_SAFE_INTEGER, 1, 1e300);
  expect(totals(usage)).toEqual([Number.MAX_SAFE_INTEGER, 2, Number.MAX_SAFE_INTEGER]);
});

test('comes to the same whatever the order', () => {
  const tokens = fc.oneof(fc.constant(NONE), fc.nat(20), fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER));
  const costUsd = fc.oneof(fc.constant(NONE), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), fc.nat(3));
  const report = fc.tuple(fc.boolean(), tokens, tokens, costUsd);
  const inTwoOrders = fc
    .array(report, { maxLength: 8 })
    .chain((reports) => fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length })));
  fc.assert(
    fc.property(inTwoOrders, (orders) => {
      const [one, other] = orders.map((reports) => {
        const usage = new TraceUsage();
        for (const [isCall, ...counts] of reports) {
          if (isCall) usage.add(...counts);
          else usage.setAside(...counts);
        }
        return totals(usage);
      });
      expect(other).toEqual(one);
    }),
    { numRuns: 1000 },
  );
});
