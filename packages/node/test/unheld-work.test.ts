import { once } from 'node:events';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { createServer, connect } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { waitUntil } from '@genspan/test-utils';
import { UnheldWork } from '../src/unheld-work.js';

const unheld = new UnheldWork();
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('UnheldWork', () => {
  it('lets go of timers that are made in the work, and of those that follow from it', async () => {
    let second: NodeJS.Timeout | undefined;
    const first = unheld.run(() => setTimeout(() => (second = setTimeout(() => undefined, 60_000)), 1));
    await nextTurn();
    expect(first.hasRef()).toBe(false);
    // Holds the process while the work goes on.
    const holding = setTimeout(() => undefined, 60_000);
    while (second === undefined) await nextTurn();
    await nextTurn();
    expect(second.hasRef()).toBe(false);
    expect(holding.hasRef()).toBe(true);
    clearTimeout(second);
    clearTimeout(holding);
  });

  it('leaves timers alone that are made outside', async () => {
    const inside = unheld.run(() => setTimeout(() => undefined, 60_000));
    const outside = setTimeout(() => undefined, 60_000);
    await nextTurn();
    expect([inside.hasRef(), outside.hasRef()]).toEqual([false, true]);
    clearTimeout(inside);
    clearTimeout(outside);
  });

  it('lets go of connections', async () => {
    const server: Server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const open = () => connect(port, '127.0.0.1');
    const isHeld = (socket: Socket) => (socket as Socket & { _handle: { hasRef(): boolean } })._handle.hasRef();
    const [inside, outside] = [unheld.run(open), open()];
    await Promise.all([once(inside, 'connect'), once(outside, 'connect')]);
    expect([isHeld(inside), isHeld(outside)]).toEqual([false, true]);
    inside.destroy();
    outside.destroy();
    server.close();
  });

  it('lets go again of what was held again, when nobody waits any more', async () => {
    const timer = unheld.run(() => setTimeout(() => undefined, 60_000));
    await nextTurn();
    timer.ref();
    unheld.giveUp();
    expect(timer.hasRef()).toBe(false);
    clearTimeout(timer);
  });

  it('lets go again and again once there is a session of HTTP/2, as gRPC has them', async () => {
    const server = createHttp2Server().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const [timer, session] = unheld.run(() => [
      setTimeout(() => undefined, 60_000),
      connectHttp2(`http://127.0.0.1:${port}`),
    ]);
    await once(session, 'connect');
    timer.ref();
    await waitUntil(
      () => !timer.hasRef(),
      5000,
      () => 'a timer that is let go',
    );
    clearTimeout(timer);
    session.destroy();
    server.close();
  });

  it('returns what the work returns, and throws what it throws', () => {
    expect(unheld.run(() => 1)).toBe(1);
    const fail = () => {
      throw new Error('no');
    };
    expect(() => unheld.run(fail)).toThrow('no');
  });
});
