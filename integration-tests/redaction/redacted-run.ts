import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode, startOpenAIServer, startOtlpReceiver } from '@genspan/test-utils';
import { exportedBytes, type ObservedRun } from '../privacy/observed-run.js';
import { SecretSearch } from '../privacy/secret-search.js';
import { startFailingApi } from './failing-api.js';
import { ANSWER } from './fixtures/places.cjs';
import type { PlantedSecret } from './planted-secrets.cjs';

/** How the application is run. */
export interface RunOptions {
  /** Preload and script. @defaultValue `--import @genspan/node/register app.mjs` */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const BY_IMPORT = ['--import', '@genspan/node/register', 'app.mjs'];

/** Runs the application of this folder with these secrets, content captured and every exporter on. */
export async function redactedRun(
  secrets: readonly PlantedSecret[],
  { args = BY_IMPORT, env = {} }: RunOptions = {},
): Promise<ObservedRun> {
  const answer = secrets.filter(({ place }) => place === ANSWER).map(({ value }) => value);
  const [receiver, openai, failing] = await Promise.all([
    startOtlpReceiver(),
    startOpenAIServer(answer.length === 0 ? {} : { text: () => answer.join('\n') }),
    startFailingApi(),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'genspan-redaction-'));
  const plan = join(folder, 'plan.json');
  writeFileSync(plan, JSON.stringify(secrets.map(({ place, value }) => ({ place, text: value }))));
  try {
    const result = await runNode({
      args,
      cwd: join(__dirname, 'fixtures'),
      timeoutMillis: 60_000,
      env: {
        PLAN: plan,
        OPENAI_BASE_URL: openai.baseURL,
        OPENAI_API_KEY: ['none', 'needed'].join('-'),
        FAILING_URL: failing.url,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_TRACES_EXPORTER: 'otlp,console,console_tree,jsonl',
        OTEL_LOGS_EXPORTER: 'otlp,console',
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'span_and_event',
        OTEL_GENSPAN_JSONL_PATH: join(folder, 'traces.jsonl'),
        OTEL_GENSPAN_CONSOLE_TREE_VERBOSE: 'true',
        OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS: '30000',
        ...env,
      },
    });
    return { receiver, result, exported: exportedBytes(receiver, result, folder) };
  } finally {
    await Promise.all([receiver.close(), openai.close(), failing.close()]);
    rmSync(folder, { recursive: true });
  }
}

/** Where secrets left the process: for each place and kind one line that says how. */
export function leaksOf(run: ObservedRun, secrets: readonly PlantedSecret[]): string[] {
  const search = new SecretSearch(secrets);
  const lines = new Map<string, string>();
  for (const [source, bytes] of run.exported) {
    for (const { secret, form, excerpt } of search.findIn(source, bytes)) {
      const planted = `${secret.shape} in ${secret.place}`;
      if (!lines.has(planted)) lines.set(planted, `${planted}, ${form} in ${source}: ${JSON.stringify(excerpt)}`);
    }
  }
  return [...lines.values()];
}
