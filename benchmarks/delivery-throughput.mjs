// How many spans a second get to an OTLP receiver in another process, and what each costs, over HTTP on the loopback interface.
// node benchmarks/delivery-throughput.mjs [--rounds 15] [--variants sdk,genspan] [--spans 20000] [--seconds 2]

import { setTimeout as delay } from 'node:timers/promises';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { startReceiver } from '../integration-tests/delivery/harness/receiver.mjs';
import { readArguments } from './arguments.mjs';
import { CLOCKS } from './clock.mjs';
import { connect, ROWS } from './delivery-rows.mjs';
import { collectYoung } from './garbage.mjs';
import { createUniquePayloads, endModelCall, startModelCall } from './genai-spans.mjs';
import { interleave, judge, ratioOf, summarize } from './measure.mjs';
import { formatTable, withError } from './table.mjs';

/** As many spans may wait for an export: half of the queue that the SDK's processor has, and twice its batch. */
const MAX_WAITING = 1024;
/** Spans that end in one turn of the event loop, at most. */
const SPANS_PER_TURN = 64;
const WARM_UP_ROUNDS = 3;
/** An application that was held up catches up with this much at once, at most. */
const MAX_CATCH_UP_SECONDS = 0.05;
const PACE = 2500;
const PACED_RATES = [10_000, 25_000, 40_000];
/** Those that are compared at rates beyond what all can take. */
const PACED_ROWS = ['sdk', 'genspan', 'spool'];
const COMPRESSED = new Set(['gzip-1', 'gzip-6', 'sdk-gzip']);

const { rounds, variants, spans, seconds } = readArguments({
  rounds: 15,
  variants: Object.keys(ROWS),
  numbers: { spans: 20_000, seconds: 2 },
});
const receiver = await startReceiver();
const payload = createUniquePayloads();
const subjects = variants.map((id) => ({ ...connect(id, receiver.url), ended: 0 }));

function endSpans(subject, count) {
  for (let i = 0; i < count; i++) {
    const { prompt, completion } = payload();
    endModelCall(startModelCall(subject.tracer, ROOT_CONTEXT, prompt), completion, false);
  }
  subject.ended += count;
}

/** Waits until nothing is on its way any more. @returns how many spans came */
async function settle(subject, before, expected) {
  await subject.flush();
  // The SDK's processor does not wait for the batch that is on its way.
  let { acceptedSpans } = await receiver.sums();
  for (let i = 0; acceptedSpans - before < expected && i < 100; i++) {
    await delay(2);
    ({ acceptedSpans } = await receiver.sums());
  }
  return acceptedSpans - before;
}

/** As many as get through: the next spans end as soon as fewer than MAX_WAITING wait, so that none is dropped. */
async function saturate(subject, count = spans) {
  collectYoung();
  const { acceptedSpans: before } = await receiver.sums();
  const takenBefore = subject.taken();
  const [cpu, wall] = [CLOCKS.cpu(), CLOCKS.wall()];
  for (let ended = 0; ended < count;) {
    const room = MAX_WAITING - (ended - (subject.taken() - takenBefore));
    const next = Math.min(room, SPANS_PER_TURN, count - ended);
    endSpans(subject, next);
    ended += next;
    await new Promise(setImmediate);
  }
  const arrived = await settle(subject, before, count);
  const [cpuMicros, wallMicros] = [CLOCKS.cpu() - cpu, CLOCKS.wall() - wall];
  if (arrived !== count) throw new Error(`${subject.name}: ${arrived} of ${count} spans arrived`);
  return { perSecond: (count / wallMicros) * 1e6, perCpuSecond: (count / cpuMicros) * 1e6 };
}

/** At an even pace, whatever becomes of the spans. `offered` is the share of the pace that the machine let the application keep. */
async function pace(subject, rate, runSeconds) {
  collectYoung();
  const { acceptedSpans: before } = await receiver.sums();
  const [cpu, start] = [CLOCKS.cpu(), CLOCKS.wall()];
  let ended = 0;
  let behind = 0;
  for (;;) {
    const elapsed = (CLOCKS.wall() - start) / 1e6;
    const due = Math.floor(Math.min(elapsed, runSeconds) * rate) - ended - behind;
    const count = Math.min(due, rate * MAX_CATCH_UP_SECONDS);
    behind += due - count;
    endSpans(subject, count);
    ended += count;
    if (elapsed >= runSeconds) break;
    await delay(1);
  }
  const arrived = subject.taken === undefined ? 0 : await settle(subject, before, ended);
  return {
    cpuMicros: (CLOCKS.cpu() - cpu) / ended,
    droppedShare: 1 - arrived / ended,
    offered: ended / (rate * runSeconds),
  };
}

const sending = subjects.filter(({ taken }) => taken !== undefined);
const plain = sending.filter(({ id }) => !COMPRESSED.has(id));
await interleave(subjects, WARM_UP_ROUNDS, (subject) => pace(subject, PACE, 0.4));
await interleave(plain, WARM_UP_ROUNDS, (subject) => saturate(subject));

console.log(`delivery-throughput, Node ${process.version}, model calls of 3 KB, ${rounds} rounds\n`);

const saturated = await interleave(plain, rounds, (subject) => saturate(subject));
const ratioTo = (id, values) => {
  const base = sending.find((subject) => subject.id === id);
  const reference = base && saturated.get(base);
  return reference && summarize(values.map((value, round) => value / reference[round].perSecond));
};
const rows = plain.map((subject) => {
  const samples = saturated.get(subject);
  const perSecond = samples.map((sample) => sample.perSecond);
  const toSdk = ratioTo('sdk', perSecond);
  const toGenspan = ratioTo('genspan', perSecond);
  const thousands = (values) => withError(summarize(values.map((value) => value / 1000)));
  const limit = { genspan: toSdk && judgeLeast(toSdk, 1.3), spool: toGenspan && judgeLeast(toGenspan, 0.75) }[
    subject.id
  ];
  return [
    subject.name,
    thousands(perSecond),
    toSdk === undefined ? '' : withError(toSdk, 2),
    toGenspan === undefined ? '' : withError(toGenspan, 2),
    thousands(samples.map((sample) => sample.perCpuSecond)),
    limit ?? '',
  ];
});
console.log(`As many as get through, ${spans.toLocaleString('en')} spans a sample, none dropped\n`);
console.log(
  formatTable(
    ['', '1000 spans/s', '× SDK', '× genspan', '1000 spans/CPU s', '≥ 1.3 × SDK; spool ≥ 0.75 × genspan'],
    rows,
  ),
);

const paced = await interleave(subjects, rounds, (subject) => pace(subject, PACE, 0.5));
const none = subjects.find(({ id }) => id === 'none');
const costs = subjects.map((subject) => {
  const micros = paced.get(subject).map(({ cpuMicros }) => cpuMicros);
  const added = none && summarize(micros.map((value, round) => value - paced.get(none)[round].cpuMicros));
  const base = sending.find(({ id }) => id === 'sdk');
  const toSdk = base && ratioOf(summarize(micros), summarize(paced.get(base).map(({ cpuMicros }) => cpuMicros)));
  return [
    subject.name,
    withError(summarize(micros)),
    added === undefined ? '' : withError(added),
    toSdk === undefined ? '' : withError(toSdk, 2),
  ];
});
console.log(`\n${PACE.toLocaleString('en')} spans/s, processor time of the whole process\n`);
console.log(formatTable(['', 'µs/span', 'over no processor', '× SDK'], costs));

const fast = sending.filter(({ id }) => PACED_ROWS.includes(id));
const percent = (values) => {
  const { median } = summarize(values);
  return `${(100 * median).toFixed(1)} (${(100 * Math.min(...values)).toFixed(1)} to ${(100 * Math.max(...values)).toFixed(1)})`;
};
const cells = new Map(fast.map((subject) => [subject, []]));
for (const rate of PACED_RATES) {
  await interleave(fast, 1, (subject) => pace(subject, rate, 1));
  const samples = await interleave(fast, Math.max(3, Math.ceil(rounds / 3)), (subject) => pace(subject, rate, seconds));
  for (const subject of fast) {
    const dropped = percent(samples.get(subject).map(({ droppedShare }) => droppedShare));
    const { median: offered } = summarize(samples.get(subject).map((sample) => sample.offered));
    cells.get(subject).push(dropped, (100 * offered).toFixed(0));
  }
}
const headings = PACED_RATES.flatMap((rate) => [`${rate.toLocaleString('en')} spans/s`, 'kept pace, %']);
console.log(`\nDropped at an even pace for ${seconds} s, % (least to most)\n`);
console.log(
  formatTable(
    ['', ...headings],
    fast.map((subject) => [subject.name, ...cells.get(subject)]),
  ),
);
await Promise.all(subjects.map(({ shutdown }) => shutdown()));
await receiver.close();

/** Like `judge`, for a limit from below. */
function judgeLeast({ median, error }, limit) {
  return judge({ median: -median, error }, -limit);
}
