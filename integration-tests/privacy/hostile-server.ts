import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server answers. */
export type HostileAnswer =
  | {
      readonly kind: 'json';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'text'; readonly status: number; readonly contentType: string; readonly text: string }
  /** Strings are sent as they are, anything else as JSON. */
  | { readonly kind: 'events'; readonly events: readonly unknown[] };

/** A server that answers whatever it is told to, chosen by the header `x-answer`. */
export interface HostileServer {
  readonly url: string;
  /** Tells the server what to answer; returns the header that asks for it. */
  expect(answer: HostileAnswer): Record<string, string>;
  close(): Promise<void>;
}

/** Starts a server on the loopback interface. */
export async function startHostileServer(): Promise<HostileServer> {
  const answers: HostileAnswer[] = [];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const answer = answers[Number(request.headers['x-answer'])];
      if (answer === undefined) response.writeHead(404).end();
      else if (answer.kind === 'json') {
        response.writeHead(answer.status, { ...answer.headers, 'content-type': 'application/json' });
        response.end(JSON.stringify(answer.body));
      } else if (answer.kind === 'text') {
        response.writeHead(answer.status, { 'content-type': answer.contentType }).end(answer.text);
      } else {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for (const event of answer.events) response.write(written(event));
        response.end('data: [DONE]\n\n');
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    expect: (answer) => ({ 'x-answer': String(answers.push(answer) - 1) }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Events that say what they are have it in a line of their own too. */
function written(event: unknown): string {
  if (typeof event === 'string') return `data: ${event}\n\n`;
  const { type } = event as { type?: unknown };
  return `${typeof type === 'string' ? `event: ${type}\n` : ''}data: ${JSON.stringify(event)}\n\n`;
}
