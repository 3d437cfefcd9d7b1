// The receiver refuses most requests for five seconds at 5,000 spans a second.

import { Findings } from '../harness/findings.mjs';
import { startLoad } from '../harness/load.mjs';
import { startReceiver } from '../harness/receiver.mjs';
import { until } from '../harness/until.mjs';

const RATE = 5000;
const SECONDS = 5;
const REFUSAL = { type: 'refuse', share: 0.7, status: 503, retryAfterShare: 0.3, retryAfter: '1' };
/** Within which everything has to arrive once the receiver is itself again. */
const RECOVERY_MILLIS = 10_000;

export const REFUSALS = {
  'refusals, composed': {
    promise: 'delivers every span within 10 s after a receiver refused 70 % of requests, none twice, composed by hand',
    run: ({ folder }) =>
      refuse(folder, (url) => ({ load: { stack: { sender: { url: `${url}/v1/traces` }, retries: {} } } })),
  },
  'refusals, preloaded': {
    promise:
      'delivers every span within 10 s after a receiver refused 70 % of requests, none twice, preloaded with defaults',
    run: ({ folder }) => refuse(folder, (url) => ({ load: {}, env: { OTEL_EXPORTER_OTLP_ENDPOINT: url } })),
  },
};

async function refuse(folder, configure) {
  const findings = new Findings();
  const receiver = await startReceiver(7);
  await receiver.answer(REFUSAL);
  const { load, env } = configure(receiver.url);
  const app = startLoad({ folder, rate: RATE, seconds: SECONDS, lingerMillis: 20_000, serves: true, ...load }, { env });
  await app.told('done');
  await receiver.answer({ type: 'accept' });
  const recovered = Date.now();
  const account = await receiver.whenArrived(app.files, 'ended', RECOVERY_MILLIS);
  await until(() => app.lineOf('ending') !== undefined, RECOVERY_MILLIS);
  const end = await app.ends(15_000);
  const [sums, state] = [await receiver.sums(), app.last];
  await receiver.close();

  findings.checkCounts(state);
  findings.atMost('ms until everything had arrived', sums.lastAcceptedMillis - recovered, RECOVERY_MILLIS);
  findings.equal('spans that did not arrive', account.ended.missing, 0);
  // A slow machine ends fewer spans, and makes fewer requests.
  findings.check(state.ended >= 0.2 * RATE * SECONDS, `the application ended ${state.ended} spans only`);
  findings.check(sums.refusedRequests > 0, 'the receiver refused nothing');
  findings.check(state.retried >= sums.refusedRequests, `only ${state.retried} requests were told to be retries`);
  findings.checkRepeats({ sums, problems: receiver.problems });
  findings.checkService(app);
  findings.checkEnd(app, end, { exitCode: 0 });
  findings.figure('retried', state.retried);
  findings.figure('arrived after, ms', Math.max(0, sums.lastAcceptedMillis - recovered));
  return findings;
}
