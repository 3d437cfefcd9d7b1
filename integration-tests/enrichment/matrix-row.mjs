// One row of `npm run test:matrix`: enrichment and dialects in a project of a user, on one release of Node and one line of the
// SDK.
import { runNode, startOtlpReceiver } from '@genspan/test-utils';

/** What has to be on every span of a model call: context, cost, the standard names and two dialects. */
const CALL = {
  'session.id': 's-1',
  'gen_ai.conversation.id': 'c-1',
  'genspan.usage.source': 'reported',
  'genspan.usage.price_source': 'table',
  'openinference.span.kind': 'LLM',
  'llm.token_count.prompt': 24,
  'llm.input_messages.0.message.content': 'Hello',
  'langfuse.observation.type': 'generation',
};
/** What has to be on the root. */
const ROOT = { 'user.id': 'u-1', 'genspan.trace.model_call_count': 2, 'genspan.trace.total_tokens': 66 };

/**
 * Runs the application `answers.mjs` in `folder`, told what to add by variables alone.
 *
 * @returns {Promise<string[]>} what is wrong; empty when all is well
 */
export async function runEnriched({ nodePath, folder, baseURL }) {
  const receiver = await startOtlpReceiver();
  try {
    const { exitCode, stderr } = await runNode({
      nodePath,
      cwd: folder,
      args: ['--import', '@genspan/node/register', 'answers.mjs'],
      env: {
        OPENAI_BASE_URL: baseURL,
        OPENAI_API_KEY: ['sk', 'test'].join('-'),
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true',
        OTEL_GENSPAN_MAPPING_TO: 'openinference,langfuse',
      },
    });
    const problems = [];
    if (exitCode !== 0) problems.push(`exit code ${exitCode}`);
    if (stderr !== '') problems.push(`stderr is ${JSON.stringify(stderr.slice(0, 500))}`);
    const calls = receiver.spans.filter(({ name }) => name === 'chat gpt-4o-mini');
    const roots = receiver.spans.filter(({ name }) => name === 'answer');
    if (calls.length !== 2 || roots.length !== 1) problems.push(`${calls.length} calls under ${roots.length} roots`);
    for (const span of calls) problems.push(...missing(span, CALL));
    for (const span of roots) problems.push(...missing(span, ROOT));
    return problems;
  } finally {
    await receiver.close();
  }
}

function missing({ name, attributes }, expected) {
  return Object.entries(expected).flatMap(([key, value]) =>
    attributes[key] === value ? [] : [`${name}: ${key} is ${JSON.stringify(attributes[key])}`],
  );
}
