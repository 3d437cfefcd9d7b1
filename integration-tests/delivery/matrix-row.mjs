// One row of `npm run test:matrix`: delivery from a project of a user, on one release of Node and one line of the SDK.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode, startOtlpReceiver } from '@genspan/test-utils';

/** Spans of one run of `answers.mjs`: two calls and their root. */
const SPANS = 3;
/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9';
const PROTOCOLS = ['http/protobuf', 'http/json', 'grpc'];

/**
 * Runs the application with a spool: over each transport while the receiver is away, then when it is there and busy at first.
 *
 * @returns {Promise<string[]>} what is wrong; empty when all is well
 */
export async function runDelivered({ nodePath, folder, baseURL }) {
  const busy = { status: 503, headers: { 'retry-after': '0' } };
  const receiver = await startOtlpReceiver({ fault: (_, index) => (index === 0 ? busy : undefined) });
  const spool = mkdtempSync(join(tmpdir(), 'genspan-matrix-'));
  const problems = [];
  const run = async (endpoint, protocol) => {
    const { exitCode, stderr } = await runNode({
      nodePath,
      cwd: folder,
      args: ['--import', '@genspan/node/register', 'answers.mjs'],
      env: {
        OPENAI_BASE_URL: baseURL,
        OPENAI_API_KEY: ['sk', 'test'].join('-'),
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_METRICS_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_GENSPAN_EXPORT_SPOOL_DIR: spool,
      },
    });
    if (exitCode !== 0) problems.push(`exit code ${exitCode}: ${stderr.slice(0, 500)}`);
    if (/lost/.test(stderr)) problems.push(`stderr is ${JSON.stringify(stderr.slice(0, 500))}`);
  };
  try {
    for (const protocol of PROTOCOLS) await run(NOBODY, protocol);
    await run(receiver.url, 'http/protobuf');
    const ids = receiver.spans.map(({ spanId }) => spanId);
    const expected = SPANS * (PROTOCOLS.length + 1);
    if (ids.length !== expected || new Set(ids).size !== expected) {
      problems.push(`${ids.length} spans with ${new Set(ids).size} ids arrived, expected ${expected}, each once`);
    }
    return problems;
  } finally {
    await receiver.close();
    rmSync(spool, { recursive: true });
  }
}
