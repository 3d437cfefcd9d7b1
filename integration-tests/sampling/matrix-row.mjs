// One row of `npm run test:matrix`: sampling in a project of a user, on one release of Node and one line of the SDK.
import { runNode, startOtlpReceiver } from '@genspan/test-utils';

/** What each call of the application asks for, in order: an answer, a failure, and an answer cut off by a filter. */
const MODELS = ['gpt-4o-mini', 'gpt-4o@error-500', 'gpt-4.1@content-filter'];

/** What is to be kept at rate 0: the error, and what the rule asks for. */
const KEPT = [
  { status: 'error', reason: 'error' },
  { status: 'unset', reason: 'rule' },
];

/**
 * Runs the application `chats.mjs` in `folder` with sampling by variables alone.
 *
 * @returns {Promise<string[]>} what is wrong; empty when all is well
 */
export async function runSampled({ nodePath, folder, baseURL }) {
  const receiver = await startOtlpReceiver();
  try {
    const { exitCode, stderr } = await runNode({
      nodePath,
      cwd: folder,
      args: ['--import', '@genspan/node/register', 'chats.mjs', ...MODELS],
      env: {
        OPENAI_BASE_URL: baseURL,
        OPENAI_API_KEY: ['sk', 'test'].join('-'),
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_GENSPAN_SAMPLING_RATE: '0',
        OTEL_GENSPAN_SAMPLING_RULES: JSON.stringify([{ name: 'filtered', finishReasons: ['content_filter'] }]),
      },
    });
    const kept = receiver.spans.map(({ status, attributes }) => ({
      status: status.code,
      reason: attributes['genspan.sampling.reason'],
    }));
    const problems = [];
    if (exitCode !== 0) problems.push(`exit code ${exitCode}`);
    if (stderr !== '') problems.push(`stderr is ${JSON.stringify(stderr.slice(0, 500))}`);
    if (JSON.stringify(kept) !== JSON.stringify(KEPT)) problems.push(`kept ${JSON.stringify(kept)}`);
    const wrong = receiver.spans.filter(({ traceState }) => traceState !== 'ot=th:0');
    if (wrong.length > 0) problems.push(`tracestate is ${wrong.map(({ traceState }) => traceState).join(' and ')}`);
    return problems;
  } finally {
    await receiver.close();
  }
}
