import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { STREAM_ERROR } from './error-body.js';
import type { RecordedRequest } from './recorded-request.js';
import type { Reply, ServerSentEvent } from './reply.js';
import type { Scenario, ScenarioName } from './scenario.js';

type EventReply = Extract<Reply, { kind: 'events' }>;

/** What breaks a stream off, and how many events come before it by default. */
const BREAKS = [
  'reset-mid-stream',
  'error-mid-stream',
  'invalid-json-mid-stream',
  'end-mid-stream',
  'hang-mid-stream',
] as const satisfies readonly ScenarioName[];
type Break = (typeof BREAKS)[number];
const EVENTS_BEFORE_BREAK = 2;

/** Writes an event stream, no faster than the client reads it, with the faults the scenario asks for. */
export async function sendEvents(
  response: ServerResponse,
  reply: EventReply,
  scenario: Scenario,
  recorded: RecordedRequest,
): Promise<void> {
  const breaking = BREAKS.find((name) => scenario.has(name));
  const before = breaking === undefined ? Infinity : scenario.argument(breaking, EVENTS_BEFORE_BREAK);
  for (const event of reply.events) {
    if (recorded.sentEvents >= before && breaking !== undefined) {
      await breakOff(response, breaking, reply.errorStyle, recorded);
      return;
    }
    if (scenario.has('slow-stream')) await delay(scenario.argument('slow-stream', 20));
    if (!(await write(response, event))) return;
    recorded.sentEvents += 1;
  }
  response.end();
}

async function breakOff(
  response: ServerResponse,
  breaking: Break,
  errorStyle: EventReply['errorStyle'],
  recorded: RecordedRequest,
): Promise<void> {
  switch (breaking) {
    case 'reset-mid-stream':
      // Lets the client read what was sent: a reset throws away the bytes that it has not read yet.
      await delay(50);
      recorded.outcome = 'reset by server';
      response.socket?.resetAndDestroy();
      return;
    case 'error-mid-stream':
      await write(response, streamError(errorStyle, recorded.sentEvents));
      response.end();
      return;
    case 'invalid-json-mid-stream':
      await write(response, { data: '{"choices":[{"index":0,"delta":' });
      response.end();
      return;
    case 'end-mid-stream':
      response.end();
      return;
    case 'hang-mid-stream': // The socket stays open until the client or the server closes it.
      return;
  }
}

function streamError(style: EventReply['errorStyle'], sequenceNumber: number): ServerSentEvent {
  if (style === 'chat') return { data: { error: STREAM_ERROR } };
  const { message, code, param } = STREAM_ERROR;
  return { event: 'error', data: { type: 'error', message, code, param, sequence_number: sequenceNumber } };
}

/** @returns whether the client is still there. */
async function write(response: ServerResponse, event: ServerSentEvent): Promise<boolean> {
  if (response.destroyed) return false;
  const data = typeof event.data === 'string' ? event.data : JSON.stringify(event.data);
  const text = `${event.event === undefined ? '' : `event: ${event.event}\n`}data: ${data}\n\n`;
  if (!response.write(text)) await drained(response);
  return !response.destroyed;
}

/** Resolves when the client has read on, or is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
