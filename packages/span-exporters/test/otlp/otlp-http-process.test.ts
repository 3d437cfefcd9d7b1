import { connect, createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { runNode, startNode, startOtlpReceiver } from '@genspan/test-utils';
import type { OtlpFault, OtlpReceiver } from '@genspan/test-utils';
import { started } from './raw-server.js';

const SCRIPT = join(__dirname, '../fixtures/otlp-http-process.mjs');
/** Less than any time limit that the processes run into when they are held. */
const SOON_MILLIS = 15_000;

jest.setTimeout(60_000);

let receiver: OtlpReceiver;
let fault: OtlpFault | ((index: number) => OtlpFault | undefined) | undefined;
beforeEach(async () => {
  fault = undefined;
  receiver = await startOtlpReceiver({ fault: (_, index) => (typeof fault === 'function' ? fault(index) : fault) });
});
afterEach(() => receiver.close());

const run = (how: string, ...rest: string[]) => runAt(`${receiver.url}/v1/traces`, how, ...rest);
const runAt = (url: string, ...args: string[]) => runNode({ args: [SCRIPT, url, ...args], timeoutMillis: 50_000 });

test.each(['exported', 'again', 'retrying'])(
  'a receiver that hangs does not keep a process alive (%s)',
  async (how) => {
    fault = (index) => (how === 'again' && index === 0 ? undefined : 'hang');
    const { exitCode, stderr, durationMillis } = await run(how);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(durationMillis).toBeLessThan(SOON_MILLIS);
  },
);

test('neither does a wait for the next attempt', async () => {
  fault = { status: 503 };
  const { exitCode, stderr, durationMillis } = await run('retrying');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(durationMillis).toBeLessThan(SOON_MILLIS);
});

test('neither does a kept connection', async () => {
  const { exitCode, durationMillis } = await run('flush');
  expect(exitCode).toBe(0);
  expect(durationMillis).toBeLessThan(SOON_MILLIS);
});

test.each(['flush', 'shutdown', 'busy', 'retrying-flush', 'retrying-shutdown'])(
  'a span arrives before the process ends when something waits (%s)',
  async (how) => {
    const { exitCode, stdout } = await run(how);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('result 0');
    expect(receiver.spans.map(({ name }) => name)).toEqual([how]);
  },
);

test.each(['flush', 'shutdown'])('%s holds the process no longer than the time limit', async (how) => {
  fault = 'hang';
  const { exitCode, stdout, durationMillis } = await run(how, '300');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/result 1[^]*end of the program/);
  expect(durationMillis).toBeLessThan(SOON_MILLIS);
});

test('a flush makes a waiting attempt at once', async () => {
  fault = (index) => (index === 0 ? { status: 503 } : undefined);
  const { stdout, durationMillis } = await run('retrying-shutdown');
  expect(stdout).toContain('result');
  expect(durationMillis).toBeLessThan(SOON_MILLIS);
});

test('a receiver that reads nothing holds a process with an upload no longer than the time limit', async () => {
  await using server = await started(createNetServer((socket) => socket.pause().on('error', () => {})));
  const { exitCode, durationMillis } = await runAt(server.url, 'large', '500');
  expect(exitCode).toBe(0);
  expect(durationMillis).toBeLessThan(SOON_MILLIS);
});

test('a connection that is never made holds a process no longer than its own time limit', async () => {
  // A stopped process accepts nothing: once its queue is full, the kernel swallows what knocks, as a firewall does.
  const free = await started(createNetServer());
  const { port } = free;
  await free[Symbol.asyncDispose]();
  const listener = startNode({
    args: [
      '-e',
      `const server = require('node:net').createServer();
       server.listen({ port: ${port}, host: '127.0.0.1', backlog: 1 }, () => console.log('listening'));`,
    ],
  });
  await listener.waitForOutput(/listening/);
  listener.kill('SIGSTOP');
  const knocking = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  try {
    const { exitCode, durationMillis } = await runAt(`http://127.0.0.1:${port}/v1/traces`, 'exported');
    expect(exitCode).toBe(0);
    expect(durationMillis).toBeGreaterThan(2900);
    expect(durationMillis).toBeLessThan(3000 + SOON_MILLIS);
  } finally {
    for (const socket of knocking) socket.destroy();
    listener.kill('SIGKILL');
    await listener.finished;
  }
});
