// The receiver is not there: its port is closed, and opens again.

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Findings } from '../harness/findings.mjs';
import { startLoad } from '../harness/load.mjs';
import { startReceiver } from '../harness/receiver.mjs';

const RATE = 1000;
const MEBIBYTE = 1024 * 1024;

export const OUTAGES = {
  'outage, spool': {
    promise: 'delivers every span after the receiver was away, with a spool',
    run: outageWithSpool,
  },
  'outage, full queue': {
    promise: 'says of every span what became of it when the receiver is away and the queue is full, without a spool',
    run: outageWithoutSpool,
  },
};

async function outageWithSpool({ folder, short }) {
  const downSeconds = short ? 10 : 60;
  const findings = new Findings();
  const receiver = await startReceiver(11);
  const app = startLoad({
    folder,
    rate: RATE,
    seconds: downSeconds + 2,
    lingerMillis: 5000,
    end: 'shuts down',
    serves: true,
    stack: { sender: { url: `${receiver.url}/v1/traces` }, spool: { directory: join(folder, 'spool') } },
  });
  await app.told('started');
  await delay(1000);
  await receiver.goDown();
  await delay(downSeconds * 1000);
  const before = await receiver.sums();
  await receiver.comeUp();
  const back = Date.now();
  const account = await receiver.whenArrived(app.files, 'acknowledged', 30_000);
  const end = await app.ends(30_000);
  const [sums, state] = [await receiver.sums(), app.last];
  const final = await receiver.account(app.files);
  await receiver.close();

  findings.checkCounts(state);
  findings.equal('spans that did not arrive', final.ended.missing, 0);
  findings.equal('acknowledged spans that did not arrive', account.acknowledged.missing, 0);
  findings.equal('spans left in the spool', state.spool.pendingSpans, 0);
  findings.check(state.ended - before.spans > 0.7 * RATE * downSeconds, 'nearly nothing waited in the spool');
  findings.checkRepeats({ sums, problems: receiver.problems });
  findings.checkService(app);
  findings.checkEnd(app, end, { exitCode: 0 });
  findings.figure('away, s', downSeconds);
  findings.figure('waited in the spool', state.ended - before.spans);
  findings.figure('all there after, ms', sums.lastAcceptedMillis - back);
  return findings;
}

async function outageWithoutSpool({ folder, short }) {
  const findings = new Findings();
  const receiver = await startReceiver(13);
  await receiver.goDown();
  const app = startLoad(
    {
      folder,
      rate: 5000,
      seconds: short ? 4 : 30,
      payloadBytes: 1000,
      reportMillis: 250,
      end: 'shuts down',
      serves: true,
      stack: {
        sender: { url: `${receiver.url}/v1/traces` },
        retries: { maxElapsedMillis: 2000 },
        processor: { maxQueueSize: 1024, maxBatchSize: 512, shutdownTimeoutMillis: 2000 },
      },
    },
    { nodeArgs: ['--expose-gc'] },
  );
  const end = await app.ends(60_000);
  const [sums, state, account] = [await receiver.sums(), app.last, await receiver.account(app.files)];
  await receiver.close();

  findings.checkCounts(state);
  findings.checkReceiver({ sums, account, state, problems: receiver.problems });
  findings.equal('spans that are pending', state.pending, 0);
  findings.check(state.droppedByReason.queue_full > 0, 'the queue was never full');
  // A span of 1 KB is some 4 KB of heap; 1,024 of them wait, four batches are on their way.
  const [first, ...rest] = app.lines
    .filter(({ type }) => type === 'state')
    .map(({ heapUsed, external }) => heapUsed + external);
  const growth = Math.max(...rest) - first;
  findings.atMost('growth of memory after the first quarter second, MiB', growth / MEBIBYTE, 60);
  findings.checkService(app);
  findings.checkEnd(app, end, { exitCode: 0 });
  findings.figure('memory grew, MiB', growth / MEBIBYTE);
  return findings;
}
