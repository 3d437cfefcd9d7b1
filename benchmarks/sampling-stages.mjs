// What stands between the tracer and the sink in the benchmarks of sampling.

import { requireCopies } from './package-copies.mjs';
import { CopyMapProcessor, SpanArrayProcessor, SpanMapProcessor } from './plain-tail-buffers.mjs';

/** High enough that no bound decides about any trace here; the defaults are measured by `sampling-soak`. */
const NO_BOUNDS = { maxTraces: 1_000_000, maxBufferedBytes: 16 * 2 ** 30, decisionWaitMillis: 3_600_000 };

/** As an application might write them: what went wrong or cost much is kept, probes are dropped, one model is thinned out. */
const FIVE_RULES = [
  { name: 'failed tools', toolErrors: true },
  { name: 'cut off or filtered', finishReasons: ['length', 'content_filter'] },
  { name: 'expensive', minTotalTokens: 50_000, rate: 0.5 },
  { name: 'probes', matchNames: ['GET /health*', 'GET /ready*'], matchNamesIn: 'localRoot', rate: 0 },
  { name: 'small model', models: ['gpt-4o-mini*'], rate: 0.05 },
];

const genspan = (name, options) => ({ name: `genspan, ${name}`, options: { ...NO_BOUNDS, ...options } });

/** By id, in the order of the tables. A row has `create`, or `options` of the `SamplingSpanProcessor`, or neither: nothing in between. */
export const STAGES = {
  none: { name: 'the sink alone' },
  array: { name: 'array of spans', create: () => new SpanArrayProcessor() },
  map: { name: 'Map of spans', create: (delegate) => new SpanMapProcessor(delegate) },
  copies: { name: 'Map of compact copies', create: (delegate) => new CopyMapProcessor(delegate) },
  'rate-1': genspan('rate 1', {}),
  'rate-0.1': genspan('errors and rate 0.1', { rate: 0.1 }),
  'rate-0.01': genspan('errors and rate 0.01', { rate: 0.01 }),
  'rate-only': genspan('rate 0.01 without errors', { rate: 0.01, keepErrors: false }),
  rules: genspan('errors, 5 rules and rate 0.01', { rate: 0.01, rules: FIVE_RULES }),
};

/** The genspan rows that are the same in all tables. */
export const GENSPAN_STAGES = ['rate-1', 'rate-0.1', 'rate-0.01', 'rate-only', 'rules'];

/** @returns `{ id, name, create }`, where `create(delegate)` gives the processor to register; or `{ id, name, missing: true }` */
export function loadStage(id) {
  const { name, create, options } = STAGES[id];
  if (create !== undefined) return { id, name, create };
  if (options === undefined) return { id, name, create: (delegate) => delegate };
  const SamplingSpanProcessor = loadSamplingSpanProcessor(id);
  if (SamplingSpanProcessor === undefined) return { id, name, missing: true };
  return { id, name, create: (delegate) => new SamplingSpanProcessor({ ...options, delegate }) };
}

/** The class from a copy of the package that is made for `id`, or undefined when it is not built. */
export function loadSamplingSpanProcessor(id) {
  const name = '@genspan/sampling-span-processor';
  return requireCopies(id, [name])(name).SamplingSpanProcessor;
}
