// An OTLP receiver that accounts for each span id, in a process of its own: `startReceiver()` forks it and tells it what to do.

import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { ANSWERS } from './answers.mjs';
import { forEachIdOf } from './id-file.mjs';
import { forEachSpanId } from './span-ids.mjs';
import { SpanTable } from './span-table.mjs';

/** Below the ports that connections get, lest one of them takes ours while it is closed. */
const PORTS = { from: 20_000, count: 12_000 };

let table = new SpanTable();
let answer = { type: 'accept' };
let server;
let port;
let state = 1;
const sums = {
  requests: 0,
  acceptedRequests: 0,
  refusedRequests: 0,
  corruptRequests: 0,
  otherRequests: 0,
  bytes: 0,
  acceptedSpans: 0,
  acceptedAgain: 0,
  acceptedAgainUnasked: 0,
  rejectedSpans: 0,
  lostAnswers: 0,
  lastAcceptedMillis: 0,
};

/** Chance that is the same in every run: xorshift. */
function random() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
}

function receive(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('error', () => {});
  response.on('error', () => {});
  request.on('end', () => {
    const sent = Buffer.concat(chunks);
    if (!request.url.startsWith('/v1/traces')) {
      sums.otherRequests++;
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      return;
    }
    sums.requests++;
    sums.bytes += sent.length;
    try {
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
      // Read before it is answered, so that a message that breaks off counts for nothing.
      const ids = [];
      forEachSpanId(body, (high, low) => ids.push(high, low));
      ANSWERS[answer.type](answer, { body, response, random, ...accounting(ids, response) });
    } catch (error) {
      sums.corruptRequests++;
      if (!response.headersSent) response.writeHead(400).end();
      process.send({ problem: error.message });
    }
  });
}

function accounting(ids, response) {
  return {
    accept(rejected = 0) {
      const from = 2 * Math.min(rejected, ids.length / 2);
      sums.acceptedRequests++;
      sums.rejectedSpans += from / 2;
      sums.lastAcceptedMillis = Date.now();
      for (let i = from; i < ids.length; i += 2) {
        const { times, answerWasLost } = table.accept(ids[i], ids[i + 1]);
        sums.acceptedSpans++;
        if (times > 0) sums.acceptedAgain++;
        if (times > 0 && !answerWasLost) sums.acceptedAgainUnasked++;
      }
      response.on('close', () => {
        if (response.writableFinished) return;
        sums.lostAnswers++;
        for (let i = from; i < ids.length; i += 2) table.loseAnswer(ids[i], ids[i + 1]);
      });
      return from / 2;
    },
    refuse() {
      sums.refusedRequests++;
    },
  };
}

/** Which of the spans in files of ids are here. @param files - paths by name: `ended`, `acknowledged`, `dropped`; `endedBytes` is as much of the first as counts */
function account({ ended, endedBytes, acknowledged, dropped }) {
  const arrivedOf = (path, maxBytes) => {
    const numbers = { spans: 0, arrived: 0, missing: 0, twice: 0 };
    forEachIdOf(
      path,
      (high, low) => {
        const times = table.timesOf(high, low);
        numbers.spans++;
        if (times > 0) numbers.arrived++;
        else numbers.missing++;
        if (times > 1) numbers.twice++;
      },
      maxBytes,
    );
    return numbers;
  };
  return {
    ended: arrivedOf(ended, endedBytes),
    acknowledged: arrivedOf(acknowledged),
    dropped: arrivedOf(dropped),
    seen: table.size,
  };
}

function listen(wanted) {
  return new Promise((resolve, reject) => {
    const next = createServer(receive);
    next.keepAliveTimeout = 60_000;
    next.on('clientError', (_, socket) => socket.destroy());
    next.once('error', reject);
    next.listen(wanted, '127.0.0.1', () => {
      server = next;
      port = wanted;
      resolve(port);
    });
  });
}

async function listenAnywhere() {
  for (let attempt = 0; ; attempt++) {
    try {
      return await listen(PORTS.from + Math.floor(Math.random() * PORTS.count));
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || attempt > 50) throw error;
    }
  }
}

/** What it can be told. */
const COMMANDS = {
  open: ({ seed }) => {
    state = seed;
    return listenAnywhere();
  },
  answer: (next) => void (answer = next),
  /** Closes the port and breaks all connections. */
  goDown: () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  comeUp: () => listen(port),
  sums: () => ({ ...sums, spans: table.size }),
  account,
  /** Starts to count anew. */
  forget() {
    table = new SpanTable();
    for (const name of Object.keys(sums)) sums[name] = 0;
  },
};

process.on('message', async ({ id, command, settings }) => {
  try {
    process.send({ id, result: await COMMANDS[command](settings) });
  } catch (error) {
    process.send({ id, error: error.message });
  }
});
process.on('disconnect', () => process.exit());
