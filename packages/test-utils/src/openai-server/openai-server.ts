import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { asJsonObject, asString, type JsonObject } from '../json.js';
import { listen, type LoopbackServer } from '../loopback-server.js';
import { DEFAULT_TEXT } from './answer.js';
import { errorReply, ERROR_SCENARIOS } from './error-body.js';
import { sendEvents } from './event-stream.js';
import { flattenHeaders, parseBody, readBody, type RecordedRequest } from './recorded-request.js';
import type { Reply, RouteRequest } from './reply.js';
import { findRoute } from './routes.js';
import { Scenario, scenarioTextOf, splitModel } from './scenario.js';

/** Options of {@link startOpenAIServer}. */
export interface OpenAIServerOptions {
  /**
   * The text to answer with, given the parsed request body.
   *
   * @defaultValue one fixed sentence
   */
  readonly text?: (body: JsonObject) => string | undefined;
  /** The port to listen on. @defaultValue any free one */
  readonly port?: number;
}

/** A running server. */
export interface OpenAIServer extends LoopbackServer {
  /** What to give a client as `baseURL`: `http://127.0.0.1:PORT/v1`. */
  readonly baseURL: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
}

/**
 * Starts an OpenAI-compatible server on the loopback interface.
 *
 * Each request chooses what happens to it by the header `x-scenario`, or by what follows `@` in the model (or in the
 * Azure deployment): `gpt-4o-mini@tools,slow-stream:5`. So one server serves every case at once. Answers are the same
 * each time: ids, times and token counts are fixed.
 */
export async function startOpenAIServer(options: OpenAIServerOptions = {}): Promise<OpenAIServer> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    exchange(request, response, requests, options).catch((error: unknown) => {
      // A client that hangs up while its request is read is part of the tests; anything else is a defect of the server.
      if (response.destroyed) return;
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ error: { message: `Defect of the test server: ${String(error)}`, type: 'defect' } }),
      );
    });
  });
  const listening = await listen(server, options.port);
  return { ...listening, baseURL: `${listening.url}/v1`, requests };
}

async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  requests: RecordedRequest[],
  options: OpenAIServerOptions,
): Promise<void> {
  const bytes = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://loopback');
  const headers = flattenHeaders(request.headers);
  const body = parseBody(bytes, headers['content-type'] ?? '');
  const recorded: RecordedRequest = {
    index: requests.length,
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body,
    bodyBytes: bytes.length,
    scenario: scenarioTextOf(headers, url.pathname, paramsOf(body)),
    status: undefined,
    sentEvents: 0,
    outcome: 'pending',
  };
  requests.push(recorded);
  response.on('close', () => {
    if (recorded.outcome === 'pending')
      recorded.outcome = response.writableFinished ? 'completed' : 'aborted by client';
  });
  const scenario = new Scenario(recorded.scenario);
  if (await failBeforeAnswer(response, scenario, recorded)) return;
  await answer(response, scenario, recorded, options);
}

/** @returns whether the scenario has taken care of the exchange. */
async function failBeforeAnswer(
  response: ServerResponse,
  scenario: Scenario,
  recorded: RecordedRequest,
): Promise<boolean> {
  if (scenario.has('slow-response')) await delay(scenario.argument('slow-response', 50));
  if (scenario.has('hang')) return true;
  if (scenario.has('reset-before-response')) {
    recorded.outcome = 'reset by server';
    response.socket?.resetAndDestroy();
    return true;
  }
  if (scenario.has('not-json')) {
    send(response, recorded, 200, 'text/html', '<html><body>Not an API</body></html>');
    return true;
  }
  if (scenario.has('empty-204')) {
    send(response, recorded, 204, undefined, '');
    return true;
  }
  const flaky = Number(recorded.headers['x-stainless-retry-count'] ?? 0) < scenario.argument('flaky-once', 1);
  const error = scenario.has('flaky-once') && flaky ? 'error-500' : ERROR_SCENARIOS.find((name) => scenario.has(name));
  if (error === undefined) return false;
  const reply = errorReply(error, error === 'error-429' ? scenario.argument('error-429', 20) : undefined);
  send(response, recorded, reply.status, 'application/json', JSON.stringify(reply.body), reply.headers);
  return true;
}

async function answer(
  response: ServerResponse,
  scenario: Scenario,
  recorded: RecordedRequest,
  options: OpenAIServerOptions,
): Promise<void> {
  const reply = replyTo(scenario, recorded, options);
  switch (reply.kind) {
    case 'json':
      return send(response, recorded, reply.status ?? 200, 'application/json', JSON.stringify(reply.body));
    case 'bytes':
      return send(response, recorded, 200, reply.contentType, reply.body);
    case 'events':
      writeHead(response, recorded, 200, 'text/event-stream; charset=utf-8', { 'cache-control': 'no-cache' });
      response.flushHeaders();
      return sendEvents(response, reply, scenario, recorded);
  }
}

function replyTo(scenario: Scenario, recorded: RecordedRequest, options: OpenAIServerOptions): Reply {
  const route = findRoute(recorded.method, recorded.path);
  if (route === undefined) {
    const message = `Unknown request URL: ${recorded.method} ${recorded.path}.`;
    return {
      kind: 'json',
      status: 404,
      body: { error: { message, type: 'invalid_request_error', param: null, code: 'unknown_url' } },
    };
  }
  const params = { ...recorded.query, ...paramsOf(recorded.body) };
  const deployment = /\/deployments\/([^/]+)\//.exec(recorded.path)?.[1];
  const request: RouteRequest = {
    recorded,
    scenario,
    params,
    model: splitModel(deployment === undefined ? asString(params['model']) : decodeURIComponent(deployment)).model,
    azure: recorded.path.startsWith('/openai/'),
    groups: route.groups,
    text: options.text?.(params) ?? DEFAULT_TEXT,
  };
  return route.handler(request);
}

/** The parameters of a body: the JSON object itself, or the fields of a multipart body. */
function paramsOf(body: unknown): JsonObject {
  const object = asJsonObject(body);
  return 'fields' in object && 'files' in object ? asJsonObject(object['fields']) : object;
}

function send(
  response: ServerResponse,
  recorded: RecordedRequest,
  status: number,
  contentType: string | undefined,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  writeHead(response, recorded, status, contentType, headers);
  response.end(body);
}

function writeHead(
  response: ServerResponse,
  recorded: RecordedRequest,
  status: number,
  contentType: string | undefined,
  headers: Readonly<Record<string, string>>,
): void {
  recorded.status = status;
  response.writeHead(status, {
    'x-request-id': 'req_1',
    'openai-processing-ms': '5',
    'openai-version': '2020-10-01',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...headers,
  });
}
