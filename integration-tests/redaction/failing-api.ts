import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API that refuses every request with the message that the request's header `x-error-message` has. */
export interface FailingApi {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it on the loopback interface. */
export async function startFailingApi(): Promise<FailingApi> {
  const server = createServer((request, response) => {
    const message = decodeURIComponent(String(request.headers['x-error-message']));
    request.resume().on('end', () => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message, type: 'invalid_request_error', code: 'invalid_api_key' } }));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
