// The process ends under load: by a signal, by process.exit(), by an error.

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Findings } from '../harness/findings.mjs';
import { startLoad } from '../harness/load.mjs';
import { startReceiver } from '../harness/receiver.mjs';

const RATE = 5000;
/** `OTEL_GENSPAN_SHUTDOWN_TIMEOUT_MS`, its default. */
const SHUTDOWN_MILLIS = 5000;
/** The application throws, and Node says so. */
const THROWN = /^(?!opentelemetry )/;

export const ENDS = {
  SIGTERM: {
    promise: 'delivers everything within the bound when SIGTERM comes under load, and dies of it',
    run: (context) => endBySignal(context, {}),
  },
  'SIGTERM, spool': {
    promise: 'delivers everything within the bound when SIGTERM comes under load, with a spool',
    run: (context) => endBySignal(context, spoolOf(context)),
  },
  'SIGTERM, receiver away': {
    promise:
      'dies of SIGTERM within the bound when the receiver is away, and the next process delivers everything, with a spool',
    run: (context) => endAndRecover(context, { end: 'waits', signal: 'SIGTERM' }),
  },
  'process.exit()': {
    promise: 'stores at process.exit() what waits, and the next process delivers it, with a spool',
    run: (context) => endAndRecover(context, { end: 'process.exit(4)', exitCode: 4 }),
  },
  'uncaught exception': {
    promise: 'stores at an uncaught exception what waits, and the next process delivers it, with a spool',
    run: (context) => endAndRecover(context, { end: 'uncaught exception', exitCode: 1, alsoSays: THROWN }),
  },
};

const spoolOf = ({ folder }) => ({ OTEL_GENSPAN_EXPORT_SPOOL_DIR: join(folder, 'spool') });

async function endBySignal({ folder }, env) {
  const findings = new Findings();
  const receiver = await startReceiver(17);
  const app = startLoad(
    { folder, rate: RATE, seconds: 60, end: 'waits' },
    { env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env } },
  );
  await app.told('started');
  await delay(1500);
  const endedBytes = bytesOf(app);
  const killed = Date.now();
  app.kill('SIGTERM');
  const end = await app.ends(20_000);
  const [sums, account] = [await receiver.sums(), await receiver.account({ ...app.files, endedBytes })];
  await receiver.close();

  findings.equal('spans that did not arrive', account.ended.missing, 0);
  findings.check(account.ended.spans > RATE / 5, `the application ended ${account.ended.spans} spans only`);
  findings.atMost('ms from the signal to the end', end.endedAtMillis - killed, SHUTDOWN_MILLIS + 1000);
  findings.checkRepeats({ sums, problems: receiver.problems });
  findings.checkEnd(app, end, { signal: 'SIGTERM' });
  findings.figure('ended', account.ended.spans);
  findings.figure('ended after the signal, ms', end.endedAtMillis - killed);
  return findings;
}

async function endAndRecover(context, { end: how, signal, exitCode, alsoSays }) {
  const findings = new Findings();
  const receiver = await startReceiver(19);
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...spoolOf(context) };
  const { folder } = context;
  // Away, so that everything has to go by way of the spool.
  await receiver.goDown();
  const app = startLoad({ folder, name: 'first', rate: RATE, seconds: signal ? 60 : 1.5, end: how }, { env });
  await app.told('started');
  let asked;
  let endedBytes;
  if (signal === undefined) {
    await app.told('done');
    asked = Date.now();
  } else {
    await delay(1500);
    endedBytes = bytesOf(app);
    asked = Date.now();
    app.kill(signal);
  }
  const end = await app.ends(20_000);
  await receiver.comeUp();
  const next = startLoad({ folder, name: 'next', rate: 10, seconds: 0.5, lingerMillis: 10_000, end: 'waits' }, { env });
  const account = await receiver.whenArrived({ ...app.files, endedBytes }, 'ended', 15_000);
  await next.told('done');
  next.kill('SIGTERM');
  const nextEnd = await next.ends(20_000);
  const [sums, final] = [await receiver.sums(), await receiver.account(next.files)];
  await receiver.close();

  findings.equal('spans that did not arrive', account.ended.missing, 0);
  findings.check(account.ended.spans > RATE / 5, `the application ended ${account.ended.spans} spans only`);
  findings.equal('spans of the next process that did not arrive', final.ended.missing, 0);
  findings.atMost('ms to the end', end.endedAtMillis - asked, signal === undefined ? 3000 : SHUTDOWN_MILLIS + 1000);
  findings.checkRepeats({ sums, problems: receiver.problems });
  findings.checkEnd(app, end, { signal, exitCode, alsoSays });
  findings.checkEnd(next, nextEnd, { signal: 'SIGTERM' });
  findings.figure('ended', account.ended.spans);
  findings.figure('process over after, ms', end.endedAtMillis - asked);
  return findings;
}

/**
 * How much of the file of ended spans there is when a signal is sent. Those that end later, while the process does the last
 * things it does, come too late.
 */
function bytesOf({ files }) {
  return statSync(files.ended).size;
}
