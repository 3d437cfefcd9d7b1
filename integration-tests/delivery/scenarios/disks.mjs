// The disk of a spool fails: it is full, or somebody removes the directory.

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Findings } from '../harness/findings.mjs';
import { startLoad } from '../harness/load.mjs';
import { startReceiver } from '../harness/receiver.mjs';

const RATE = 2000;

export const DISKS = {
  'disk full': {
    promise: 'keeps spans in memory while the disk of the spool is full, and loses none',
    run: fillDisk,
  },
  'directory removed': {
    promise: 'goes on, and counts what was lost, when somebody removes the directory of the spool',
    run: removeDirectory,
  },
};

async function fillDisk({ folder }) {
  const findings = new Findings();
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    findings.skipped = `a small disk can be mounted by root alone: ${(mounted.error?.message ?? mounted.stderr).trim()}`;
    return findings;
  }
  try {
    const { state } = await spoolThrough(findings, folder, join(disk, 'spool'), async () => {});
    const failures = state.spool.failures['write ENOSPC'] ?? 0;
    findings.check(failures > 0, `the disk was never full: ${JSON.stringify(state.spool.failures)}`);
    findings.check(state.spool.memorySpans > 0, 'nothing was kept in memory');
    findings.equal('dropped', state.dropped, 0);
    findings.figure('writes that found no room', failures);
    findings.figure('kept in memory', state.spool.memorySpans);
  } finally {
    spawnSync('umount', ['-l', disk]);
  }
  return findings;
}

async function removeDirectory({ folder }) {
  const findings = new Findings();
  const directory = join(folder, 'spool');
  await spoolThrough(findings, folder, directory, () =>
    rmSync(directory, { recursive: true, maxRetries: 20, retryDelay: 2 }),
  );
  return findings;
}

/** Four seconds of load, the receiver away for the middle two; something happens to the disk then. */
async function spoolThrough(findings, folder, directory, happens) {
  const receiver = await startReceiver(29);
  const app = startLoad({
    folder,
    rate: RATE,
    seconds: 4,
    payloadBytes: 600,
    lingerMillis: 5000,
    end: 'shuts down',
    serves: true,
    stack: {
      sender: { url: `${receiver.url}/v1/traces` },
      spool: { directory, scanIntervalMillis: 500, maxBackoffMillis: 500, flushTimeoutMillis: 10_000 },
      processor: { shutdownTimeoutMillis: 12_000, scheduleDelayMillis: 200 },
    },
  });
  await app.told('started');
  await delay(1000);
  await receiver.goDown();
  await delay(1500);
  await happens();
  await delay(500);
  await receiver.comeUp();
  const end = await app.ends(40_000);
  const [sums, state, account] = [await receiver.sums(), app.last, await receiver.account(app.files)];
  await receiver.close();

  findings.checkCounts(state);
  const { deliveredSpans, evictedSpans, rejectedSpans, failedSpans, pendingSpans, handedOverSpans } = state.spool;
  const lost = evictedSpans + rejectedSpans + failedSpans + handedOverSpans;
  findings.equal('spans that arrived + lost + pending', account.seen + lost + pendingSpans, state.ended);
  findings.equal('spans that the spool says it delivered', deliveredSpans, account.seen);
  findings.check(account.seen > 0.3 * state.ended, `only ${account.seen} spans arrived`);
  findings.checkRepeats({ sums, problems: receiver.problems });
  findings.checkService(app);
  findings.checkEnd(app, end, { exitCode: 0 });
  findings.figure('arrived', account.seen);
  findings.figure('lost and counted', lost);
  return { state, account };
}
