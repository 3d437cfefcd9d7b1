// A Collector that dies or hangs in the middle costs telemetry, and the application nothing.
import { join } from 'node:path';
import { spansOf, waitUntil } from '@genspan/test-utils';
import { startApp } from '../app.mjs';
import { startCollector } from '../collector.mjs';

/** What the preload may take at the end, and what a loaded machine may add. */
const SHUTDOWN_MILLIS = 1_000;
const SLACK_MILLIS = 4_000;
/** The exit code of apps/interrupted.mjs. */
const EXIT_CODE = 3;

const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'];
const OUTAGES = { killed: 'SIGKILL', hung: 'SIGSTOP' };

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* outageChecks({ binary, openai, folder }) {
  for (const protocol of PROTOCOLS) {
    for (const [outage, signal] of Object.entries(OUTAGES)) {
      const here = join(folder, `${outage}-${protocol.replace('/', '-')}`);
      const collector = await startCollector(binary, here);
      const app = startInterrupted(protocol, collector, openai);
      await hasFirstSpan(collector, app);
      collector.signal(signal);
      const released = performance.now();
      app.kill('SIGUSR2');
      const result = await app.finished;
      const millis = performance.now() - released;
      await collector.stop();
      yield {
        title: `outage: ${outage}, ${protocol}: the application ends as without it`,
        problems: [...problemsOfApp(result), ...problemsOfTime(millis), ...problemsOfWarning(result)],
        figures: `${(millis / 1000).toFixed(1)} s after the outage`,
      };
    }
    yield await returns(protocol, { binary, openai, folder });
  }
}

/** A Collector that is killed and started again gets what the application does afterwards. */
async function returns(protocol, { binary, openai, folder }) {
  const here = join(folder, `back-${protocol.replace('/', '-')}`);
  const collector = await startCollector(binary, join(here, 'first'));
  const app = startInterrupted(protocol, collector, openai);
  await hasFirstSpan(collector, app);
  collector.signal('SIGKILL');
  await collector.ended;
  const next = await startCollector(binary, join(here, 'second'), { ports: collector.ports });
  app.kill('SIGUSR2');
  const result = await app.finished;
  await next.stop();
  const names = next
    .requests()
    .flatMap(spansOf)
    .map(({ name }) => name);
  const expected = 'chat gpt-4o,chat gpt-4.1,chat gpt-4.1-mini';
  return {
    title: `outage: killed and back, ${protocol}: the next spans arrive`,
    problems: [...problemsOfApp(result), ...(String(names) === expected ? [] : [`the spans are [${names}]`])],
    figures: `${names.length} spans`,
  };
}

function startInterrupted(protocol, collector, openai) {
  return startApp({
    script: 'interrupted.mjs',
    openai,
    env: {
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? collector.grpcUrl : collector.httpUrl,
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_MILLIS),
    },
  });
}

async function hasFirstSpan(collector, app) {
  await app.waitForOutput(/before/, 30_000);
  const arrived = () => collector.requests().flatMap(spansOf).length > 0;
  await waitUntil(arrived, 15_000, () => `a span at the Collector:\n${collector.log}`);
}

function problemsOfApp({ exitCode, signal, stdout }) {
  const problems = [];
  if (exitCode !== EXIT_CODE) problems.push(`exit code ${exitCode}, signal ${signal}, expected ${EXIT_CODE}`);
  if (stdout !== 'before\nafter\n') problems.push(`stdout is ${JSON.stringify(stdout)}`);
  return problems;
}

function problemsOfTime(millis) {
  const bound = SHUTDOWN_MILLIS + SLACK_MILLIS;
  return millis <= bound ? [] : [`took ${Math.round(millis)} ms, expected at most ${bound} ms`];
}

/** What is lost is said, once, and nothing else is printed but what OpenTelemetry says. */
function problemsOfWarning({ stderr }) {
  const lines = stderr.split('\n').filter((line) => /flush .*what was neither sent nor stored is lost/.test(line));
  return lines.length === 1
    ? []
    : [`expected one warning about what was lost, got stderr ${JSON.stringify(stderr.slice(0, 800))}`];
}
