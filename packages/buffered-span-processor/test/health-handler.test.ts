import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BufferedApp } from './buffered-app.js';
import { succeed } from './scripted-exporter.js';

/** Asks the health of an app over HTTP. */
async function ask(app: BufferedApp, method = 'GET') {
  const server = createServer(app.processor.healthHandler());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/health`, { method });
    return { status: response.status, headers: response.headers, body: await response.text() };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('answers 200 with the numbers, not to be cached', async () => {
  const app = new BufferedApp({}, succeed);
  app.endMany(3);
  await app.processor.flush();
  app.end('private name');
  const { status, headers, body } = await ask(app);
  expect(status).toBe(200);
  expect(JSON.parse(body)).toEqual({ status: 'ok', queueSize: 1, pending: 1, exported: 3, dropped: 0, errors: 0 });
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  await app.processor.shutdown();
});

test('answers 503 when the last export failed, and 200 once one works again', async () => {
  let code: 0 | 1 = 1;
  const app = new BufferedApp({}, (_, answer) => answer({ code }));
  app.end('a');
  await app.processor.flush();
  const failed = await ask(app);
  expect(failed.status).toBe(503);
  expect(JSON.parse(failed.body)).toMatchObject({ status: 'unhealthy', dropped: 1, errors: 1 });
  code = 0;
  app.end('b');
  await app.processor.flush();
  expect((await ask(app)).status).toBe(200);
  await app.processor.shutdown();
  expect((await ask(app)).status).toBe(503);
});

test('answers HEAD without a body and refuses other methods', async () => {
  const app = new BufferedApp({}, succeed);
  const head = await ask(app, 'HEAD');
  expect([head.status, head.body]).toEqual([200, '']);
  expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0);
  const post = await ask(app, 'POST');
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  await app.processor.shutdown();
});

test.each([
  ['spans', { maxQueueSize: 10 }, 9],
  ['bytes', { maxQueueBytes: 10_000 }, 12],
])('is unhealthy from nine tenths of the queue by %s', async (_, bounds, spans) => {
  const app = new BufferedApp({ ...bounds, syncFlush: true }, succeed);
  app.endMany(spans - 1);
  expect(app.processor.isHealthy()).toBe(true);
  app.end('one more');
  expect(app.processor.isHealthy()).toBe(false);
  expect(app.drops).toEqual([]);
  await app.processor.flush();
  expect(app.processor.isHealthy()).toBe(true);
  await app.processor.shutdown();
});

test('does not touch a response that has begun', () => {
  const app = new BufferedApp();
  const end = jest.fn();
  app.processor.healthHandler()({}, { headersSent: true, statusCode: 200, setHeader: jest.fn(), end });
  expect(end).not.toHaveBeenCalled();
});
