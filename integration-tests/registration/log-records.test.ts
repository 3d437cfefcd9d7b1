import { diagLines, Lab } from './preloaded-app.js';
import type { RunOptions } from './preloaded-app.js';

jest.setTimeout(60_000);

/** One call; and two, of which the second fails: three log records. */
const CHAT = ['ends.mjs', 'naturally'];
const CHATS = ['chats.mjs', 'gpt-4o-mini', 'gpt-4o@error-500'];
const SAMPLING = `${__dirname}/../sampling/fixtures`;

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

const run = (env: RunOptions['env'], args: readonly string[] = CHAT) =>
  lab.run({ args, env: { ...env }, ...(args === CHATS ? { cwd: SAMPLING } : {}) });
const logRequests = () => lab.receiver.requests.filter(({ signal }) => signal === 'logs');
const names = () => lab.receiver.logs.map(({ eventName }) => eventName);

describe('log records of a preloaded process', () => {
  it.each([
    [{}, 'application/x-protobuf'],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, 'application/json'],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/protobuf' },
      'application/x-protobuf',
    ],
    [{ OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' }, 'application/x-protobuf'],
  ])('are sent with %j as %s', async (env, contentType) => {
    expect(await run(env)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(logRequests().map(({ headers }) => headers['content-type'])).toEqual([contentType]);
    expect(names()).toEqual(['gen_ai.client.inference.operation.details']);
  });

  it('go where their own variables say, with their headers and compression', async () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: '',
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${lab.receiver.url}/v1/logs`,
      OTEL_EXPORTER_OTLP_LOGS_HEADERS: 'x-tenant=one%20two',
      OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'gzip',
      OTEL_TRACES_EXPORTER: 'none',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_RESOURCE_ATTRIBUTES: 'team=search',
    };
    expect(await run(env)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lab.receiver.requests.map(({ headers }) => headers)).toEqual([
      expect.objectContaining({ 'x-tenant': 'one two', 'content-encoding': 'gzip' }),
    ]);
    expect(lab.receiver.logs[0]?.resource['team']).toBe('search');
  });

  it.each([
    [{}, 1],
    [{ OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '1' }, 3],
  ])('are batched with %j in %d requests', async (env, requests) => {
    await run(env, CHATS);
    expect(logRequests()).toHaveLength(requests);
    expect(names()).toHaveLength(3);
  });

  it('go to each exporter of the list', async () => {
    const result = await run({ OTEL_LOGS_EXPORTER: 'console,otlp', OTEL_TRACES_EXPORTER: 'none' });
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(result.stdout).toContain("eventName: 'gen_ai.client.inference.operation.details'");
    expect(names()).toHaveLength(1);
  });

  it('are not made at all when OTEL_LOGS_EXPORTER is none', async () => {
    expect(await run({ OTEL_LOGS_EXPORTER: 'none' })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(logRequests()).toEqual([]);
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });

  it('let the SDK report about their queue when asked', async () => {
    await run({ OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true' });
    const metrics = lab.receiver.metrics.map(({ name }) => name);
    expect(metrics).toContain('otel.sdk.processor.log.queue.capacity');
    expect(metrics).toContain('otel.sdk.log.created');
  });

  it('that cannot be sent cost one warning, and not the end of the process', async () => {
    const refused = await Lab.open({ fault: (signal) => (signal === 'logs' ? { status: 400 } : undefined) });
    try {
      const result = await refused.run({ args: CHAT });
      expect(result.exitCode).toBe(0);
      expect(diagLines(result).length).toBeLessThanOrEqual(2);
      expect(refused.spanNames).toEqual(['chat gpt-4o-mini']);
    } finally {
      await refused.close();
    }
  });
});
