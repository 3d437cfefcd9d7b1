import { once } from 'node:events';
import type { Server } from 'node:http';

/** A server on 127.0.0.1. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Closes the server and every connection it still has; a request that was left hanging gets a reset. */
  close(): Promise<void>;
}

/** Starts `server` on 127.0.0.1, by default on any free port. */
export async function listen(server: Server, port = 0): Promise<LoopbackServer> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected the server to listen on a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
