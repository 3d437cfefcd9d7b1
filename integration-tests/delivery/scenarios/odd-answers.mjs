// The receiver answers late, never, or oddly.

import { Findings } from '../harness/findings.mjs';
import { SECRET, startLoad } from '../harness/load.mjs';
import { startReceiver } from '../harness/receiver.mjs';

const RATE = 2000;
const SECONDS = 2;

/** By name: how the receiver answers, options of the stack, what must be true besides that the numbers add up. */
const KINDS = {
  'slow answers': {
    promise: 'delivers everything to a receiver whose answers drip',
    answer: { type: 'drip', everyMillis: 5, bytes: 50 },
    expect: (findings, { state }) => findings.equal('dropped', state.dropped, 0),
  },
  'answers that drip for ever': {
    promise: 'gives an answer that drips no more time than the whole request has',
    answer: { type: 'drip', everyMillis: 300, bytes: 100 },
    sender: { timeoutMillis: 500 },
    // With a status the receiver has decided: what follows it only adds to that.
    expect: (findings, { state }) => findings.equal('dropped', state.dropped, 0),
  },
  'no answer': {
    promise: 'counts every span as lost for want of time when the receiver never answers',
    answer: { type: 'hang' },
    sender: { timeoutMillis: 300 },
    retries: { maxAttempts: 2 },
    expect: (findings, { state }) => findings.equal('dropped', state.dropped, state.ended),
  },
  'too large': {
    promise: 'splits what is too large for the receiver (413), and delivers everything',
    answer: { type: 'limit', bytes: 100_000 },
    expect: (findings, { state, sums }) => {
      findings.equal('dropped', state.dropped, 0);
      findings.check(sums.refusedRequests > 0, 'nothing was too large');
    },
  },
  refused: {
    promise: 'counts every span as lost when the receiver refuses for good (400), and tries nothing again',
    answer: { type: 'refuse', status: 400, text: SECRET },
    expect: (findings, { state, sums }) => {
      findings.equal('dropped', state.dropped, state.ended);
      findings.equal('requests', sums.requests, state.errors);
    },
  },
  garbage: {
    promise: 'takes a success with an unreadable body for a success',
    answer: { type: 'garbage', text: SECRET },
    expect: (findings, { state }) => findings.equal('dropped', state.dropped, 0),
  },
  'partial success': {
    promise: 'counts what the receiver refuses within a request that it takes',
    answer: { type: 'partial', rejected: 3, text: SECRET },
    expect: (findings, { state, sums }) => {
      findings.equal('dropped as rejected', state.droppedByReason.rejected, sums.rejectedSpans);
      findings.check(sums.rejectedSpans > 0, 'nothing was refused');
    },
  },
  'lost answers': {
    promise: 'sends again only what nobody answered for',
    answer: { type: 'loseAnswer', share: 0.3 },
    expect: (findings, { state, sums }) => {
      findings.equal('dropped', state.dropped, 0);
      findings.check(sums.acceptedAgain > 0, 'nothing was sent again');
    },
  },
};

export const ODD_ANSWERS = Object.fromEntries(
  Object.entries(KINDS).map(([name, kind]) => [
    name,
    { promise: kind.promise, run: (context) => answerOddly(context, kind) },
  ]),
);

async function answerOddly({ folder }, { answer, sender, retries = {}, expect }) {
  const findings = new Findings();
  const receiver = await startReceiver(31);
  await receiver.answer(answer);
  const app = startLoad({
    folder,
    rate: RATE,
    seconds: SECONDS,
    lingerMillis: 8000,
    end: 'shuts down',
    serves: true,
    stack: {
      sender: {
        url: `${receiver.url}/v1/traces?key=${SECRET}`,
        headers: { authorization: `Bearer ${SECRET}` },
        ...sender,
      },
      retries: { maxElapsedMillis: 5000, ...retries },
      processor: { scheduleDelayMillis: 200 },
    },
  });
  const end = await app.ends(40_000);
  const [sums, state, account] = [await receiver.sums(), app.last, await receiver.account(app.files)];
  await receiver.close();

  findings.checkCounts(state);
  findings.equal('pending', state.pending, 0);
  findings.checkReceiver({ sums, account, state, problems: receiver.problems });
  expect(findings, { state, sums, account });
  findings.checkService(app);
  findings.checkEnd(app, end, { exitCode: 0 });
  return findings;
}
