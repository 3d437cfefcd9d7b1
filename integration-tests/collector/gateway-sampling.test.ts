import { spansOf } from '@genspan/test-utils';
import { USE_TRACE_STATE } from './gateway.mjs';
import { describeWithCollector, GatewayLab, post } from './gateway-lab.js';
import { arrivedTraces, CHILDREN, KIND_OF, KINDS, ROOTS } from './known-traces.mjs';

jest.setTimeout(60_000);

describeWithCollector('sampling by collector-config.yaml', () => {
  let lab: GatewayLab;
  beforeAll(async () => void (lab = await GatewayLab.open()));
  afterAll(() => lab?.close());

  describe.each([
    ['a stock Collector', []],
    ['the feature gate that its head names', [USE_TRACE_STATE]],
  ])('sampling, with %s', (title, args) => {
    const isGated = args.length > 0;
    let traces: ReturnType<typeof arrivedTraces>;
    const ofKind = (kind: string) => [...traces].filter(([traceId]) => KIND_OF.get(traceId) === kind);

    beforeAll(async () => {
      const gateway = await lab.start(title, { args });
      await post(gateway, ROOTS);
      await post(gateway, CHILDREN);
      await gateway.stop();
      traces = arrivedTraces(gateway.requests().flatMap(spansOf));
    });

    it('takes whole traces', () => {
      expect(traces.size).toBeGreaterThan(0);
      for (const { names } of traces.values()) expect(names.sort()).toEqual(['child', 'root']);
    });

    it.each(Object.keys(KINDS).filter((kind) => kind.startsWith('kept')))(
      'keeps each trace that an application has %s, with its tracestate',
      (kind) => {
        const { count, traceState } = KINDS[kind as keyof typeof KINDS] as { count: number; traceState: string };
        expect(ofKind(kind)).toHaveLength(count);
        for (const [, { traceStates }] of ofKind(kind)) expect([...traceStates]).toEqual([traceState]);
      },
    );

    it('keeps each trace that failed', () => {
      expect(ofKind('failed')).toHaveLength(KINDS.failed.count);
    });

    it.each(['rest', 'rest of another vendor'])('keeps about a tenth of the %s', (kind) => {
      // 10 % of 1,000, four standard errors each way; the ids are always the same.
      expect(ofKind(kind).length).toBeGreaterThan(62);
      expect(ofKind(kind).length).toBeLessThan(138);
      const traceStates = new Set(ofKind(kind).flatMap(([, one]) => [...one.traceStates]));
      const before = kind === 'rest' ? '' : 'vendor=th:0';
      const th = 'ot=th:e6666666666666';
      expect([...traceStates]).toEqual([isGated ? [th, before].filter(Boolean).join() : before]);
    });

    it(`asks the randomness of the rest ${isGated ? 'where there is one' : 'for nothing'}`, () => {
      const { length } = ofKind('rest with rv');
      if (isGated) expect(length).toBe(KINDS['rest with rv'].count);
      else expect(length).toBeLessThan(138);
    });
  });
});
