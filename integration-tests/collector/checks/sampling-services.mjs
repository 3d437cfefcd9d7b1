// Two services of the same traces, each with a SamplingSpanProcessor of its own, behind a caller that may have sampled before.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spansOf, startNode } from '@genspan/test-utils';
import { startCollector } from '../collector.mjs';
import { LOOPBACK, freePorts } from '../free-ports.mjs';
import { foreignMembers, otFields, passes, randomnessOf, stricter } from '../trace-state.mjs';

/** Spans of one trace. */
const SPANS = { front: 2, back: 1 };

const REQUESTS = 420;
const AT_ONCE = 20;
const FOREIGN = ['vendor=a:b;c', 'tenant@system=t61rcWkgMzE'];

/** What comes in with a request, one after the other. `th` says what the caller has let pass, `rv` by which randomness. */
const CALLERS = [
  {},
  { flags: '01' },
  { flags: '01', th: '8', hasRv: true, hasForeign: true },
  { flags: '01', th: 'c', hasForeign: true },
  { flags: '01', hasRv: true },
  { flags: '01', th: '8', hasRv: true, hasForeign: true, path: '/fail' },
  { flags: '00', hasForeign: true },
];

const TH_OF_RATE = { 0.3: 'b3333333333334', 0.1: 'e6666666666666' };

const ROUNDS = [
  { title: 'services: the same rate, both keep the same traces', rates: { front: 0.3, back: 0.3 } },
  { title: 'services: a lower rate behind keeps a part of them', rates: { front: 0.3, back: 0.1 } },
];

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* sampledServicesChecks({ binary, folder }) {
  for (const [index, { title, rates }] of ROUNDS.entries()) {
    const collector = await startCollector(binary, join(folder, `round-${index}`));
    const back = await startService('back', rates.back, collector);
    const front = await startService('front', rates.front, collector, back.url);
    const requests = await ask(front.url);
    const results = [await front.stop(), await back.stop()];
    await collector.stop();

    const kept = keptBy(collector.requests().flatMap(spansOf));
    const problems = requests.flatMap((request) => problemsOf(request, rates, kept));
    for (const { exitCode, stderr } of results) {
      if (exitCode !== 0 || stderr !== '') problems.push(`a service ended with ${exitCode}: ${stderr.slice(0, 800)}`);
    }
    const figures = `${requests.length} traces, kept in front ${kept.front.size}, behind ${kept.back.size}`;
    yield { title, problems, figures };
  }
}

async function startService(name, rate, collector, next) {
  const [port] = await freePorts(1);
  const env = { SERVICE: name, PORT: String(port), RATE: String(rate), OTEL_EXPORTER_OTLP_ENDPOINT: collector.httpUrl };
  const app = startNode({
    args: ['service.mjs'],
    cwd: fileURLToPath(new URL('../apps/', import.meta.url)),
    env: next === undefined ? env : { ...env, NEXT: next },
    timeoutMillis: 60_000,
  });
  await app.waitForOutput(/listening/);
  const stop = () => {
    app.kill('SIGTERM');
    return app.finished;
  };
  return { url: `http://${LOOPBACK}:${port}`, stop };
}

/** Sends the requests, some at a time; resolves to what was sent and answered. */
async function ask(url) {
  const requests = [];
  let number = 0;
  const worker = async () => {
    while (number < REQUESTS) {
      const request = requestOf(CALLERS[number++ % CALLERS.length]);
      const answered = await fetch(`${url}${request.path}`, { headers: request.headers });
      const { traceId, states } = await answered.json();
      requests.push({ ...request, traceId, states });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return requests;
}

/** A caller sends only what it has kept itself. */
function requestOf({ flags, th, hasRv, hasForeign, path = '/' }) {
  if (flags === undefined) return { path, headers: {}, isSampled: true };
  const traceId = randomBytes(16).toString('hex');
  const rv = hasRv ? randomBytes(7).toString('hex') : undefined;
  if (!passes(randomnessOf(traceId, rv), th ?? '0')) return requestOf({ flags, th, hasRv, hasForeign, path });
  const fields = [th && `th:${th}`, rv && `rv:${rv}`].filter(Boolean).join(';');
  const [first, second] = hasForeign ? FOREIGN : [];
  const tracestate = [first, fields && `ot=${fields}`, second].filter(Boolean).join();
  const headers = { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`, tracestate };
  return { path, headers, isSampled: flags === '01', th, rv };
}

/** By service: the spans and the different `tracestate` of each trace. */
function keptBy(spans) {
  const kept = { front: new Map(), back: new Map() };
  for (const { resource, traceId, traceState } of spans) {
    const service = kept[resource['service.name']];
    const one = service.get(traceId) ?? { spans: 0, states: new Set() };
    service.set(traceId, one);
    one.spans++;
    one.states.add(traceState);
  }
  return kept;
}

function problemsOf({ path, headers, isSampled, th, rv, traceId, states }, rates, kept) {
  const cameIn = headers.tracestate ?? '';
  const what = `${path} ${traceId} with tracestate ${JSON.stringify(cameIn)}`;
  const problems = states
    .filter((state) => sorted(state) !== sorted(cameIn))
    .map((state) => `${what}: a service was called with ${state}`);
  for (const [service, spansOfTrace] of Object.entries(SPANS)) {
    const own = path === '/fail' ? '0' : TH_OF_RATE[rates[service]];
    const expected = stricter(th, own);
    const isKept = isSampled && passes(randomnessOf(traceId, rv), expected);
    const found = kept[service].get(traceId);
    if (isKept !== (found !== undefined)) problems.push(`${what}: ${service} ${isKept ? 'dropped' : 'kept'} it`);
    if (found === undefined || !isKept) continue;
    const [state] = found.states;
    const fields = JSON.stringify(otFields(state));
    const wanted = JSON.stringify(otFields(`ot=th:${expected}${rv ? `;rv:${rv}` : ''}`));
    if (found.spans !== spansOfTrace || found.states.size !== 1) {
      problems.push(`${what}: ${service} sent ${found.spans} spans with ${[...found.states].join(' and ')}`);
    }
    if (fields !== wanted || String(foreignMembers(state)) !== String(foreignMembers(cameIn))) {
      problems.push(`${what}: ${service} wrote ${state}, expected ${wanted} in it and the other members`);
    }
  }
  return problems;
}

/** The members of a `tracestate` in an order of their own; a service puts the one that it changes first. */
function sorted(traceState) {
  return traceState.split(',').toSorted().join();
}
