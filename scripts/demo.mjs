// `npm run demo`: runs examples/quickstart, unchanged, with genspan preloaded, and shows the traces it left.
// Talks to a model server of its own on the loopback interface, or to the real API when OPENAI_API_KEY is set.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { plainEnvironment } from './commands.mjs';
import { prepare, root } from './prepare.mjs';

const FOLDER = join(root, 'examples/quickstart');
const JSONL = join(root, '.cache/demo/traces.jsonl');
const ANSWER =
  'Pack a light rain jacket for Saturday, layers for a mild and sunny Sunday, and shoes that like cobbled streets.';

prepare();
rmSync(join(JSONL, '..'), { recursive: true, force: true });
mkdirSync(join(JSONL, '..'), { recursive: true });

const server = process.env.OPENAI_API_KEY ? undefined : await startModelServer();
console.log(
  server
    ? `A local OpenAI-compatible server answers on ${server.baseURL} (set OPENAI_API_KEY to use the real API).`
    : 'OPENAI_API_KEY is set: the agent talks to the real API.',
);
console.log('\n$ node --import @genspan/node/register agent.mjs\n');
const status = await runAgent();
await server?.close();
if (status !== 0) process.stderr.write(`The agent ended with exit code ${status}\n`);
else console.log(`\n${countSpans()} spans, as OTLP JSON with one request a line: ${relative(process.cwd(), JSONL)}`);
process.exitCode = status;

async function startModelServer() {
  const { startOpenAIServer } = await import('@genspan/test-utils');
  return startOpenAIServer({ text: () => ANSWER });
}

function runAgent() {
  const endpoint = server && {
    OPENAI_BASE_URL: server.baseURL,
    OPENAI_API_KEY: ['sk', 'local'].join('-'),
    // What follows the @ tells the local server how to answer: the first model is one that it does not have.
    AGENT_MODELS: 'gpt-not-released-yet@error-404,gpt-4o-mini',
  };
  const { OPENAI_API_KEY, OPENAI_BASE_URL } = process.env;
  const env = plainEnvironment({
    ...(endpoint ?? { OPENAI_API_KEY, OPENAI_BASE_URL }),
    OTEL_SERVICE_NAME: 'quickstart',
    OTEL_TRACES_EXPORTER: 'console_tree,jsonl',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_GENSPAN_JSONL_PATH: JSONL,
  });
  const agent = spawn(process.execPath, ['--import', '@genspan/node/register', 'agent.mjs'], {
    cwd: FOLDER,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => agent.on('close', (code) => resolve(code ?? 1)));
}

function countSpans() {
  const lines = readFileSync(JSONL, 'utf8').split('\n').filter(Boolean);
  return lines
    .flatMap((line) => JSON.parse(line).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans)
    .reduce((sum, { spans }) => sum + spans.length, 0);
}
