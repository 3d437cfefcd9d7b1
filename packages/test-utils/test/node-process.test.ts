import { runNode, startNode } from '@genspan/test-utils';

describe('runNode', () => {
  it('collects output and exit code', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3;';
    const result = await runNode({ args: ['-e', script] });
    expect(result).toMatchObject({ exitCode: 3, signal: null, stdout: 'out\n', stderr: 'err\n', timedOut: false });
  });

  it('hands on no telemetry settings but those it is given', async () => {
    process.env['OTEL_TRACES_EXPORTER'] = 'console';
    process.env['MINE'] = 'kept';
    const script =
      'console.log(Object.keys(process.env).filter((name) => /^(OTEL_|NODE_OPTIONS|MINE)/.test(name)).sort().join())';
    const { stdout } = await runNode({ args: ['-e', script], env: { OTEL_LOG_LEVEL: 'none' } });
    delete process.env['OTEL_TRACES_EXPORTER'];
    delete process.env['MINE'];
    expect(stdout.trim()).toBe('MINE,OTEL_LOG_LEVEL');
  });

  it('kills a process that takes too long', async () => {
    const result = await runNode({ args: ['-e', 'setInterval(() => {}, 1000)'], timeoutMillis: 300 });
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true });
  });

  it('rejects when there is no such node', async () => {
    await expect(runNode({ args: [], nodePath: '/no/such/node' })).rejects.toThrow('ENOENT');
  });
});

describe('startNode', () => {
  it('lets a test signal a process that is ready', async () => {
    const script =
      'process.on("SIGTERM", () => { console.log("stopping"); process.exit(0); }); setInterval(() => {}, 1000); console.log("ready");';
    const child = startNode({ args: ['-e', script] });
    await child.waitForOutput(/ready/);
    child.kill('SIGTERM');
    expect(await child.finished).toMatchObject({ exitCode: 0, stdout: 'ready\nstopping\n' });
  });

  it('tells what came instead of what was waited for', async () => {
    const child = startNode({ args: ['-e', 'console.log("other")'] });
    await child.finished;
    await expect(child.waitForOutput(/ready/, 10)).rejects.toThrow('other');
  });
});
