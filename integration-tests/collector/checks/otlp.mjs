// An observed application sends spans, metrics and log events to the Collector, over each transport.
import { INPUT_TOKENS, OUTPUT_TOKENS, logRecordsOf, metricPointsOf, spansOf } from '@genspan/test-utils';
import { canonicalSpansOf } from '../canonical-span.mjs';
import { differences, firstDifference } from '../differences.mjs';
import { observedRun, problemsOfCollector, problemsOfResult } from '../observed-run.mjs';

const TRANSPORTS = [
  ['http/protobuf', {}],
  ['http/protobuf', { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' }],
  ['http/json', {}],
  ['grpc', {}],
];

const CHAT = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'server.address': '127.0.0.1' };
const ANSWERED = { ...CHAT, 'gen_ai.usage.input_tokens': INPUT_TOKENS, 'gen_ai.usage.output_tokens': OUTPUT_TOKENS };
const STOPPED = { ...ANSWERED, 'gen_ai.response.finish_reasons': ['stop'] };
const MESSAGES = ['gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.tool.definitions'];

/** What apps/agent.mjs does, in its order: name, some attributes, status. */
const CALLS = [
  ['chat gpt-4o-mini', { ...STOPPED, 'gen_ai.request.temperature': 0.5 }, 'unset'],
  ['chat gpt-4o-mini', { ...STOPPED, 'gen_ai.request.stream': true }, 'unset'],
  ['chat gpt-4o-mini', { ...ANSWERED, 'gen_ai.response.finish_reasons': ['tool_calls'] }, 'unset'],
  ['chat gpt-4o-mini', { ...STOPPED, 'gen_ai.response.model': 'gpt-4o-mini-2024-07-18' }, 'unset'],
  ['embeddings text-embedding-3-small', { 'gen_ai.operation.name': 'embeddings' }, 'unset'],
  ['chat gpt-4o', STOPPED, 'unset'],
  ['chat gpt-4o@error-429', { ...CHAT, 'error.type': 'rate_limit_exceeded' }, 'error'],
];

const STDOUT = /^chat: \S.*\nstream: \S.*\ntool: get_weather\nembeddings: 2\nfailed: 429\n$/;

/** @returns {AsyncGenerator<{ title: string, problems: string[], figures?: string }>} one row for each promise */
export async function* otlpChecks(lab) {
  for (const [protocol, env] of TRANSPORTS) {
    const title = ['OTLP', protocol, ...Object.values(env)].join(' ');
    const run = await observedRun(title, { script: 'agent.mjs', protocol, env }, lab);
    const spans = run.requests.flatMap(spansOf);
    const metrics = run.requests.flatMap(metricPointsOf);
    const logs = run.requests.flatMap(logRecordsOf);

    yield { title: `${title}: the application`, problems: problemsOfResult(run.result, STDOUT) };
    yield {
      title: `${title}: spans`,
      problems: [...problemsOfSpans(spans), ...differences(run.written, run.requests.flatMap(canonicalSpansOf))],
      figures: `${spans.length} spans`,
    };
    yield {
      title: `${title}: metrics`,
      problems: problemsOfMetrics(metrics, spans),
      figures: `${metrics.length} points`,
    };
    yield { title: `${title}: log events`, problems: problemsOfLogs(logs, spans), figures: `${logs.length} events` };
    yield { title: `${title}: nothing refused`, problems: problemsOfCollector(run, { spans, metrics, logs }) };
  }
}

function problemsOfSpans(spans) {
  if (spans.length !== CALLS.length) return [`expected ${CALLS.length} spans, got ${spans.map(({ name }) => name)}`];
  const inOrder = spans.toSorted((one, other) => Number(one.startTimeUnixNano - other.startTimeUnixNano));
  return CALLS.flatMap(([name, attributes, status], index) => {
    const span = inOrder[index];
    const picked = Object.fromEntries(Object.keys(attributes).map((key) => [key, span.attributes[key]]));
    const got = { name: span.name, kind: span.kind, status: span.status.code, attributes: picked };
    return [
      ...firstDifference({ name, kind: 'client', status, attributes }, got, `call ${index + 1}`),
      ...problemsOfOrigin(span, `call ${index + 1}`),
    ];
  });
}

function problemsOfOrigin({ resource, scope }, what, expectedScope = '@genspan/instrumentation-openai') {
  const got = { service: resource['service.name'], sdk: resource['telemetry.sdk.name'], scope: scope.name };
  return firstDifference({ service: 'agent', sdk: 'opentelemetry', scope: expectedScope }, got, what);
}

/** Stages that are on by default report on themselves: `genspan.<stage>.…`. */
function scopeOf({ name }) {
  const stage = /^genspan\.(redaction|enrichment)\./.exec(name)?.[1];
  return stage && `@genspan/${stage}-span-processor`;
}

/** Every call is in the histogram of its operation; counts and token sums are those of the spans. */
function problemsOfMetrics(points, spans) {
  const isChat = ({ attributes }) => attributes['gen_ai.operation.name'] === 'chat';
  const chats = spans.filter(isChat);
  const sumOf = (key) => chats.reduce((sum, { attributes }) => sum + (attributes[key] ?? 0), 0);
  const answered = chats.filter(({ attributes }) => attributes['gen_ai.usage.input_tokens'] !== undefined).length;
  const expected = {
    'gen_ai.client.inference.duration': { count: chats.length },
    'gen_ai.client.operation.duration': { count: spans.length - chats.length },
    'gen_ai.client.inference.time_to_first_chunk': { count: 1 },
    'gen_ai.client.inference.operation.input_tokens': { count: answered, sum: sumOf('gen_ai.usage.input_tokens') },
    'gen_ai.client.inference.operation.output_tokens': { count: answered, sum: sumOf('gen_ai.usage.output_tokens') },
    'gen_ai.client.inference.usage.input_tokens': { sum: sumOf('gen_ai.usage.input_tokens') },
    'gen_ai.client.inference.usage.output_tokens': { sum: sumOf('gen_ai.usage.output_tokens') },
  };
  const problems = points.flatMap((point) => [
    ...problemsOfHistogram(point),
    ...problemsOfOrigin(point, point.name, scopeOf(point)),
  ]);
  for (const [name, totals] of Object.entries(expected)) {
    const own = points.filter((point) => point.name === name);
    const got = { count: 0, sum: 0 };
    for (const { count, value } of own) {
      got.count += count;
      got.sum += value;
    }
    for (const [key, value] of Object.entries(totals)) {
      if (got[key] !== value) problems.push(`${name}: expected ${key} ${value}, got ${got[key]}`);
    }
  }
  const failed = points.find(({ attributes }) => attributes['error.type'] === 'rate_limit_exceeded');
  if (failed?.count !== 1) problems.push('no duration of the call that failed');
  return problems;
}

function problemsOfHistogram({ name, type, count, bounds, bucketCounts, temporality }) {
  const problems = temporality === 'cumulative' ? [] : [`${name}: temporality is ${temporality}`];
  if (type !== 'histogram') return problems;
  const inBuckets = bucketCounts.reduce((sum, one) => sum + one, 0);
  if (bounds.length === 0 || bucketCounts.length !== bounds.length + 1 || inBuckets !== count) {
    problems.push(`${name}: ${inBuckets} of ${count} in ${bucketCounts.length} buckets of ${bounds.length} bounds`);
  }
  return problems;
}

/** One event of details for each chat, with the attributes that its span has at the end of the call, and one for the exception. */
function problemsOfLogs(logs, spans) {
  const chats = spans.filter(({ attributes }) => attributes['gen_ai.operation.name'] === 'chat');
  const details = logs.filter(({ eventName }) => eventName === 'gen_ai.client.inference.operation.details');
  const exceptions = logs.filter(({ eventName }) => eventName === 'gen_ai.client.operation.exception');
  const problems = logs.flatMap((log) => problemsOfOrigin(log, log.eventName));
  if (details.length !== chats.length || exceptions.length !== 1 || logs.length !== chats.length + 1) {
    problems.push(`expected ${chats.length} + 1 events, got ${logs.map(({ eventName }) => eventName)}`);
  }
  for (const span of chats) {
    const event = details.find(({ traceId, spanId }) => traceId === span.traceId && spanId === span.spanId);
    if (event === undefined) problems.push(`no event of ${span.name}`);
    else
      problems.push(...firstDifference(sorted(structured(ofCall(span.attributes))), sorted(event.attributes), 'event'));
  }
  const failed = chats.find(({ status }) => status.code === 'error');
  const { spanId, attributes } = exceptions[0] ?? { attributes: {} };
  if (spanId !== failed?.spanId) problems.push('the exception is not of the span that failed');
  if (attributes['exception.type'] !== 'RateLimitError') problems.push('no type of the exception');
  return problems;
}

/** What is known at the end of the call: enrichment adds cost and totals to spans, later. */
function ofCall(attributes) {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.startsWith('genspan.')));
}

/** Messages are JSON text on spans and values in events. */
function structured(attributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [key, MESSAGES.includes(key) ? JSON.parse(value) : value]),
  );
}

function sorted(attributes) {
  return Object.fromEntries(Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
