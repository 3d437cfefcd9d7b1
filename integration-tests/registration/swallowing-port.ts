import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** Listens, then sleeps for ever: what connects waits in the kernel, which takes two at most. */
const LISTENER = `
const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  process.stdout.write(String(server.address().port), () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
});
`;

/** A port on the loopback interface where connections are neither made nor refused, as behind a firewall. */
export interface SwallowingPort {
  readonly url: string;
  close(): void;
}

/** Opens a {@link SwallowingPort}. Only Linux leaves connections beyond the backlog without an answer. */
export async function openSwallowingPort(): Promise<SwallowingPort> {
  const listener = spawn(process.execPath, ['-e', LISTENER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(listener.stdout.setEncoding('utf8'), 'data')) as [string];
  const fillers: Socket[] = [];
  let made = true;
  // The queue is full as soon as one more is not made at once.
  while (made) {
    const filler = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    fillers.push(filler);
    made = await Promise.race([
      once(filler, 'connect').then(() => true),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 500)),
    ]);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      for (const filler of fillers) filler.destroy();
      listener.kill('SIGKILL');
    },
  };
}
