// An application that runs to its end with telemetry to a Collector of its own, and what became of the telemetry.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runApp } from './app.mjs';
import { canonicalSpansOf } from './canonical-span.mjs';
import { startCollector } from './collector.mjs';
import { firstDifference } from './differences.mjs';

const ITEMS = ['spans', 'metric_points', 'log_records'];

/**
 * @param {string} title of the folder
 * @param {{ script: string, protocol: string, env?: Record<string, string> }} app
 * @param {{ binary: string, openai: { baseURL: string }, folder: string }} lab
 * @returns the result of the process, the requests in the Collector's file, the spans that the application itself wrote to a
 *   file beside (in the form of canonical-span.mjs), and what the Collector counted
 */
export async function observedRun(title, { script, protocol, env = {} }, { binary, openai, folder }) {
  const here = join(folder, title.replaceAll(/\W+/g, '-'));
  const collector = await startCollector(binary, here);
  const jsonl = join(here, 'written.jsonl');
  const result = await runApp({
    script,
    openai,
    env: {
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? collector.grpcUrl : collector.httpUrl,
      OTEL_TRACES_EXPORTER: 'otlp,jsonl',
      OTEL_GENSPAN_JSONL_PATH: jsonl,
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
      OTEL_SERVICE_NAME: 'agent',
      ...env,
    },
  });
  const counters = await countersOf(collector);
  const ended = await collector.stop();
  const lines = readFileSync(jsonl, 'utf8').trimEnd().split('\n');
  const written = lines.flatMap((line) => canonicalSpansOf(JSON.parse(line)));
  return { result, requests: collector.requests(), written, counters, ended };
}

/** What the Collector says of itself: taken in, refused, and lost on the way to its file. */
async function countersOf(collector) {
  const sumOf = async (...names) => {
    let sum = 0;
    for (const name of names) for (const item of ITEMS) sum += await collector.counter(`otelcol_${name}_${item}`);
    return sum;
  };
  const accepted = {};
  for (const item of ITEMS) accepted[item] = await collector.counter(`otelcol_receiver_accepted_${item}`);
  return {
    accepted,
    refused: await sumOf('receiver_refused', 'receiver_failed'),
    lost: await sumOf('exporter_send_failed', 'exporter_enqueue_failed'),
  };
}

/** Problems when the Collector took in anything else than what is in its file, refused or lost anything, or failed. */
export function problemsOfCollector({ counters, ended }, { spans, metrics, logs }) {
  const accepted = { spans: spans.length, metric_points: metrics.length, log_records: logs.length };
  return [
    ...firstDifference({ accepted, refused: 0, lost: 0 }, counters, 'the Collector counted'),
    ...(ended === 'exit code 0' ? [] : [`the Collector ended with ${ended}`]),
  ];
}

/** Problems when the process failed, printed anything on stderr, or anything else than expected on stdout. */
export function problemsOfResult({ exitCode, signal, stdout, stderr }, expectedOutput) {
  const problems = [];
  if (exitCode !== 0) problems.push(`exit code ${exitCode}, signal ${signal}`);
  if (!expectedOutput.test(stdout)) problems.push(`stdout is ${JSON.stringify(stdout)}`);
  if (stderr !== '') problems.push(`stderr is ${JSON.stringify(stderr.slice(0, 500))}`);
  return problems;
}
