// Runs the table in this process and returns all that was seen, as JSON.
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';

import { startOpenAIServer } from '@genspan/test-utils';

import { Bench } from './bench.mjs';
import { describe, outcomeOf } from './describe.mjs';
import { PROMPT_MARK } from './operation.mjs';
import { OPERATIONS } from './table/index.mjs';
import { startTelemetry } from './telemetry.mjs';

const OPERATION_TIMEOUT_MILLIS = 8_000;
/** Headers that differ between two runs of the same thing. */
const UNSTABLE_HEADERS = new Set(['host', 'connection', 'content-length', 'idempotency-key']);

/**
 * @param {object} settings
 * @param {number} settings.major - The major of the client.
 * @param {'bare' | 'instrumented' | 'wrapped'} settings.mode
 * @param {'none' | 'span_and_event'} settings.content - Content capture, when instrumented.
 * @param {boolean} [settings.requestStreamUsage] - Has the instrumentation ask for usage where the caller does not.
 * @param {boolean} [settings.hooksThrow] - Gives the instrumentation hooks that throw each time.
 * @param {string} [settings.instrumentation] - Runs (`run.mjs` only) with another module than ours.
 * @param {string} [settings.only] - Runs only the operations whose name contains this.
 * @param {object} loaded - What `load.cjs` or `load.mjs` of the client's folder exports.
 * @param {object} [instrumentationPackage] - `@genspan/instrumentation-openai`, unless bare.
 */
export async function run(settings, loaded, instrumentationPackage) {
  const telemetry = startTelemetry();
  const { wrapClient, shutdown } = instrument(settings, loaded, instrumentationPackage, telemetry.providers);
  const server = await startOpenAIServer();
  const incidents = watchProcess();
  const operations = [];
  for (const operation of OPERATIONS) {
    if (!operation.majors.includes(settings.major) || !operation.name.includes(settings.only ?? '')) continue;
    const makeBench = () => new Bench({ major: settings.major, loaded, server, incidents, wrapClient });
    operations.push(await runOne(operation, settings.major, makeBench, { server, incidents, telemetry }));
  }
  await shutdown();
  const { text, metricNames, logRecords } = await telemetry.exported();
  await server.close();
  return {
    operations: operations.map(({ account, ...rest }) => ({ ...rest, spansAfterShutdown: plain(account) })),
    metricNames,
    logRecords,
    contentExported: text.includes(PROMPT_MARK),
  };
}

function instrument({ mode, content, requestStreamUsage, hooksThrow }, { openai }, instrumentationPackage, providers) {
  if (mode === 'bare') return { wrapClient: (client) => client, shutdown: async () => {} };
  const exportName = mode === 'wrapped' ? 'wrapOpenAI' : 'OpenAIInstrumentation';
  const exported = instrumentationPackage[exportName];
  if (typeof exported !== 'function') {
    throw new TypeError(
      `Expected @genspan/instrumentation-openai to export \`${exportName}\`, got \`${typeof exported}\``,
    );
  }
  const options = {
    captureMessageContent: content,
    requestStreamUsage: requestStreamUsage ?? false,
    ...(hooksThrow ? { requestHook: throwing, responseHook: throwing } : {}),
  };
  if (mode === 'wrapped') return { wrapClient: (client) => exported(client, options), shutdown: async () => {} };
  const instrumentation = new exported(options);
  instrumentation.setTracerProvider(providers.tracerProvider);
  instrumentation.setMeterProvider(providers.meterProvider);
  instrumentation.setLoggerProvider(providers.loggerProvider);
  instrumentation.manuallyInstrument(openai.OpenAI);
  return { wrapClient: (client) => client, shutdown: async () => instrumentation.shutdown() };
}

function throwing() {
  throw new Error('thrown by a hook');
}

async function runOne(operation, major, makeBench, { server, incidents, telemetry }) {
  const span = telemetry.tracer.startSpan(operation.name, { root: true });
  const account = telemetry.account.of(span.spanContext().traceId);
  const since = server.requests.length;
  incidents.length = 0;
  const result = await context.with(trace.setSpan(ROOT_CONTEXT, span), async () => {
    const bench = makeBench();
    const summary = await withTimeout(outcomeOf(() => operation.run(bench)));
    await bench.served(since, 0);
    await bench.settle();
    const settled = () => account.started === account.ended;
    for (let round = 0; round < 20 && !settled() && !operation.endsWhenCollected; round += 1) await bench.settle();
    if (operation.endsWhenCollected) await bench.collect(settled);
    return { summary, paramsUnchanged: bench.paramsUnchanged };
  });
  span.end();
  return {
    name: operation.name,
    expectedSpans: operation.spans?.[major] ?? operation.spans,
    endsWhenCollected: operation.endsWhenCollected,
    ...result,
    requests: server.requests.slice(since).map(describeRequest).sort(byText),
    incidents: [...incidents],
    spans: plain(account),
    account,
  };
}

function plain({ started, ended, endedTwice, unread }) {
  return { started, ended, endedTwice, unread };
}

/** Requests sent at the same time arrive in any order. */
function byText(left, right) {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}

async function withTimeout(work) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve('did not settle'), OPERATION_TIMEOUT_MILLIS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function describeRequest({ method, path, query, headers, body, status, outcome }) {
  const stable = Object.entries(headers)
    .filter(([name]) => !UNSTABLE_HEADERS.has(name))
    .map(([name, value]) => [name, name === 'content-type' ? value.split(';')[0] : value])
    .sort();
  return { method, path, query, headers: Object.fromEntries(stable), body: describe(body), status, outcome };
}

/** Collects what an application would only see on its process: rejections, exceptions, warnings, console output. */
function watchProcess() {
  const incidents = [];
  const note = (kind) => (value) => incidents.push({ kind, value: describe(value) });
  process.on('unhandledRejection', note('unhandledRejection'));
  process.on('rejectionHandled', () => incidents.push({ kind: 'rejectionHandled' }));
  process.on('uncaughtException', note('uncaughtException'));
  process.on('warning', ({ name }) => incidents.push({ kind: 'warning', value: name }));
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
    console[level] = (first) => incidents.push({ kind: `console.${level}`, value: String(first).split('\n')[0] });
  }
  return incidents;
}
