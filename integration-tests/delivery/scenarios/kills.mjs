// kill -9 at random moments under load, again and again over one spool.

import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Findings } from '../harness/findings.mjs';
import { startLoad } from '../harness/load.mjs';
import { startReceiver } from '../harness/receiver.mjs';

const RATE = 5000;
/** What may be lost with the memory of a process: a batch is on its way to the disk within this time. */
const SCHEDULE_DELAY_MILLIS = 200;
const BATCHES_ON_THEIR_WAY = 4 * 512;

export const KILLS = {
  'kill -9': {
    promise:
      'delivers every acknowledged span after kill -9 at random moments, with a spool, and no corrupt file stops it',
    run: killAgainAndAgain,
  },
};

async function killAgainAndAgain({ folder, short, seed = 23 }) {
  const times = short ? 8 : 50;
  const findings = new Findings();
  const receiver = await startReceiver(seed);
  const directory = join(folder, 'spool');
  const stack = {
    sender: { url: `${receiver.url}/v1/traces` },
    // Looks for what the dead left more often than by default, so that the next one delivers while it lives.
    spool: { directory, scanIntervalMillis: 200 },
    processor: { scheduleDelayMillis: SCHEDULE_DELAY_MILLIS },
  };
  const random = randomOf(seed);
  const apps = [];
  for (let i = 0; i < times; i++) {
    // Refusing, hanging, taking: whatever the receiver does when the process is killed.
    await receiver.answer(
      [{ type: 'accept' }, { type: 'refuse', share: 0.7 }, { type: 'loseAnswer', share: 0.3 }][i % 3],
    );
    const app = startLoad({ folder, name: `life-${i}`, rate: RATE, seconds: 60, stack });
    await app.told('started');
    await delay(100 + random() * 900);
    app.kill('SIGKILL');
    const end = await app.ends();
    findings.equal('signal', end.signal, 'SIGKILL');
    findings.checkStderr(app);
    apps.push(app);
    if (i % 4 === 0) plantCorruptFiles(directory, findings);
  }
  await receiver.answer({ type: 'accept' });
  const last = startLoad({ folder, name: 'last', rate: 10, seconds: 1, lingerMillis: 20_000, end: 'waits', stack });
  const totals = { ended: 0, acknowledged: 0, missing: 0, lostInMemory: 0, worst: 0 };
  for (const { files } of apps) {
    const { ended, acknowledged } = await receiver.whenArrived(files, 'acknowledged', 20_000);
    totals.ended += ended.spans;
    totals.acknowledged += acknowledged.spans;
    totals.missing += acknowledged.missing;
    totals.lostInMemory += ended.missing;
    totals.worst = Math.max(totals.worst, ended.missing);
  }
  last.kill('SIGTERM');
  await last.ends();
  const sums = await receiver.sums();
  await receiver.close();

  findings.equal('acknowledged spans that did not arrive', totals.missing, 0);
  findings.check(totals.acknowledged > 0, 'nothing was acknowledged');
  const bound = BATCHES_ON_THEIR_WAY + (RATE * SCHEDULE_DELAY_MILLIS) / 1000 + 512;
  findings.atMost('spans lost with the memory of one process', totals.worst, bound);
  findings.equal('requests that were no OTLP', sums.corruptRequests, 0);
  findings.checkStderr(last);
  findings.check(
    (last.lineOf('state')?.spool.corruptFiles ?? 0) + countFiles(join(directory, 'corrupt')) > 0,
    'no corrupt file was found',
  );
  findings.figure('kills', times);
  findings.figure('seed', String(seed));
  findings.figure('ended', totals.ended);
  findings.figure('acknowledged', totals.acknowledged);
  findings.figure('only in memory, all', totals.lostInMemory);
  findings.figure('only in memory, most of one', totals.worst);
  findings.figure('sent again', sums.acceptedAgain);
  findings.figure('set aside', countFiles(join(directory, 'corrupt')));
  return findings;
}

/** What a failing disk, or somebody's hand, leaves: bytes of another file, half a file, a file that nobody finished, a stranger. */
function plantCorruptFiles(directory, findings) {
  const folder = readdirSync(directory).find((name) => name.startsWith('owner-') || name.startsWith('left-'));
  if (folder === undefined) return;
  const path = join(directory, folder);
  mkdirSync(path, { recursive: true });
  const now = String(Date.now()).padStart(15, '0');
  writeFileSync(join(path, `${now}-zzzzzzzz-100-50-00000001.pb`), Buffer.alloc(50, 10));
  writeFileSync(join(path, `${now}-zzzzzzzy-100-5000-00000002.pb`), Buffer.alloc(50, 10));
  writeFileSync(join(path, `${now}-zzzzzzzx-100-50-00000003.pb.tmp`), Buffer.alloc(20, 10));
  writeFileSync(join(path, 'notes.txt'), 'not a file of a spool');
  const whole = readdirSync(path).find((name) => name.endsWith('.pb') && !name.includes('zzzzzzz'));
  if (whole === undefined) return;
  // A copy that was cut: the whole one is there still.
  copyFileSync(join(path, whole), join(path, whole.replace(/-([0-9a-z]{8})-/, '-zzzzzzzw-')));
  const cut = join(path, whole.replace(/-([0-9a-z]{8})-/, '-zzzzzzzw-'));
  writeFileSync(cut, readFileSync(cut).subarray(0, Math.floor(statSync(cut).size / 2)));
  findings.planted = true;
}

function countFiles(path) {
  try {
    return readdirSync(path).length;
  } catch {
    return 0;
  }
}

/** From 0 to 1; the same in every run of the same seed (mulberry32). */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
