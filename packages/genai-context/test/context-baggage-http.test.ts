import { context as contextApi, defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CBaggagePropagator } from '@opentelemetry/core';
import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { genAIBaggageAttributes, withGenAIContext } from '../src/index.js';
import type { GenAIContextKey } from '../src/index.js';

const BELIEVED: readonly GenAIContextKey[] = ['sessionId', 'tags', 'metadata'];
const propagator = new W3CBaggagePropagator();

let server: Server;
let received: Attributes | undefined;

beforeAll(async () => {
  contextApi.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  server = createServer((request, response) => {
    const context = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    received = genAIBaggageAttributes(context, BELIEVED);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterAll(async () => {
  contextApi.disable();
  server.close();
  await once(server, 'close');
});

async function send(headers: Record<string, string>): Promise<number | undefined> {
  received = undefined;
  const request = get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, headers, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}

test('values reach the service that a request calls, and only those that both sides name', async () => {
  const values = { sessionId: 'sé 1', userId: 'u', tenantId: 't', tags: ['x', 'y'], metadata: { plan: 'pro' } };
  await withGenAIContext(
    values,
    async () => {
      await Promise.resolve();
      const headers: Record<string, string> = {};
      propagator.inject(contextApi.active(), headers, defaultTextMapSetter);
      expect(await send(headers)).toBe(200);
    },
    { baggage: ['sessionId', 'userId', 'tags', 'metadata'] },
  );
  expect(received).toEqual({ 'session.id': 'sé 1', 'genspan.tags': ['x', 'y'], 'genspan.metadata.plan': 'pro' });
});

test.each([
  ['a value of 8 KB', `session.id=${'x'.repeat(8_000)}`, undefined],
  ['nonsense', ';;,=,%,%zz=%zz,session.id,=x,session.id=%E0%A4', undefined],
  [
    'a good entry among bad ones',
    `session.id=ok,a=${'b'.repeat(6_000)},%=1,genspan.metadata.=x`,
    { 'session.id': 'ok' },
  ],
  [
    'keys of prototypes',
    '__proto__=1,constructor=2,genspan.metadata.constructor=3',
    { 'genspan.metadata.constructor': '3' },
  ],
])('takes nothing but what is right of a header with %s', async (_what, baggage, expected) => {
  expect(await send({ baggage })).toBe(200);
  expect(received).toEqual(expected);
});
