// Whether the traces that left a sampler are those that the specification says, with what it says about them.
import { compareCounts, inWords } from './adjusted-counts.mjs';
import { SPANS_PER_TRACE } from './sampled-population.mjs';
import { foreignMembers, otFields, passes } from './trace-state.mjs';

/** Spans by trace: how many, the different values of `th` on them, and what else is in their `tracestate`. */
export function tracesOf(spans) {
  const traces = new Map();
  for (const { traceId, traceState } of spans) {
    const one = traces.get(traceId) ?? { spans: 0, ths: new Set(), rests: new Set() };
    traces.set(traceId, one);
    const { th, rv } = otFields(traceState);
    one.spans++;
    one.ths.add(th);
    one.rests.add(restOf(rv, foreignMembers(traceState)));
  }
  return traces;
}

/**
 * Whole traces, exactly those whose randomness reaches the threshold, with that threshold on every span and the rest of `tracestate`
 * as it came in; and counts that are right.
 *
 * @param {Map<string, import('./sampled-population.mjs').KnownTrace>} traces all there were
 * @param {(trace: import('./sampled-population.mjs').KnownTrace) => string} thOf the `th` that applies to a trace, kept or not
 * @param {ReturnType<typeof tracesOf>} got
 */
export function agreement(traces, thOf, got) {
  const problems = [];
  for (const [traceId, one] of traces) {
    const th = thOf(one);
    const found = got.get(traceId);
    const isExpected = passes(one.randomness, th);
    const what = `${one.kind} ${traceId}, th ${th}`;
    if (isExpected !== (found !== undefined)) problems.push(`${what}: ${isExpected ? 'is missing' : 'is there'}`);
    if (!isExpected || found === undefined) continue;
    if (found.spans !== SPANS_PER_TRACE) problems.push(`${what}: ${found.spans} of ${SPANS_PER_TRACE} spans`);
    if (found.ths.size !== 1 || !found.ths.has(th)) problems.push(`${what}: th on the wire is ${[...found.ths]}`);
    const rest = restOf(one.rv, one.foreign ?? []);
    if (found.rests.size !== 1 || !found.rests.has(rest))
      problems.push(`${what}: expected ${rest}, got ${[...found.rests]}`);
  }
  const unknown = [...got.keys()].filter((traceId) => !traces.has(traceId));
  problems.push(...unknown.map((traceId) => `${traceId} was never started`));

  const counts = compareCounts(traces, thOf, got);
  const off = counts.filter(({ isOff }) => isOff).map((count) => `adjusted counts are off: ${inWords(count)}`);
  return { problems: [...problems, ...off], figures: `${got.size} traces; ${counts.map(inWords).join(', ')}` };
}

/**
 * What must not be relied on: a sampler that chooses in a way of its own keeps its share of what we have kept, and `th` goes on to tell
 * of ours alone. Fails if the traces are not sampled twice: then nothing has to be set.
 *
 * @param {Map<string, import('./sampled-population.mjs').KnownTrace>} traces all there were
 * @param {(trace: import('./sampled-population.mjs').KnownTrace) => string} thOf the `th` of our stage
 * @param {ReturnType<typeof tracesOf>} sent
 * @param {ReturnType<typeof tracesOf>} got
 */
export function doubleSampling(traces, thOf, sent, got) {
  const problems = [];
  const failed = [...sent.keys()].filter((traceId) => traces.get(traceId).kind === 'failed');
  const lost = failed.filter((traceId) => !got.has(traceId));
  problems.push(...lost.map((traceId) => `failed ${traceId} is missing`));
  const share = (got.size - failed.length) / (sent.size - failed.length);
  if (share > 0.12 || share < 0.08) problems.push(`kept ${share} of the traces without errors, expected a tenth`);

  const others = new Map([...traces].filter(([, { kind }]) => kind !== 'failed'));
  const counts = compareCounts(others, thOf, got);
  const right = counts.filter(({ isOff }) => !isOff);
  problems.push(...right.map((count) => `adjusted counts are right: ${inWords(count)}`));
  return { problems, figures: `${got.size} traces; without failed: ${counts.map(inWords).join(', ')}` };
}

function restOf(rv, foreign) {
  return [`rv ${rv}`, ...foreign].join();
}
