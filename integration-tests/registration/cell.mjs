// One cell of the matrix: an unchanged application, observed by a preload, sends what it should.
import { runNode, startOtlpReceiver } from '@genspan/test-utils';

const REGISTER = '@genspan/node/register';

/** The ways to load the preload: arguments before the script, or NODE_OPTIONS. */
export const WAYS = {
  '--require': { args: ['--require', REGISTER], env: {} },
  '--import': { args: ['--import', REGISTER], env: {} },
  'NODE_OPTIONS=--require': { args: [], env: { NODE_OPTIONS: `--require ${REGISTER}` } },
  'NODE_OPTIONS=--import': { args: [], env: { NODE_OPTIONS: `--import ${REGISTER}` } },
};

/** The applications: one source for each module system. */
export const APPS = { CJS: 'app.cjs', ESM: 'app.mjs' };

/**
 * Runs a cell.
 *
 * @param {{ nodePath: string, folder: string, app: keyof APPS, way: keyof WAYS, baseURL: string }} cell
 * @returns {Promise<string[]>} what is wrong; empty when all is well
 */
export async function runCell({ nodePath, folder, app, way, baseURL }) {
  const receiver = await startOtlpReceiver();
  try {
    const result = await runNode({
      nodePath,
      cwd: folder,
      args: [...WAYS[way].args, APPS[app]],
      env: {
        ...WAYS[way].env,
        OPENAI_BASE_URL: baseURL,
        OPENAI_API_KEY: ['sk', 'test'].join('-'),
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_SERVICE_NAME: 'matrix',
      },
    });
    return [...problemsOfProcess(result), ...problemsOfTelemetry(receiver)];
  } finally {
    await receiver.close();
  }
}

function problemsOfProcess({ exitCode, signal, stdout, stderr, timedOut }) {
  const problems = [];
  if (timedOut) problems.push('did not end');
  if (exitCode !== 0) problems.push(`exit code ${exitCode}, signal ${signal}`);
  if (!/^answer: \S.*\nstream: \S.*\n$/.test(stdout)) problems.push(`stdout is ${JSON.stringify(stdout)}`);
  if (stderr !== '') problems.push(`stderr is ${JSON.stringify(stderr.slice(0, 500))}`);
  return problems;
}

function problemsOfTelemetry({ spans, metrics, logs }) {
  const problems = [];
  const chats = spans.filter((span) => span.attributes['gen_ai.operation.name'] === 'chat');
  if (spans.length !== 2 || chats.length !== 2) problems.push(`spans are [${spans.map((span) => span.name).join()}]`);
  if (chats.some((span) => span.attributes['gen_ai.response.model'] === undefined)) problems.push('no response model');
  const events = logs.filter((log) => log.eventName === 'gen_ai.client.inference.operation.details');
  if (events.length !== 2) problems.push(`${events.length} log events`);
  const durations = metrics.filter((point) => point.name === 'gen_ai.client.inference.duration');
  if (durations.length === 0) problems.push('no duration metric');
  return problems;
}
