// What a scenario found: figures to read, and problems, which there should be none of.

import { SECRET } from './load.mjs';

const OURS = /^opentelemetry (warn|error): /;
/** One cause is one line, not one for each span. */
const MAX_LINES = 12;

export class Findings {
  problems = [];
  /** What the applications wrote to stderr, for whoever has to find out. */
  said = '';
  #figures = [];

  /** @param ok - what has to be true @param problem - what to say when it is not */
  check(ok, problem) {
    if (!ok) this.problems.push(problem);
  }

  equal(what, got, expected) {
    this.check(got === expected, `${what}: expected ${expected}, got ${got}`);
  }

  atMost(what, got, most) {
    this.check(got <= most, `${what}: expected at most ${round(most)}, got ${round(got)}`);
  }

  figure(name, value) {
    this.#figures.push(`${name} ${typeof value === 'number' ? round(value).toLocaleString('en') : value}`);
  }

  get figures() {
    return this.#figures.join(', ');
  }

  /** An application that ended as it wanted, and said nothing but our warnings, without secrets. */
  checkEnd(app, { exitCode, signal }, expected) {
    const [name, got] = expected.signal === undefined ? ['exit code', exitCode] : ['signal', signal];
    this.check(
      got === (expected.signal ?? expected.exitCode),
      `${name}: expected ${expected.signal ?? expected.exitCode}, got exit code ${exitCode}, signal ${signal}; stderr: ${app.stderr.slice(0, 1500)}`,
    );
    this.checkStderr(app, expected.alsoSays);
  }

  /** @param alsoSays - what lines of the application's own look like */
  checkStderr({ stderr }, alsoSays = /^$/) {
    this.said += stderr;
    const lines = stderr.split('\n').filter((line) => line !== '' && !alsoSays.test(line));
    for (const line of lines.filter((text) => !OURS.test(text)).slice(0, 3)) this.problems.push(`stderr has: ${line}`);
    this.atMost('lines on stderr', lines.length, MAX_LINES);
    this.check(!stderr.includes(SECRET), 'stderr holds the secret');
  }

  /** An application that answered others meanwhile. */
  checkService({ answerMillis, unanswered }) {
    this.equal('requests that the application did not answer', unanswered, 0);
    this.check(answerMillis.length > 0, 'nobody asked the application');
    this.figure('slowest answer of the application, ms', Math.max(...answerMillis));
  }

  /** What the processor counted adds up, and agrees with what `onDrop` was told. */
  checkCounts({ ended, received, exported, dropped, pending, droppedByReason, told, lateResults = 0 }) {
    this.equal('received', received, ended);
    this.equal('exported + dropped + pending', exported + dropped + pending, ended);
    this.equal('dropped, by reason', sum(droppedByReason), dropped);
    if (told !== undefined) {
      this.equal('spans that onDrop was told of', told.spans, dropped);
      this.equal('reasons that onDrop was told', sorted(told.byReason), sorted(droppedByReason));
    }
    this.figure('ended', ended);
    this.figure('exported', exported);
    if (dropped > 0) this.figure('dropped', sorted(droppedByReason));
    if (lateResults > 0) this.figure('late results', lateResults);
  }

  /** What arrived is what was exported, and nothing came twice unless its answer was lost. */
  checkReceiver({ sums, account, state, problems }) {
    const { exported, droppedNamed = 0, dropped } = state;
    this.equal('spans that arrived', account.seen, exported + account.dropped.arrived);
    if (sums.rejectedSpans === 0) this.equal('spans that onDrop named', droppedNamed, dropped);
    this.checkRepeats({ sums, problems });
  }

  checkRepeats({ sums, problems }) {
    this.equal('spans accepted again without need', sums.acceptedAgainUnasked, 0);
    this.equal('requests that were no OTLP', sums.corruptRequests, 0);
    for (const problem of problems.slice(0, 3)) this.problems.push(`receiver: ${problem}`);
    const asked = sums.acceptedAgain - sums.acceptedAgainUnasked;
    if (asked > 0) this.figure('accepted again after a lost answer', asked);
    this.figure('requests', sums.requests);
    if (sums.refusedRequests > 0) this.figure('refused', sums.refusedRequests);
  }
}

function round(number) {
  return Number.isInteger(number) ? number : Number(number.toPrecision(3));
}

function sum(counts) {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function sorted(counts) {
  return Object.entries(counts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([reason, count]) => `${reason} ${count}`)
    .join(' + ');
}
