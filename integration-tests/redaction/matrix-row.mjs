// One row of `npm run test:matrix`: redaction in a project of a user, on one release of Node and one line of the SDK.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode, startOtlpReceiver } from '@genspan/test-utils';
import { leaksIn, planOf } from './planted-plan.mjs';

/** Where the project has the application. */
export const FOLDER = 'redaction';

/**
 * Runs the application in `folder` with redaction by default, and once without it, so that finding nothing means something.
 *
 * @returns {Promise<string[]>} what is wrong; empty when all is well
 */
export async function runRedacted({ nodePath, folder, baseURL, sdk }) {
  const secrets = planOf({ withMaps: sdk === 'SDK 3.1' });
  const plan = join(folder, FOLDER, 'plan.json');
  writeFileSync(plan, JSON.stringify(secrets.map(({ place, value }) => ({ place, text: value }))));
  const problems = [];
  for (const isOn of [true, false]) {
    const receiver = await startOtlpReceiver();
    try {
      const { exitCode, stderr } = await runNode({
        nodePath,
        cwd: join(folder, FOLDER),
        args: ['--import', '@genspan/node/register', 'app.mjs'],
        env: {
          PLAN: plan,
          OPENAI_BASE_URL: baseURL,
          OPENAI_API_KEY: ['sk', 'test'].join('-'),
          OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
          OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
          OTEL_GENSPAN_REDACTION_ENABLED: String(isOn),
        },
      });
      if (exitCode !== 0) problems.push(`exit code ${exitCode}`);
      if (stderr !== '') problems.push(`stderr is ${JSON.stringify(stderr.slice(0, 500))}`);
      const leaks = leaksIn(secrets, (piece) => receiver.contains(piece));
      if (isOn) problems.push(...leaks.map((leak) => `${leak} left the process`));
      else if (leaks.length < secrets.length) problems.push(`only ${leaks.length} of ${secrets.length} left without`);
    } finally {
      await receiver.close();
    }
  }
  return problems;
}
