import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab } from './preloaded-app.js';

jest.setTimeout(60_000);

const CHAT = ['ends.mjs', 'naturally'];

/** Wrong settings: variable, text, what the line about it says. */
const WRONG: readonly (readonly [string, string, RegExp])[] = [
  ['OTEL_TRACES_EXPORTER', 'nowhere', /list of otlp, console.* got "nowhere"; using otlp/],
  ['OTEL_METRICS_EXPORTER', 'nowhere', /got "nowhere"; using otlp/],
  ['OTEL_LOGS_EXPORTER', 'nowhere', /got "nowhere"; using otlp/],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'smoke', /http\/protobuf, http\/json or grpc, got "smoke"; using http\/protobuf/],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'localhost:4318', /URL .* got 14 characters/],
  ['OTEL_EXPORTER_OTLP_HEADERS', 'hidden', /key=value .* got 6 characters/],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'zip', /gzip or none, got "zip"; using none/],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', 'soon', /whole number of milliseconds/],
  ['OTEL_BSP_SCHEDULE_DELAY', '-1', /whole number of milliseconds of at least 1, got "-1"; using 5000/],
  ['OTEL_BLRP_SCHEDULE_DELAY', 'x', /using 1000/],
  ['OTEL_TRACES_SAMPLER', 'sometimes', /using parentbased_always_on/],
  ['OTEL_LOG_LEVEL', 'loud', /using warn/],
  ['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT', 'yes', /using none/],
  ['OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS', '5s', /using 5000/],
  ['OTEL_GENSPAN_JSONL_FILE', 'x', /did you mean OTEL_GENSPAN_JSONL_PATH/],
];

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

describe('settings of a preloaded process', () => {
  it('are told in one line each when they are wrong, and the rest applies', async () => {
    const result = await lab.run({ args: CHAT, env: { ...wrongEnvironment(), OTEL_SERVICE_NAME: 'still-named' } });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'chatted\n' });
    const lines = result.stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(WRONG.length);
    for (const [name, , expected] of WRONG) {
      const [line, ...more] = lines.filter((one) => one.startsWith(`opentelemetry error: ${name}: expected `));
      expect(line).toMatch(expected);
      expect(more).toEqual([]);
    }
    expect(result.stderr).not.toContain('hidden');
    const [span] = await lab.receiver.waitForSpans(1);
    expect(span?.resource['service.name']).toBe('still-named');
  });

  it('sends to every exporter of the list', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'genspan-'));
    const path = join(folder, 'traces.jsonl');
    const result = await lab.run({
      args: CHAT,
      env: { OTEL_TRACES_EXPORTER: 'otlp,jsonl,console_tree,console', OTEL_GENSPAN_JSONL_PATH: path },
    });
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const mode = statSync(path).mode & 0o777;
    rmSync(folder, { recursive: true });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object))).toEqual([['resourceSpans']]);
    expect(mode).toBe(0o600);
    expect(result.stdout).toContain("name: 'chat gpt-4o-mini'");
    expect(result.stdout.match(/chat gpt-4o-mini/g)).toHaveLength(2);
  });

  it.each([
    ['http/protobuf', 'application/x-protobuf'],
    ['http/json', 'application/json'],
  ])('sends OTLP over %s', async (protocol, contentType) => {
    await lab.run({ args: CHAT, env: { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: protocol } });
    const [request] = lab.receiver.requests.filter(({ signal }) => signal === 'traces');
    expect(request?.headers['content-type']).toBe(contentType);
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });

  it('honours endpoint, headers and compression of traces, the sampler and the resource', async () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: '',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${lab.receiver.url}/v1/traces`,
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-tenant=one%20two',
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
      OTEL_RESOURCE_ATTRIBUTES: 'team=search',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
    };
    await lab.run({ args: CHAT, env });
    expect(lab.receiver.requests).toHaveLength(1);
    expect(lab.receiver.requests[0]?.headers).toMatchObject({ 'x-tenant': 'one two', 'content-encoding': 'gzip' });
    expect(lab.receiver.spans[0]?.resource['team']).toBe('search');
    await lab.run({ args: CHAT, env: { ...env, OTEL_TRACES_SAMPLER: 'always_off' } });
    expect(lab.receiver.requests).toHaveLength(1);
  });

  it.each([
    [{}, 1],
    [{ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1' }, 2],
  ])('batches two spans with %j in %d', async (env, requests) => {
    await lab.run({ args: ['../apps/app.mjs'], env });
    expect(lab.receiver.requests.filter(({ signal }) => signal === 'traces')).toHaveLength(requests);
    expect(lab.receiver.spans).toHaveLength(2);
  });

  it('sends metrics and logs when OTEL_TRACES_EXPORTER is none', async () => {
    const result = await lab.run({ args: CHAT, env: { OTEL_TRACES_EXPORTER: 'none' } });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.receiver.spans).toEqual([]);
    expect(lab.receiver.metrics).not.toEqual([]);
    expect(lab.receiver.logs).not.toEqual([]);
  });

  it('lets the SDK report about itself when asked', async () => {
    await lab.run({ args: CHAT, env: { OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true' } });
    expect(lab.receiver.metrics.map((point) => point.name)).toContain('otel.sdk.processor.span.queue.capacity');
  });

  it.each([
    [{ OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'http,openai' }, []],
    [{ OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http' }, []],
    [{ OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,openai' }, ['chat gpt-4o-mini']],
  ])('runs the instrumentations that %j asks for', async (env, names) => {
    const result = await lab.run({ args: CHAT, env });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.spanNames).toEqual(names);
  });

  it('captures content only when asked', async () => {
    await lab.run({ args: CHAT });
    expect(lab.receiver.contains('Say hello')).toBe(false);
    await lab.run({ args: CHAT, env: { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY' } });
    expect(lab.receiver.contains('Say hello')).toBe(true);
  });
});

function wrongEnvironment(): Record<string, string> {
  return Object.fromEntries(WRONG.map(([name, text]) => [name, text]));
}
