// Several batches of each signal arrive whole when the application ends right after its last call.
import { logRecordsOf, metricPointsOf, spansOf } from '@genspan/test-utils';
import { canonicalSpansOf } from '../canonical-span.mjs';
import { differences } from '../differences.mjs';
import { observedRun, problemsOfCollector, problemsOfResult } from '../observed-run.mjs';

const CALLS = 600;

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* otlpVolumeChecks(lab) {
  for (const protocol of ['http/protobuf', 'http/json', 'grpc']) {
    const title = `volume: ${protocol}: ${CALLS} calls, the end right after`;
    const run = await observedRun(title, { script: 'many.mjs', protocol }, lab);
    const spans = run.requests.flatMap(spansOf);
    const metrics = run.requests.flatMap(metricPointsOf);
    const logs = run.requests.flatMap(logRecordsOf);
    const measured = metrics.findLast(({ name }) => name === 'gen_ai.client.inference.duration')?.count;
    yield {
      title,
      problems: [
        ...problemsOfResult(run.result, new RegExp(`^calls: ${CALLS}\\n$`)),
        ...problemsOfCollector(run, { spans, metrics, logs }),
        ...differences(run.written, run.requests.flatMap(canonicalSpansOf)),
        ...[spans.length, logs.length, new Set(logs.map(({ spanId }) => spanId)).size, measured]
          .filter((count) => count !== CALLS)
          .map((count) => `expected ${CALLS} of each, got ${count} spans, events, spans with an event, or durations`),
      ],
      figures: `${spans.length} spans, ${logs.length} events, ${run.requests.length} requests`,
    };
  }
}
