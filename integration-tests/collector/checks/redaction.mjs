// An application that has secrets everywhere sends its telemetry to the Collector, over each transport and in both orders of
// the stages: none is in the Collector's file.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logRecordsOf, metricPointsOf, spansOf } from '@genspan/test-utils';
import { leaksIn, planOf } from '../../redaction/planted-plan.mjs';
import { observedRun, problemsOfCollector, problemsOfResult } from '../observed-run.mjs';

const SCRIPT = '../../redaction/fixtures/app.mjs';

const RUNS = [
  { protocol: 'http/protobuf', order: 'safety', isOn: true },
  { protocol: 'http/json', order: 'efficiency', isOn: true },
  { protocol: 'grpc', order: 'efficiency', isOn: true },
  { protocol: 'http/protobuf', order: 'safety', isOn: false },
];

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* redactionChecks(lab) {
  const secrets = planOf();
  const plan = join(lab.folder, 'plan.json');
  mkdirSync(lab.folder, { recursive: true });
  writeFileSync(plan, JSON.stringify(secrets.map(({ place, value }) => ({ place, text: value }))));
  for (const { protocol, order, isOn } of RUNS) {
    const title = `redaction, ${protocol}, ${isOn ? order : 'switched off'}`;
    const env = {
      PLAN: plan,
      OTEL_GENSPAN_PIPELINE_ORDER: order,
      // With the other stage, too.
      OTEL_GENSPAN_SAMPLING_KEEP_SLOW: 'true',
      OTEL_GENSPAN_REDACTION_ENABLED: String(isOn),
    };
    const run = await observedRun(title, { script: SCRIPT, protocol, env }, lab);
    const file = JSON.stringify(run.requests);
    const leaks = leaksIn(secrets, (piece) => file.includes(piece));
    const spans = run.requests.flatMap(spansOf);
    const logs = run.requests.flatMap(logRecordsOf);
    const metrics = run.requests.flatMap(metricPointsOf);
    yield {
      title: `${title}: ${isOn ? 'no secret is in the file' : 'every secret is in the file'}`,
      problems: isOn ? leaks : missing(leaks, secrets),
      figures: `${secrets.length} secrets, ${spans.length} spans, ${logs.length} log records`,
    };
    yield {
      title: `${title}: all else arrives`,
      problems: [
        ...problemsOfResult(run.result, /^put \d+ texts\n$/),
        ...problemsOfCollector(run, { spans, metrics, logs }),
      ],
    };
  }
}

function missing(leaks, secrets) {
  return leaks.length === secrets.length ? [] : [`only ${leaks.length} of ${secrets.length}`];
}
