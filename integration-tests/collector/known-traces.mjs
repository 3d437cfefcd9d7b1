// Traces of known kinds, in OTLP JSON, for the sampling of collector-config.yaml.
import { createHash } from 'node:crypto';

/** What an application has decided about a trace, `count` of each; the end of a trace id is its randomness unless `rv` says it. */
export const KINDS = {
  'kept at 1 %': { count: 100, randomness: 'ffe', traceState: 'ot=th:fd70a3d70a3d71' },
  'kept by a rule': { count: 100, randomness: '000', traceState: 'ot=th:0' },
  'kept at 50 % by rv, among others': {
    count: 100,
    randomness: '000',
    traceState: 'a=1,ot=rv:90000000000000;th:8,b=2',
  },
  failed: { count: 100, isFailed: true },
  rest: { count: 1_000 },
  'rest with rv': { count: 1_000, traceState: 'ot=rv:f0000000000000' },
  'rest of another vendor': { count: 1_000, traceState: 'vendor=th:0' },
};

/** Which kind each trace id is of. */
export const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, { count, randomness = '' }]) =>
    Array.from({ length: count }, (_, index) => {
      const digest = createHash('sha256').update(`${kind} ${index}`).digest('hex');
      return [`${digest.slice(0, 18)}${randomness}${digest.slice(18, 32 - randomness.length)}`, kind];
    }),
  ),
);

/** The two spans of each trace: it is whole only to who waits for it. */
export const ROOTS = [...KIND_OF].map(([traceId, kind]) => spanOf('root', traceId, KINDS[kind]));
export const CHILDREN = [...KIND_OF].map(([traceId, kind]) => spanOf('child', traceId, KINDS[kind]));

function spanOf(name, traceId, { traceState = '', isFailed = false }) {
  const rootId = traceId.slice(0, 16);
  const child = { spanId: traceId.slice(2, 18), parentSpanId: rootId, status: { code: isFailed ? 2 : 0 } };
  return {
    traceId,
    traceState,
    name,
    kind: 1,
    startTimeUnixNano: '1750000000000000000',
    endTimeUnixNano: '1750000001000000000',
    ...(name === 'root' ? { spanId: rootId } : child),
  };
}

/**
 * The traces that arrived, by their id.
 *
 * @param {readonly { traceId: string, name: string, traceState: string }[]} spans
 * @returns {Map<string, { names: string[], traceStates: Set<string> }>} the names of their spans, and what is in `tracestate`
 */
export function arrivedTraces(spans) {
  const traces = new Map();
  for (const { traceId, name, traceState } of spans) {
    const one = traces.get(traceId) ?? { names: [], traceStates: new Set() };
    traces.set(traceId, one);
    one.names.push(name);
    one.traceStates.add(traceState);
  }
  return traces;
}
