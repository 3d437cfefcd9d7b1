// A long time at load: nothing grows, and nothing keeps the process alive at its end.

import { clearInterval, setInterval } from 'node:timers';
import { Findings } from '../harness/findings.mjs';
import { startLoad } from '../harness/load.mjs';
import { startReceiver } from '../harness/receiver.mjs';

const RATE = 2000;
const KIBIBYTE = 1024;

export const SOAK = {
  soak: {
    promise: 'keeps heap and handles flat at load, and the process ends by itself while the receiver hangs',
    run: soak,
  },
};

async function soak({ folder, short }) {
  const seconds = short ? 20 : 1800;
  const findings = new Findings();
  const receiver = await startReceiver(37);
  const app = startLoad(
    {
      folder,
      rate: RATE,
      seconds,
      serves: true,
      reportMillis: short ? 500 : 5000,
      stack: {
        sender: { url: `${receiver.url}/v1/traces` },
        retries: {},
        processor: { scheduleDelayMillis: 200 },
      },
    },
    { nodeArgs: ['--expose-gc'] },
  );
  await app.told('started');
  const faults = setInterval(() => {
    // Now and then something goes wrong, and is over before anything is lost.
    void receiver.answer({ type: 'refuse', share: 0.5 });
    setTimeout(() => void receiver.answer({ type: 'accept' }), 500);
  }, 5000);
  const hang = setTimeout(
    () => {
      clearInterval(faults);
      setTimeout(() => void receiver.answer({ type: 'hang' }), 600);
    },
    (seconds - 1.5) * 1000,
  );
  const done = await app.told('done', (seconds + 60) * 1000);
  const end = await app.ends(20_000);
  clearTimeout(hang);
  clearInterval(faults);
  const sums = await receiver.sums();
  const account = await receiver.account(app.files);
  await receiver.close();

  const { last: state } = app;
  findings.checkCounts(state);
  findings.checkRepeats({ sums, problems: receiver.problems });
  findings.equal('spans that arrived', account.seen, state.exported + account.dropped.arrived);
  // The first quarter is start-up; the last seconds have the hanging receiver in them.
  const states = app.lines.filter(({ type }) => type === 'state');
  const steady = states.filter(({ atMillis }) => {
    const at = atMillis - states[0].atMillis;
    return at > (seconds * 1000) / 4 && at < (seconds - 2) * 1000;
  });
  const heap = steady.map(({ heapUsed }) => heapUsed / KIBIBYTE);
  const handles = steady.map(({ resources }) => resources);
  const slope = slopeOf(heap);
  // The heap moves with the batches that are on their way: its spread is the noise that a slope is seen against.
  const spread = quantile(heap, 0.9) - quantile(heap, 0.1);
  findings.atMost('growth of the heap over the run, KiB', slope * heap.length, Math.max(2 * spread, 2048));
  findings.atMost('handles at the end, against the start', median(handles.slice(-8)), median(handles.slice(0, 8)) + 4);
  findings.check(done.ended > 0.2 * RATE * seconds, `the application ended ${done.ended} spans only`);
  const ending = app.lineOf('ending');
  const overAfter = end.endedAtMillis - ending.atMillis;
  findings.check(ending.pending > 0, 'nothing was on its way when the application was done');
  findings.atMost('ms from the end of the application to the end of the process', overAfter, 1000);
  findings.checkService(app);
  findings.checkEnd(app, end, { exitCode: 0 });
  findings.figure('seconds', seconds);
  findings.figure('heap, MiB', median(heap) / KIBIBYTE);
  findings.figure('heap grew over the run, KiB', slope * heap.length);
  findings.figure('spread of the heap, KiB', spread);
  findings.figure('handles', `${Math.min(...handles)} to ${Math.max(...handles)}`);
  findings.figure('process over after, ms', overAfter);
  return findings;
}

/** Least squares, by sample. */
function slopeOf(values) {
  const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const [x, y] = [(values.length - 1) / 2, mean(values)];
  const covariance = mean(values.map((value, at) => (at - x) * (value - y)));
  return covariance / mean(values.map((_, at) => (at - x) ** 2));
}

function quantile(values, share) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)];
}

function median(values) {
  return quantile(values, 0.5);
}
