import { gzipSync } from 'node:zlib';

import {
  buildSpan,
  startOtlpReceiver,
  type OtlpFault,
  type OtlpReceiver,
  type OtlpReceiverOptions,
} from '@genspan/test-utils';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { JsonLogsSerializer, JsonMetricsSerializer, JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import {
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';

const open: OtlpReceiver[] = [];
async function start(options?: OtlpReceiverOptions): Promise<OtlpReceiver> {
  const receiver = await startOtlpReceiver(options);
  open.push(receiver);
  return receiver;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

const JSON_TYPE = 'application/json';
const PROTOBUF_TYPE = 'application/x-protobuf';
const ENCODINGS = [
  [JSON_TYPE, JsonTraceSerializer, JsonMetricsSerializer, JsonLogsSerializer],
  [PROTOBUF_TYPE, ProtobufTraceSerializer, ProtobufMetricsSerializer, ProtobufLogsSerializer],
] as const;

function post(url: string, contentType: string, body: Uint8Array | undefined, headers = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType, ...headers },
    body: Buffer.from(body ?? []),
  });
}

const SPAN = buildSpan({
  name: 'chat gpt-4o',
  kind: SpanKind.CLIENT,
  parentSpanId: '1111111111111111',
  attributes: { text: 'é"', int: -5, double: 0.25, flag: false, list: ['a', 'b'], numbers: [1, 2.5] },
  events: [{ name: 'first', attributes: { n: 1 } }],
  links: [{ context: { traceId: '2'.repeat(32), spanId: '3'.repeat(16), traceFlags: 1 }, attributes: { why: 'x' } }],
  status: { code: SpanStatusCode.ERROR, message: 'broken' },
  durationMillis: 12.5,
});

describe.each(ENCODINGS)('an OTLP receiver of %s', (contentType, traces, metrics, logs) => {
  it('reads every field of a span', async () => {
    const receiver = await start();
    expect((await post(`${receiver.url}/v1/traces`, contentType, traces.serializeRequest([SPAN]))).status).toBe(200);
    expect(receiver.spans).toEqual([
      {
        traceId: SPAN.spanContext().traceId,
        spanId: SPAN.spanContext().spanId,
        parentSpanId: '1111111111111111',
        traceState: '',
        name: 'chat gpt-4o',
        kind: 'client',
        startTimeUnixNano: 1_750_000_000_000_000_000n,
        endTimeUnixNano: 1_750_000_000_012_500_000n,
        durationMillis: 12.5,
        attributes: SPAN.attributes,
        status: { code: 'error', message: 'broken' },
        events: [{ name: 'first', timeUnixNano: 1_750_000_000_000_000_000n, attributes: { n: 1 } }],
        links: [{ traceId: '2'.repeat(32), spanId: '3'.repeat(16), attributes: { why: 'x' } }],
        droppedAttributesCount: 0,
        resource: { 'service.name': 'test' },
        scope: { name: 'test', version: '', attributes: {}, schemaUrl: '' },
      },
    ]);
  });

  it('reads points of every kind', async () => {
    class Reader extends MetricReader {
      protected override onForceFlush = async (): Promise<void> => {};
      protected override onShutdown = async (): Promise<void> => {};
    }
    const reader = new Reader();
    const meter = new MeterProvider({ readers: [reader], resource: resourceFromAttributes({ r: 1 }) }).getMeter(
      'm',
      '2',
    );
    const histogram = meter.createHistogram('h', { unit: 's', advice: { explicitBucketBoundaries: [0.5, 1] } });
    histogram.record(0.25, { k: 'v' });
    histogram.record(2, { k: 'v' });
    meter.createCounter('c', { description: 'counts' }).add(3);
    meter.createUpDownCounter('u').add(-2.5);
    meter.createGauge('g').record(7);
    const { resourceMetrics } = await reader.collect();
    const receiver = await start();
    await post(`${receiver.url}/v1/metrics`, contentType, metrics.serializeRequest(resourceMetrics));
    expect(receiver.metrics).toEqual([
      expect.objectContaining({
        name: 'h',
        unit: 's',
        type: 'histogram',
        temporality: 'cumulative',
        attributes: { k: 'v' },
        value: 2.25,
        count: 2,
        bounds: [0.5, 1],
        bucketCounts: [1, 0, 1],
        resource: { r: 1 },
        scope: { name: 'm', version: '2', attributes: {}, schemaUrl: '' },
      }),
      expect.objectContaining({ name: 'c', description: 'counts', type: 'sum', value: 3 }),
      expect.objectContaining({ name: 'u', type: 'sum', value: -2.5 }),
      expect.objectContaining({ name: 'g', type: 'gauge', value: 7, temporality: 'unspecified' }),
    ]);
  });

  it('reads log records with structured bodies', async () => {
    const records = new InMemoryLogRecordExporter();
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter: records })] });
    const body = { messages: [{ role: 'user', parts: [{ n: 1 }] }] };
    const record = {
      eventName: 'e',
      severityNumber: SeverityNumber.INFO,
      severityText: 'INFO',
      body,
      attributes: { a: true },
    };
    provider.getLogger('l').emit(record);
    const receiver = await start();
    await post(`${receiver.url}/v1/logs`, contentType, logs.serializeRequest(records.getFinishedLogRecords()));
    expect(receiver.logs).toEqual([
      expect.objectContaining({ ...record, scope: expect.objectContaining({ name: 'l' }) }),
    ]);
  });

  it('unpacks gzip, and still finds text in it', async () => {
    const receiver = await start();
    const packed = gzipSync(Buffer.from(traces.serializeRequest([SPAN]) ?? []));
    await post(`${receiver.url}/v1/traces`, contentType, packed, {
      'content-encoding': 'gzip',
      'x-key': 'of-a-header',
    });
    expect(receiver.spans).toHaveLength(1);
    expect(receiver.requests[0]).toMatchObject({ signal: 'traces', wireBytes: packed.length });
    expect([receiver.contains('chat gpt-4o'), receiver.contains('of-a-header')]).toEqual([true, true]);
    expect(receiver.contains('never sent')).toBe(false);
  });
});

describe('the faults of an OTLP receiver', () => {
  const body = JsonTraceSerializer.serializeRequest([SPAN]);

  it('refuse what was sent, and keep its bytes', async () => {
    const faults: (OtlpFault | undefined)[] = [{ status: 503, headers: { 'retry-after': '1' }, body: 'later' }];
    const receiver = await start({ fault: (signal, index) => (signal === 'traces' ? faults[index] : undefined) });
    const refused = await post(`${receiver.url}/v1/traces`, JSON_TYPE, body);
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([503, '1', 'later']);
    expect(receiver.spans).toHaveLength(0);
    expect(receiver.contains('chat gpt-4o')).toBe(true);
    await post(`${receiver.url}/v1/traces`, JSON_TYPE, body);
    expect(receiver.spans).toHaveLength(1);
  });

  it('close the connection', async () => {
    const receiver = await start({ fault: () => 'reset' });
    await expect(post(`${receiver.url}/v1/traces`, JSON_TYPE, body)).rejects.toThrow('fetch failed');
  });

  it('give no answer until it closes', async () => {
    const receiver = await start({ fault: () => 'hang' });
    const hanging = post(`${receiver.url}/v1/traces`, JSON_TYPE, body).catch((error: unknown) => error);
    while (receiver.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await receiver.close();
    expect(await hanging).toHaveProperty('message', 'fetch failed');
  });

  it('are told from what nobody could read', async () => {
    const receiver = await start();
    expect((await post(`${receiver.url}/v1/traces`, JSON_TYPE, Buffer.from('{'))).status).toBe(400);
    expect((await post(`${receiver.url}/v1/traces`, PROTOBUF_TYPE, Buffer.from([0x0a, 0x7f]))).status).toBe(400);
    expect((await post(`${receiver.url}/v1/profiles`, JSON_TYPE, body)).status).toBe(404);
  });
});

describe('waitForSpans', () => {
  it('resolves with the spans once they are there', async () => {
    const receiver = await start();
    const two = receiver.waitForSpans(2);
    const named = receiver.waitForSpans((spans) => spans.some(({ name }) => name === 'late'));
    const spans = [buildSpan({ name: 'early' }), buildSpan({ name: 'late' })];
    await post(`${receiver.url}/v1/traces`, JSON_TYPE, JsonTraceSerializer.serializeRequest(spans));
    expect((await two).map(({ name }) => name)).toEqual(['early', 'late']);
    expect(await named).toHaveLength(2);
  });

  it('says what came instead', async () => {
    const receiver = await start();
    await post(`${receiver.url}/v1/traces`, JSON_TYPE, JsonTraceSerializer.serializeRequest([SPAN]));
    await expect(receiver.waitForSpans(3, 20)).rejects.toThrow('Expected within 20 ms 3 spans, got 1: chat gpt-4o');
  });
});
