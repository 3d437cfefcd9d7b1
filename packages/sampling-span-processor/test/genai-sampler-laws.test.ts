import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import fc from 'fast-check';
import { GenAISampler } from '../src/genai-sampler.js';
import { readOtSampling } from '../src/ot-trace-state.js';
import { keeps, rateOf, thresholdOf } from '../src/threshold.js';
import { evenTraceId } from './sampled-tracing.js';

const hex = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`)).filter((digits) => /[^0]/.test(digits));
const rate = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-9, 0.5, 1));
const conversation = fc.option(fc.string({ minLength: 1 }), { nil: undefined });

function decide(sampler: GenAISampler, traceId: string, id: string | undefined) {
  const attributes = id === undefined ? {} : { 'gen_ai.conversation.id': id };
  return sampler.shouldSample(ROOT_CONTEXT, traceId, 'chat', SpanKind.INTERNAL, attributes);
}

test.each(['traceId', 'conversation'] as const)('by %s, what a rate keeps every higher rate keeps', (randomness) => {
  fc.assert(
    fc.property(hex(32), conversation, rate, rate, (traceId, id, one, other) => {
      const low = decide(new GenAISampler({ rate: Math.min(one, other), randomness }), traceId, id).decision;
      const high = decide(new GenAISampler({ rate: Math.max(one, other), randomness }), traceId, id).decision;
      expect(high).toBeGreaterThanOrEqual(low);
    }),
  );
});

test('what it says of itself reproduces its decision: kept iff the randomness reaches the threshold', () => {
  fc.assert(
    fc.property(hex(32), conversation, rate, (traceId, id, rate) => {
      const { decision, traceState } = decide(new GenAISampler({ rate, randomness: 'conversation' }), traceId, id);
      const said = readOtSampling(traceState);
      const randomness = said.randomness ?? traceId.slice(18);
      expect(said.randomness === undefined).toBe(id === undefined);
      expect(keeps(thresholdOf(rate), randomness)).toBe(decision === 2);
      expect(said.threshold).toBe(decision === 2 ? thresholdOf(rate) : undefined);
    }),
  );
});

test('adjusted counts of kept traces add up to all traces, over rules of very different rates', () => {
  const rules = [
    { name: 'all', matchNames: ['a'], rate: 1 },
    { name: 'fifth', matchNames: ['b'], rate: 0.2 },
  ];
  const sampler = new GenAISampler({ rate: 0.01, rules });
  const total = 60_000;
  let counted = 0;
  for (let i = 1; i <= total; i++) {
    const name = ['a', 'b', 'c'][i % 3] ?? '';
    const { decision, traceState } = sampler.shouldSample(ROOT_CONTEXT, evenTraceId(i), name, SpanKind.INTERNAL, {});
    if (decision === 2) counted += 1 / rateOf(readOtSampling(traceState).threshold ?? 'g');
  }
  expect(Math.abs(counted / total - 1)).toBeLessThan(0.02);
});
