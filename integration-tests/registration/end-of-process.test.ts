import { diagLines, Lab, NOBODY } from './preloaded-app.js';
import { openSwallowingPort } from './swallowing-port.js';

jest.setTimeout(60_000);

let lab: Lab;
beforeEach(async () => void (lab = await Lab.open()));
afterEach(() => lab.close());

describe('the end of a preloaded process', () => {
  it.each([
    ['naturally', 0],
    ['with exit code 3', 3],
  ])('sends everything and keeps the exit code when it ends %s', async (end, exitCode) => {
    const result = await lab.run({ args: ['ends.mjs', end] });
    expect(result).toMatchObject({ exitCode, signal: null, stdout: 'chatted\n', stderr: '' });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
    expect(lab.receiver.metrics.map((point) => point.name)).toContain('gen_ai.client.inference.duration');
    expect(lab.receiver.logs.map((log) => log.eventName)).toEqual(['gen_ai.client.inference.operation.details']);
  });

  it('sends what a listener of beforeExit still does', async () => {
    const result = await lab.run({ args: ['ends.mjs', 'with work at beforeExit'] });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'chatted\nchatted again\n', stderr: '' });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini', 'chat gpt-4o']);
  });

  it.each([
    ['by process.exit(4)', 4],
    ['by an uncaught exception', 1],
    ['by an unhandled rejection', 1],
  ])('keeps the exit code, and prints on the console what waits, when it ends %s', async (end, exitCode) => {
    const result = await lab.run({
      args: ['ends.mjs', end],
      env: { OTEL_TRACES_EXPORTER: 'otlp,console_tree' },
    });
    expect(result).toMatchObject({ exitCode, signal: null });
    expect(result.stdout).toMatch(/chat gpt-4o-mini/);
    expect(diagLines(result)).toEqual([]);
  });

  it('ends the span of a stream that nobody read', async () => {
    const result = await lab.run({
      args: ['ends.mjs', 'with a stream that nobody reads'],
      env: { OTEL_TRACES_EXPORTER: 'console' },
    });
    expect(result.stdout.match(/name: 'chat gpt-4o-mini/g)).toHaveLength(2);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('sends everything on %s, and dies of it', async (signal) => {
    const app = lab.start({ args: ['waits.mjs', 'no listener'] });
    await app.waitForOutput(/waiting/);
    app.kill(signal);
    expect(await app.finished).toMatchObject({ exitCode: null, signal, stderr: '' });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
    expect(lab.receiver.logs).toHaveLength(1);
    expect(lab.receiver.metrics).not.toEqual([]);
  });

  it('leaves the end to a listener of the application, and sends meanwhile', async () => {
    const app = lab.start({ args: ['waits.mjs', 'a listener that exits with 7'] });
    await app.waitForOutput(/waiting/);
    app.kill('SIGTERM');
    expect(await app.finished).toMatchObject({ exitCode: 7, signal: null });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });

  it('does not end a process whose listener goes on', async () => {
    const app = lab.start({ args: ['waits.mjs', 'a listener that goes on'] });
    await app.waitForOutput(/waiting/);
    app.kill('SIGTERM');
    await app.waitForOutput(/went on/);
    await lab.receiver.waitForSpans(1);
    app.kill('SIGTERM');
    await app.waitForOutput(/went on\nwent on/);
    app.kill('SIGINT');
    expect(await app.finished).toMatchObject({ exitCode: 8, signal: null });
  });

  it.each(['signal-exit-3', 'signal-exit-4'])('does not wait for %s, which waits for us', async (name) => {
    const app = lab.start({ args: ['waits.mjs', 'signal-exit', name] });
    await app.waitForOutput(/waiting/);
    app.kill('SIGTERM');
    expect(await app.finished).toMatchObject({ signal: 'SIGTERM', stdout: 'waiting\nsignal-exit saw SIGTERM\n' });
    expect(lab.spanNames).toEqual(['chat gpt-4o-mini']);
  });
});

describe('the end of a process whose collector does not work', () => {
  const bound = { OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS: '500' };
  const givenUp = expect.stringMatching(
    /^opentelemetry warn: The (last )?flush .*what was neither sent nor stored is lost/,
  ) as string;
  let plainMillis: number;

  /** A process without genspan, for comparison: how long one takes depends on the machine. */
  beforeEach(async () => {
    plainMillis = (await lab.run({ args: ['ends.mjs', 'naturally'], preload: [] })).durationMillis;
  });

  it.each([
    ['refuses connections', 'naturally', {}],
    ['refuses connections, over gRPC', 'naturally', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
    ['refuses connections, with an export under way', 'after a second', { OTEL_BSP_SCHEDULE_DELAY: '10' }],
  ])('comes within the bound and is said once: it %s', async (_, end, env) => {
    const started = await lab.run({ args: ['ends.mjs', end], env: { ...bound, OTEL_TRACES_EXPORTER: 'none' } });
    const result = await lab.run({
      args: ['ends.mjs', end],
      env: { ...bound, ...env, OTEL_EXPORTER_OTLP_ENDPOINT: NOBODY },
    });
    expect(result).toMatchObject({ exitCode: 0, signal: null, stdout: 'chatted\n' });
    expect(diagLines(result).filter((line) => line.includes('flush'))).toEqual([givenUp]);
    // The SDK alone takes 8 to 10 seconds.
    expect(result.durationMillis - Math.max(started.durationMillis, plainMillis)).toBeLessThan(5000);
  });

  it('comes within the bound when the collector does not answer', async () => {
    const silent = await Lab.open({ fault: () => 'hang' });
    const result = await silent.run({ args: ['ends.mjs', 'naturally'], env: bound });
    await silent.close();
    expect(result).toMatchObject({ exitCode: 0, timedOut: false });
    expect(diagLines(result)).toEqual([givenUp]);
    expect(result.durationMillis - plainMillis).toBeLessThan(6000);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;

  onLinux.each([
    ['naturally', 6000],
    // One attempt is under way when the application is done: it is given three seconds.
    ['after a second', 9000],
  ])('comes soon when connections are neither made nor refused, and the process ends %s', async (end, mostMillis) => {
    const port = await openSwallowingPort();
    const env = { ...bound, OTEL_BSP_SCHEDULE_DELAY: '10', OTEL_EXPORTER_OTLP_ENDPOINT: port.url };
    const result = await lab.run({ args: ['ends.mjs', end], env });
    port.close();
    expect(result).toMatchObject({ exitCode: 0, timedOut: false });
    expect(result.durationMillis - plainMillis).toBeLessThan(mostMillis);
  });

  it('dies of a signal within the bound', async () => {
    const app = lab.start({
      args: ['waits.mjs', 'no listener'],
      env: { ...bound, OTEL_EXPORTER_OTLP_ENDPOINT: NOBODY },
    });
    await app.waitForOutput(/waiting/);
    const killed = performance.now();
    app.kill('SIGTERM');
    expect(await app.finished).toMatchObject({ signal: 'SIGTERM' });
    expect(performance.now() - killed).toBeLessThan(5000);
  });

  it('does not wait for the flush when the signal comes again', async () => {
    const silent = await Lab.open({ fault: () => 'hang' });
    const app = silent.start({
      args: ['waits.mjs', 'no listener'],
      env: { OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS: '25000', OTEL_EXPORTER_OTLP_TIMEOUT: '25000' },
    });
    await app.waitForOutput(/waiting/);
    app.kill('SIGINT');
    await silent.receiverHasRequest();
    app.kill('SIGINT');
    const result = await app.finished;
    await silent.close();
    expect(result).toMatchObject({ signal: 'SIGINT', timedOut: false });
    expect(result.durationMillis).toBeLessThan(20_000);
  });
});
