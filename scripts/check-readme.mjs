// Fails when a code block of a README does not run against the built packages, a local model server and a local OTLP receiver.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnvironment } from './commands.mjs';
import { build, root } from './prepare.mjs';
import { runDocuments } from './readme-runner.mjs';

const BLOCK_TIMEOUT_MILLIS = 30_000;

build();
const { startOpenAIServer, startOtlpReceiver } = await import('@genspan/test-utils');
const [model, collector] = await Promise.all([startOpenAIServer(), startOtlpReceiver()]);
try {
  const { ran, skipped, findings } = await runDocuments(documents(), {
    folder: join(root, '.cache/readme'),
    timeoutMillis: BLOCK_TIMEOUT_MILLIS,
    env: plainEnvironment({
      OPENAI_BASE_URL: model.baseURL,
      OPENAI_API_KEY: ['sk', 'local'].join('-'),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    }),
  });
  for (const line of skipped) console.log(`Not run: ${line}`);
  for (const finding of findings) console.error(finding);
  console.log(`README code: ${ran} blocks ran, ${skipped.length} not run, ${findings.length} findings`);
  process.exitCode = findings.length > 0 ? 1 : 0;
} finally {
  await Promise.all([model.close(), collector.close()]);
}

function documents() {
  const folders = ['packages', 'examples'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  return ['README.md', ...folders.map((folder) => `${folder}/README.md`)]
    .map((name) => ({ name, file: join(root, name) }))
    .filter(({ file }) => existsSync(file));
}
