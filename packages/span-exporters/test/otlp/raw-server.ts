import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';

/** A server of the test's own on the loopback interface. */
export interface RawServer {
  /** Where to send spans to. */
  readonly url: string;
  readonly port: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts any server, by default on any port. */
export async function started(server: Server | NetServer, protocol = 'http', port = 0): Promise<RawServer> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket: { destroy(): void }) => sockets.add(socket));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `${protocol}://127.0.0.1:${address.port}/v1/traces`,
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Starts an HTTP server that reads each request before it answers. */
export function answering(
  answer: (body: Buffer, response: ServerResponse, request: IncomingMessage) => void,
): Promise<RawServer> {
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(Buffer.concat(chunks), response, request));
  };
  return started(createServer(listener));
}
