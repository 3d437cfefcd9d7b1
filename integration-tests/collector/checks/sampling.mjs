// What SamplingSpanProcessor lets pass, and what the samplers of the Collector make of it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { spansOf } from '@genspan/test-utils';
import { agreement, doubleSampling, tracesOf } from '../agreement.mjs';
import { startCollector } from '../collector.mjs';
import { CONFIG, startGateway, USE_TRACE_STATE } from '../gateway.mjs';
import { KINDS, SPANS_PER_TRACE, samplePopulation } from '../sampled-population.mjs';
import { stricter } from '../trace-state.mjs';

/** No trace is cut: then its parts could be decided apart. */
const SPANS_PER_REQUEST = 300 * SPANS_PER_TRACE;
const DECISION_MILLIS = 20_000;

/** What a proportional stage of 25 % makes of what arrives: 1 → 0.25, 0.5 → 0.125, 0.2 → 0.05, 0.01 → 0.0025. */
const QUARTER = { 0: 'c', 8: 'e', cccccccccccccc: 'f3333', fd70a3d70a3d71: 'ff5c29' };

const ERRORS_AND_10_PERCENT = {
  tail_sampling: {
    decision_wait: '1s',
    num_traces: 100_000,
    policies: [
      { name: 'errors', type: 'status_code', status_code: { status_codes: ['ERROR'] } },
      { name: 'share', type: 'probabilistic', probabilistic: { sampling_percentage: 10 } },
    ],
  },
};

/** Each with the `th` that a trace leaves with if it passes, by its kind and the `th` that it left our stage with. */
const AGREEING = [
  {
    title: 'probabilistic_sampler, equalizing 5 %',
    processors: { probabilistic_sampler: { mode: 'equalizing', sampling_percentage: 5 } },
    // Four digits by default, and one for the f in front.
    thBehind: (_kind, th) => stricter(th, 'f3333'),
  },
  {
    title: 'probabilistic_sampler, equalizing 5 %, all digits',
    processors: { probabilistic_sampler: { mode: 'equalizing', sampling_percentage: 5, sampling_precision: 14 } },
    thBehind: (_kind, th) => stricter(th, 'f3333333333333'),
  },
  {
    title: 'probabilistic_sampler, proportional 25 %',
    processors: { probabilistic_sampler: { mode: 'proportional', sampling_percentage: 25 } },
    thBehind: (_kind, th) => QUARTER[th],
  },
  {
    title: 'tail_sampling with usetracestate, errors and 10 %',
    processors: ERRORS_AND_10_PERCENT,
    args: [USE_TRACE_STATE],
    // An exception event without a status is no error to the policy.
    thBehind: (kind, th) => (kind === 'failed' ? th : stricter(th, 'e6666666666666')),
  },
];

/** What the head of collector-config.yaml says. */
const GATEWAYS = [
  {
    name: 'gateway',
    title: 'collector-config.yaml keeps all that our stage has kept',
    thBehind: (_kind, th) => th,
  },
  {
    name: 'gateway-gate',
    title: 'collector-config.yaml with usetracestate, too',
    args: [USE_TRACE_STATE],
    thBehind: (_kind, th) => th,
  },
  {
    name: 'gateway-limit',
    title: 'collector-config.yaml without `sampled-before`, with usetracestate: 10 % are an upper limit',
    isLimit: true,
    args: [USE_TRACE_STATE],
    thBehind: (kind, th) => (kind === 'failed' ? th : stricter(th, 'e6666666666666')),
  },
];

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* samplingChecks({ binary, folder }) {
  const { traces, kept } = await samplePopulation();
  const thOfOurs = ({ kind, upstream }) => stricter(upstream, KINDS[kind].th);
  const left = tracesOf(kept.map((span) => wireContext(span)));
  yield { title: 'sampling: our stage keeps R >= T', ...agreement(traces, thOfOurs, left) };

  const behind = async (name, { processors, args }) => {
    const collector = await startCollector(binary, join(folder, name), { processors, args });
    await send(kept, `${collector.httpUrl}/v1/traces`);
    if ('tail_sampling' in processors) await decides(collector, left.size);
    await collector.stop();
    return tracesOf(collector.requests().flatMap(spansOf));
  };
  for (const [index, stage] of AGREEING.entries()) {
    const got = await behind(`agreeing-${index}`, stage);
    const thOf = (one) => stage.thBehind(one.kind, thOfOurs(one));
    yield { title: `sampling: ${stage.title}`, ...agreement(traces, thOf, got) };
  }

  for (const stage of GATEWAYS) {
    const config = join(folder, `${stage.name}.yaml`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      config,
      stage.isLimit ? withoutSampledBefore(readFileSync(CONFIG, 'utf8')) : readFileSync(CONFIG, 'utf8'),
    );
    const gateway = await startGateway(binary, join(folder, stage.name), { config, args: stage.args });
    await send(kept, `${gateway.httpUrl}/v1/traces`);
    // What waits is decided at the end.
    await gateway.stop();
    const got = tracesOf(gateway.requests().flatMap(spansOf));
    const thOf = (one) => stage.thBehind(one.kind, thOfOurs(one));
    yield { title: `sampling: ${stage.title}`, ...agreement(traces, thOf, got) };
  }

  const blind = await behind('blind', { processors: ERRORS_AND_10_PERCENT });
  yield {
    title: 'sampling: tail_sampling without usetracestate samples twice',
    ...doubleSampling(traces, thOfOurs, left, blind),
  };

  for (const [isClosed, count] of [
    [true, 0],
    [false, left.size],
  ]) {
    const settings = { sampling_percentage: 50, fail_closed: isClosed };
    const got = await behind(`hash-seed-${isClosed}`, { processors: { probabilistic_sampler: settings } });
    yield {
      title: `sampling: probabilistic_sampler, hash_seed 50 %, ${isClosed ? 'drops' : 'keeps'} all with th`,
      problems: got.size === count ? [] : [`expected ${count} traces, got ${got.size}`],
      figures: `${got.size} of ${left.size} traces`,
    };
  }
}

/** At its end the Collector decides what waits, but may have closed the file before, which all its pipelines share. */
async function decides(collector, count) {
  const end = performance.now() + DECISION_MILLIS;
  let decided = 0;
  while (decided < count) {
    if (performance.now() > end) throw new Error(`Expected ${count} decisions, got ${decided}:\n${collector.log}`);
    decided = await collector.counter('otelcol_processor_tail_sampling_global_count_traces_sampled');
    await delay(50);
  }
}

function wireContext(span) {
  const { traceId, traceState } = span.spanContext();
  return { traceId, traceState: traceState?.serialize() ?? '' };
}

async function send(spans, url) {
  const exporter = new OTLPTraceExporter({ url });
  for (let from = 0; from < spans.length; from += SPANS_PER_REQUEST) {
    const batch = spans.slice(from, from + SPANS_PER_REQUEST);
    const { code, error } = await new Promise((resolve) => exporter.export(batch, resolve));
    if (code !== 0) throw error;
  }
  await exporter.shutdown();
}

/** As the head of the configuration tells to change it. */
function withoutSampledBefore(config) {
  const changed = config.replace(/^( +)- name: sampled-before\n(?:\1 .*\n)+/m, '');
  if (changed === config) throw new Error('Expected a policy `sampled-before` in collector-config.yaml');
  return changed;
}
