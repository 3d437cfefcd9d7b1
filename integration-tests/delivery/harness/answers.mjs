// How the receiver answers a request for spans; one row for each kind. To "accept" is to count the spans and to say so.

import { clearInterval, setInterval } from 'node:timers';

const OTLP = { 'content-type': 'application/x-protobuf' };

/** `ExportTraceServiceResponse` with a partial success, in protobuf. Lengths stay below 128 bytes. */
export function partialSuccess(rejectedSpans, message) {
  const text = Buffer.from(message);
  const partial = Buffer.concat([varintField(1, rejectedSpans), Buffer.from([(2 << 3) | 2, text.length]), text]);
  return Buffer.concat([Buffer.from([(1 << 3) | 2, partial.length]), partial]);
}

function varintField(number, value) {
  const bytes = [number << 3];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

/**
 * By type. Each gets its settings and `{ body, accept, refuse, random, response, counted }`: `accept(spans?)` counts all spans of the
 * request, or all but the first ones; `refuse()` counts the request as refused; `random()` is from 0 to 1.
 */
export const ANSWERS = {
  /** Takes everything. */
  accept: (_, { accept, response }) => {
    accept();
    response.writeHead(200, OTLP).end();
  },

  /** Refuses a share of the requests, and tells a share of the refused when to come again. */
  refuse(
    { share = 1, status = 503, retryAfterShare = 0, retryAfter = '1', text = '' },
    { accept, refuse, random, response },
  ) {
    if (random() >= share) {
      accept();
      response.writeHead(200, OTLP).end();
      return;
    }
    refuse();
    const headers = random() < retryAfterShare ? { 'retry-after': retryAfter } : {};
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(text);
  },

  /** Refuses requests that are larger. */
  limit({ bytes }, { body, accept, refuse, response }) {
    if (body.length > bytes) {
      refuse();
      response.writeHead(413).end();
    } else {
      accept();
      response.writeHead(200, OTLP).end();
    }
  },

  /** Takes everything, and answers byte by byte. */
  drip({ everyMillis = 20, bytes = 50 }, { accept, response }) {
    accept();
    response.writeHead(200, OTLP);
    const answer = partialSuccess(0, 'x'.repeat(bytes));
    let at = 0;
    const timer = setInterval(() => {
      response.write(answer.subarray(at, at + 1));
      if (++at < answer.length) return;
      clearInterval(timer);
      response.end();
    }, everyMillis);
    response.on('close', () => clearInterval(timer));
  },

  /** Never answers, and takes nothing. */
  hang: (_, { refuse }) => refuse(),

  /** Takes everything, and answers with something that is not OTLP. */
  garbage({ text = '' }, { accept, response }) {
    accept();
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(
      Buffer.concat([Buffer.from([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]), Buffer.from(text)]),
    );
  },

  /** Takes all but the first spans of each request, and says so. */
  partial({ rejected = 1, text = '' }, { accept, response }) {
    const refused = accept(rejected);
    response.writeHead(200, OTLP).end(partialSuccess(refused, text));
  },

  /** Takes everything; a share of the answers is never sent, the connection breaks instead. */
  loseAnswer({ share = 1 }, { accept, random, response }) {
    accept();
    if (random() < share) response.destroy();
    else response.writeHead(200, OTLP).end();
  },
};
