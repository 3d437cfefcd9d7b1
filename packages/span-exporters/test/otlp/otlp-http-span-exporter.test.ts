import { createServer as createNetServer } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { context, createContextKey, diag } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { isTracingSuppressed } from '@opentelemetry/core';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { EXPORT_FAILED, EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { ExportResultLike, ReadableSpanLike } from '@genspan/span-processor-base';
import { buildSpan, recordWarnings, startOtlpReceiver, waitUntil } from '@genspan/test-utils';
import type { OtlpFault, OtlpReceiver } from '@genspan/test-utils';
import { encodeSpans } from '../../src/otlp/encode-spans.js';
import { OtlpHttpSpanExporter } from '../../src/otlp/otlp-http-span-exporter.js';
import type { OtlpPayload } from '../../src/otlp/otlp-payload.js';
import { answering, started } from './raw-server.js';

const TRACES = '/v1/traces';
const SECRET = ['sk', 'live', '9'.repeat(20)].join('-');

let receiver: OtlpReceiver;
let fault: OtlpFault | ((index: number) => OtlpFault | undefined) | undefined;
beforeEach(async () => {
  fault = undefined;
  receiver = await startOtlpReceiver({ fault: (_, index) => (typeof fault === 'function' ? fault(index) : fault) });
});
afterEach(async () => {
  diag.disable();
  context.disable();
  await receiver.close();
});

const exportAll = (exporter: OtlpHttpSpanExporter, spans: readonly ReadableSpanLike[]): Promise<ExportResultLike> =>
  new Promise((resolve) => exporter.export(spans, resolve));

const spansNamed = (...names: string[]) =>
  names.map((name, i) => buildSpan({ name, spanId: (i + 1).toString(16).padStart(16, '0') }));

function payloadOf(spans: readonly ReadableSpanLike[]): OtlpPayload {
  const [payload] = encodeSpans(spans, { encoding: 'protobuf', maxRequestBytes: Infinity }).payloads;
  if (payload === undefined) throw new Error('Expected a payload');
  return payload;
}

describe('what arrives', () => {
  test.each([
    ['protobuf', 'none'],
    ['protobuf', 'gzip'],
    ['json', 'none'],
    ['json', 'gzip'],
  ] as const)('is every span, as %s with compression %s', async (encoding, compression) => {
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, encoding, compression });
    expect(await exportAll(exporter, spansNamed('a', 'b'))).toEqual({ code: EXPORT_SUCCESS });
    expect(receiver.spans.map(({ name }) => name)).toEqual(['a', 'b']);
    const [request] = receiver.requests;
    expect(request?.headers).toMatchObject({
      'content-type': encoding === 'json' ? 'application/json' : 'application/x-protobuf',
      'content-length': String(request?.wireBytes),
      'user-agent': expect.stringMatching(/^genspan-otlp-exporter\/\d/) as string,
    });
    expect(request?.headers['content-encoding']).toBe(compression === 'gzip' ? 'gzip' : undefined);
    expect(exporter.stats()).toEqual({
      sentSpans: 2,
      rejectedSpans: 0,
      failedSpans: 0,
      cutSpans: 0,
      requests: 1,
      retried: 0,
      bytes: request?.wireBytes,
      warnings: 0,
      failures: {},
    });
    await exporter.shutdown();
  });

  test('comes over one connection, batch after batch, and over a new one each without keepAlive', async () => {
    const ports: (number | undefined)[] = [];
    await using server = await answering((_, response, request) => {
      ports.push(request.socket.remotePort);
      response.end();
    });
    for (const keepAlive of [true, false]) {
      const exporter = new OtlpHttpSpanExporter({ url: server.url, keepAlive });
      for (const name of ['a', 'b', 'c']) await exportAll(exporter, spansNamed(name));
      await exporter.shutdown();
    }
    expect(new Set(ports.slice(0, 3)).size).toBe(1);
    expect(new Set(ports.slice(3)).size).toBe(3);
  });

  test('is what a real provider and the SDK’s batch processor hand over', async () => {
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
    const provider = new TracerProvider({
      spanProcessors: [new BatchSpanProcessor({ exporter, maxExportBatchSize: 100 })],
    });
    const tracer = provider.getTracer('app');
    for (let i = 0; i < 250; i++) tracer.startSpan(`span ${i}`).end();
    await provider.shutdown();
    expect(new Set(receiver.spans.map(({ name }) => name)).size).toBe(250);
  });

  test('is smaller at a higher level of gzip', async () => {
    const sizes: number[] = [];
    await using server = await answering((body, response) => {
      sizes.push(body.length);
      expect(gunzipSync(body).length).toBeGreaterThan(body.length);
      response.end();
    });
    const spans = Array.from({ length: 200 }, (_, i) =>
      buildSpan({ name: `span ${i}`, attributes: { i, text: `a text that says ${i * 7919} and ${i % 7}` } }),
    );
    for (const compressionLevel of [1, 9]) {
      const exporter = new OtlpHttpSpanExporter({ url: server.url, compression: 'gzip', compressionLevel });
      await exportAll(exporter, spans);
      await exporter.shutdown();
    }
    expect(sizes[1]).toBeLessThan(sizes[0] ?? 0);
  });

  test('is nothing at all of an empty batch', async () => {
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
    expect(await exportAll(exporter, [])).toEqual({ code: EXPORT_SUCCESS });
    expect(receiver.requests).toHaveLength(0);
  });

  test('is a payload that is encoded already, as it is', async () => {
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, encoding: 'json' });
    const payload = payloadOf(spansNamed('a', 'b'));
    expect(await exporter.sendOtlp(payload)).toEqual({ rejectedSpans: 0 });
    expect(receiver.requests[0]?.bytes).toEqual(payload.bytes);
    expect(receiver.requests[0]?.headers['content-type']).toBe('application/x-protobuf');
    expect(exporter.stats()).toMatchObject({ sentSpans: 2, failedSpans: 0 });
  });

  test('is not traced itself', async () => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const suppressed: boolean[] = [];
    const headers = () => {
      suppressed.push(isTracingSuppressed(context.active()));
      return {};
    };
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, headers });
    await context.with(context.active().setValue(createContextKey('mine'), 1), () =>
      exportAll(exporter, spansNamed('a')),
    );
    expect(suppressed).toEqual([true]);
  });
});

describe('headers', () => {
  test('are sent, and asked for again before each request', async () => {
    let token = 0;
    const exporter = new OtlpHttpSpanExporter({
      url: receiver.url + TRACES,
      headers: async () => Promise.resolve({ Authorization: `Bearer ${++token}`, 'content-length': '1' }),
    });
    await exportAll(exporter, spansNamed('a'));
    await exportAll(exporter, spansNamed('b'));
    expect(receiver.requests.map(({ headers }) => headers['authorization'])).toEqual(['Bearer 1', 'Bearer 2']);
    expect(receiver.spans).toHaveLength(2);
  });

  test('come from the credentials of the URL, too', async () => {
    const url = `${receiver.url}${TRACES}`.replace('http://', 'http://user:pass%20word@');
    await exportAll(new OtlpHttpSpanExporter({ url }), spansNamed('a'));
    const expected = `Basic ${Buffer.from('user:pass word').toString('base64')}`;
    expect(receiver.requests[0]?.headers['authorization']).toBe(expected);
  });

  test.each<[string, () => Promise<Record<string, string>> | Record<string, string>]>([
    [
      'throw',
      () => {
        throw new Error(SECRET);
      },
    ],
    ['reject', () => Promise.reject(new Error(SECRET))],
    ['have a line break', () => ({ 'x-key': `${SECRET}\r\nx-evil: 1` })],
    ['are none', () => JSON.parse(`"${SECRET}"`) as Record<string, string>],
  ])('that %s fail the export, and nobody reads why', async (_, headers) => {
    const lines = recordWarnings();
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, headers });
    const spans = spansNamed('a', 'b');
    for (let i = 0; i < 3; i++) {
      const result = await exportAll(exporter, spans);
      expect(result).toMatchObject({ code: EXPORT_FAILED, error: { retryable: true } });
      expect(result.losses).toEqual([{ reason: 'export_failed', count: 2, spans, error: result.error }]);
      expect(JSON.stringify(result.error) + String(result.error?.stack)).not.toContain(SECRET);
    }
    expect(receiver.requests).toHaveLength(0);
    expect(exporter.stats()).toMatchObject({ failedSpans: 6, failures: { headers: 3 } });
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(SECRET);
  });

  test('that never come end with the time limit', async () => {
    const exporter = new OtlpHttpSpanExporter({
      url: receiver.url + TRACES,
      timeoutMillis: 20,
      headers: () => new Promise(() => {}),
    });
    expect(await exportAll(exporter, spansNamed('a'))).toMatchObject({ losses: [{ reason: 'timeout' }] });
  });
});

describe('a receiver that refuses', () => {
  test.each([
    [429, true],
    [502, true],
    [503, true],
    [504, true],
    [301, false],
    [307, false],
    [400, false],
    [401, false],
    [404, false],
    [408, false],
    [413, false],
    [500, false],
    [501, false],
  ])('with %i: retryable %p, all spans named, nothing of the answer repeated', async (status, retryable) => {
    const lines = recordWarnings();
    fault = { status, body: SECRET, headers: { location: '/v1/traces', 'x-key': SECRET } };
    const exporter = new OtlpHttpSpanExporter({
      url: `${receiver.url}${TRACES}`.replace('http://', `http://me:${SECRET}@`),
      headers: { 'x-api-key': SECRET },
    });
    const spans = spansNamed('a');
    const result = await exportAll(exporter, spans);
    expect(result).toMatchObject({ code: EXPORT_FAILED, error: { name: 'ExportError', retryable, status } });
    expect(result.losses).toEqual([{ reason: 'export_failed', count: 1, spans, error: result.error }]);
    expect(exporter.stats()).toMatchObject({ sentSpans: 0, failedSpans: 1, failures: { [status]: 1 } });
    expect(`${lines.join()} ${String(result.error?.stack)} ${JSON.stringify(result.error)}`).not.toContain(SECRET);
  });

  test.each([
    [503, '2', 2000],
    [429, '-4', 0],
    [503, 'later', undefined],
    [400, '2', undefined],
  ])('with %i and Retry-After %s asks to wait for %p ms', async (status, value, retryAfterMillis) => {
    fault = { status, headers: { 'retry-after': value } };
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
    await expect(exporter.sendOtlp(payloadOf(spansNamed('a')))).rejects.toMatchObject({ status, retryAfterMillis });
  });

  test('is said once per kind of failure, however often it happens', async () => {
    const lines = recordWarnings();
    fault = (index) => ({ status: index % 2 === 0 ? 503 : 500 });
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
    for (let i = 0; i < 10; i++) await exportAll(exporter, spansNamed('a'));
    expect(lines).toHaveLength(2);
    expect(exporter.stats().failures).toEqual({ 503: 5, 500: 5 });
  });

  test('some spans of a request that it takes: the export succeeds, and their number is a loss', async () => {
    const lines = recordWarnings();
    for (const [encoding, body] of [
      ['json', JSON.stringify({ partialSuccess: { rejectedSpans: '2', errorMessage: SECRET } })],
      ['protobuf', '\n\x06\x08\x02\x12\x02no'],
    ] as const) {
      fault = { status: 200, body, headers: { 'content-type': `application/${encoding}` } };
      const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, encoding });
      expect(await exportAll(exporter, spansNamed('a', 'b', 'c'))).toEqual({
        code: EXPORT_SUCCESS,
        losses: [{ reason: 'rejected', count: 2 }],
      });
      const spans = spansNamed('a');
      // It cannot refuse more than there were, and then it is known which.
      const losses = [{ reason: 'rejected', count: 1, spans }];
      expect(await exportAll(exporter, spans)).toEqual({ code: EXPORT_SUCCESS, losses });
      expect(await exporter.sendOtlp(payloadOf(spansNamed('a', 'b', 'c')))).toEqual({ rejectedSpans: 2 });
      expect(exporter.stats()).toMatchObject({
        sentSpans: 2,
        rejectedSpans: 5,
        failedSpans: 0,
        failures: { rejected: 3 },
      });
    }
    expect(lines.join()).not.toContain(SECRET);
  });

  test('nothing and has something to say: counted', async () => {
    fault = { status: 200, body: '{"partialSuccess":{"errorMessage":"deprecated"}}' };
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, encoding: 'json' });
    expect(await exportAll(exporter, spansNamed('a'))).toEqual({ code: EXPORT_SUCCESS });
    expect(exporter.stats()).toMatchObject({ sentSpans: 1, warnings: 1, failures: {} });
  });

  test.each(['garbage', '{"partialSuccess":', '\xff\xff\xff', '<html>'])('%j with 200 is a success', async (body) => {
    fault = { status: 200, body };
    for (const encoding of ['json', 'protobuf'] as const) {
      const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, encoding });
      expect(await exportAll(exporter, spansNamed('a'))).toEqual({ code: EXPORT_SUCCESS });
    }
  });
});

describe('too large', () => {
  test('a batch goes in several requests, each within the limit', async () => {
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, maxRequestBytes: 1000 });
    const spans = spansNamed(...Array.from({ length: 100 }, (_, i) => `span ${i}`));
    expect(await exportAll(exporter, spans)).toEqual({ code: EXPORT_SUCCESS });
    expect(receiver.requests.length).toBeGreaterThan(5);
    expect(Math.max(...receiver.requests.map(({ wireBytes }) => wireBytes))).toBeLessThanOrEqual(1000);
    expect(new Set(receiver.spans.map(({ name }) => name)).size).toBe(100);
    expect(exporter.stats()).toMatchObject({ sentSpans: 100, requests: receiver.requests.length, retried: 0 });
  });

  test('of a split batch only the spans of requests that failed are named', async () => {
    fault = (index) => (index % 2 === 0 ? { status: 503 } : undefined);
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, maxRequestBytes: 1000 });
    const spans = spansNamed(...Array.from({ length: 100 }, (_, i) => `span ${i}`));
    const result = await exportAll(exporter, spans);
    expect(result.code).toBe(EXPORT_FAILED);
    const lost = result.losses?.flatMap((loss) => loss.spans ?? []).map(({ name }) => name) ?? [];
    const arrived = receiver.spans.map(({ name }) => name);
    expect([...lost, ...arrived].sort()).toEqual(spans.map(({ name }) => name).sort());
    expect(lost.length).toBeGreaterThan(0);
    expect(arrived.length).toBeGreaterThan(0);
    expect(exporter.stats()).toMatchObject({ sentSpans: arrived.length, failedSpans: lost.length });
  });

  test('for the receiver (413): halves, down to the envelope of the span that is too large', async () => {
    const LIMIT = 2000;
    await using server = await answering((body, response) => {
      if (body.length > LIMIT) response.writeHead(413).end();
      else forward(body, () => response.end());
    });
    const names: string[] = [];
    const forward = (body: Buffer, done: () => void) => {
      void fetch(receiver.url + TRACES, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': 'application/x-protobuf' },
      }).then(done);
    };
    const exporter = new OtlpHttpSpanExporter({ url: server.url });
    const spans = spansNamed(...Array.from({ length: 30 }, (_, i) => `span ${i}`));
    spans[11] = buildSpan({ name: 'large', attributes: { text: 'x'.repeat(5000), small: 1 } });
    expect(await exportAll(exporter, spans)).toEqual({ code: EXPORT_SUCCESS });
    names.push(...receiver.spans.map(({ name }) => name));
    expect(names.sort()).toEqual(spans.map(({ name }) => name).sort());
    const large = receiver.spans.find(({ name }) => name === 'large');
    expect(large?.attributes).toMatchObject({ small: 1 });
    expect(Number(large?.attributes['genspan.export.cut_bytes'])).toBeGreaterThan(5000);
    const { cutSpans, sentSpans, requests, retried } = exporter.stats();
    expect({ cutSpans, sentSpans }).toEqual({ cutSpans: 1, sentSpans: 30 });
    expect(retried).toBe(requests - 1);
  });

  test('for a receiver that takes nothing: every span is named, once, after a bounded number of requests', async () => {
    fault = { status: 413 };
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
    const spans = spansNamed(...Array.from({ length: 8 }, (_, i) => `span ${i}`));
    const { code, losses = [] } = await exportAll(exporter, spans);
    expect(code).toBe(EXPORT_FAILED);
    const lost = losses.flatMap((loss) => loss.spans ?? []).map(({ name }) => name);
    expect(lost.sort()).toEqual(spans.map(({ name }) => name).sort());
    expect(exporter.stats()).toMatchObject({ sentSpans: 0, failedSpans: 8 });
    expect(receiver.requests.length).toBeLessThanOrEqual(15 + 8);
  });

  test('with sendOtlp the payload is refused as it is, for good', async () => {
    fault = { status: 413 };
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
    const sent = exporter.sendOtlp(payloadOf(spansNamed('a', 'b')));
    await expect(sent).rejects.toMatchObject({ status: 413, retryable: false });
    expect(receiver.requests).toHaveLength(1);
  });
});

test('a span that cannot be read is lost alone', async () => {
  const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
  const broken = Object.defineProperty(buildSpan({ name: 'broken' }), 'attributes', {
    get: () => {
      throw new Error(SECRET);
    },
  });
  const result = await exportAll(exporter, [...spansNamed('a'), broken, ...spansNamed('b')]);
  expect(result.code).toBe(EXPORT_FAILED);
  expect(result.losses).toHaveLength(1);
  expect(result.losses?.[0]).toMatchObject({ reason: 'encoding', count: 1 });
  expect(result.losses?.[0]?.spans?.[0]).toBe(broken);
  expect(receiver.spans.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(exporter.stats()).toMatchObject({ sentSpans: 2, failedSpans: 1 });
});

describe('the network', () => {
  test('refuses: retryable, by its code', async () => {
    const server = await started(createNetServer());
    await server[Symbol.asyncDispose]();
    const exporter = new OtlpHttpSpanExporter({ url: server.url });
    const result = await exportAll(exporter, spansNamed('a'));
    expect(result).toMatchObject({ code: EXPORT_FAILED, error: { retryable: true, code: 'ECONNREFUSED' } });
    expect(exporter.stats()).toMatchObject({ failures: { ECONNREFUSED: 1 }, bytes: 0, retried: 0 });
  });

  test('refuses both addresses of localhost', async () => {
    const server = await started(createNetServer());
    await server[Symbol.asyncDispose]();
    const exporter = new OtlpHttpSpanExporter({ url: `http://localhost:${server.port}/v1/traces` });
    expect(await exportAll(exporter, spansNamed('a'))).toMatchObject({ error: { code: 'ECONNREFUSED' } });
  });

  test('breaks: retryable, sent once on a new connection', async () => {
    fault = 'reset';
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
    expect(await exportAll(exporter, spansNamed('a'))).toMatchObject({
      error: { retryable: true, code: 'ECONNRESET' },
    });
    expect(receiver.requests).toHaveLength(1);
    expect(exporter.stats().retried).toBe(0);
  });

  test('has closed a kept connection: the request is made once more on a new one', async () => {
    let count = 0;
    await using server = await answering((_, response, request) => {
      count += 1;
      // The second request of a connection meets a closed one, as when the receiver's idle time is up at that moment.
      if (count === 2) request.socket.resetAndDestroy();
      else response.end();
    });
    const exporter = new OtlpHttpSpanExporter({ url: server.url });
    for (const name of ['a', 'b', 'c']) {
      expect(await exportAll(exporter, spansNamed(name))).toEqual({ code: EXPORT_SUCCESS });
    }
    expect(exporter.stats()).toMatchObject({ sentSpans: 3, requests: 4, retried: 1, failures: {} });
    expect(exporter.deliveryCounts()).toEqual({ retried: 1, bytes: exporter.stats().bytes });
  });

  test('closes every connection after one answer: not tried again for ever', async () => {
    let count = 0;
    await using server = await answering((_, response, request) => {
      count += 1;
      if (count === 1) response.end();
      else request.socket.resetAndDestroy();
    });
    const exporter = new OtlpHttpSpanExporter({ url: server.url });
    await exportAll(exporter, spansNamed('a'));
    expect(await exportAll(exporter, spansNamed('b'))).toMatchObject({ error: { code: 'ECONNRESET' } });
    expect(count).toBe(3);
  });

  test('a receiver that is started anew on its port loses nothing', async () => {
    const first = await answering((_, response) => response.end());
    const exporter = new OtlpHttpSpanExporter({ url: first.url });
    await Promise.all(['a', 'b', 'c'].map((name) => exportAll(exporter, spansNamed(name))));
    await first[Symbol.asyncDispose]();
    const { createServer } = await import('node:http');
    await using _second = await started(
      createServer((request, response) => request.resume().on('end', () => response.end())),
      'http',
      first.port,
    );
    expect(await exportAll(exporter, spansNamed('d'))).toEqual({ code: EXPORT_SUCCESS });
  });

  test('speaks no HTTP', async () => {
    await using server = await started(
      createNetServer((socket) => socket.on('error', () => {}).end('220 smtp ready\r\n')),
    );
    const exporter = new OtlpHttpSpanExporter({ url: server.url });
    const result = await exportAll(exporter, spansNamed('a'));
    expect(result).toMatchObject({ code: EXPORT_FAILED, error: { retryable: true } });
  });
});

describe('the time limit', () => {
  test('ends a request that is never answered, and its connection', async () => {
    let isClosed = false;
    await using server = await answering((_, __, request) => request.socket.on('close', () => (isClosed = true)));
    const exporter = new OtlpHttpSpanExporter({ url: server.url, timeoutMillis: 50 });
    const begun = performance.now();
    const spans = spansNamed('a');
    const result = await exportAll(exporter, spans);
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(result.losses).toEqual([{ reason: 'timeout', count: 1, spans, error: result.error }]);
    expect(result.error).toMatchObject({ retryable: true, code: 'ETIMEDOUT', status: undefined });
    expect(exporter.stats()).toMatchObject({ failures: { timeout: 1 }, failedSpans: 1 });
    await waitUntil(
      () => isClosed,
      2000,
      () => 'the connection to be closed',
    );
  });

  test('is the whole time, though the head of the answer drips', async () => {
    await using server = await started(
      createNetServer((socket) => {
        socket.on('error', () => {});
        const text = `HTTP/1.1 200 OK\r\nx-drip: ${'.'.repeat(10_000)}`;
        let at = 0;
        const timer = setInterval(() => socket.write(text.slice(at, (at += 10))), 5);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    const exporter = new OtlpHttpSpanExporter({ url: server.url, timeoutMillis: 100 });
    const begun = performance.now();
    expect(await exportAll(exporter, spansNamed('a'))).toMatchObject({ losses: [{ reason: 'timeout' }] });
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  test.each([
    [200, EXPORT_SUCCESS],
    [503, EXPORT_FAILED],
  ])('ends an answer that drips after its status %i, which counts', async (status, code) => {
    let isClosed = false;
    await using server = await answering((_, response, request) => {
      response.writeHead(status, { 'content-length': '100000' });
      const timer = setInterval(() => response.write(' '), 5);
      request.socket.on('close', () => {
        clearInterval(timer);
        isClosed = true;
      });
    });
    const exporter = new OtlpHttpSpanExporter({ url: server.url, timeoutMillis: 100 });
    const begun = performance.now();
    expect((await exportAll(exporter, spansNamed('a'))).code).toBe(code);
    expect(performance.now() - begun).toBeLessThan(1000);
    await waitUntil(
      () => isClosed,
      2000,
      () => 'the connection to be closed',
    );
  });

  test('is not waited for when an answer has no end', async () => {
    let isClosed = false;
    await using server = await answering((_, response, request) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (response.write(Buffer.alloc(65_536, 0x20)) && !isClosed);
      };
      response.on('drain', more);
      request.socket.on('close', () => (isClosed = true));
      more();
    });
    const exporter = new OtlpHttpSpanExporter({ url: server.url, timeoutMillis: 60_000, encoding: 'json' });
    expect(await exportAll(exporter, spansNamed('a'))).toEqual({ code: EXPORT_SUCCESS });
    await waitUntil(
      () => isClosed,
      2000,
      () => 'the connection to be closed',
    );
  });

  test('does not wait for an upload that an early answer has made useless', async () => {
    await using server = await started(
      createNetServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => {
          socket.pause();
          socket.write('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n');
        });
      }),
    );
    const exporter = new OtlpHttpSpanExporter({ url: server.url, timeoutMillis: 60_000, maxRequestBytes: 1e9 });
    const large = buildSpan({ attributes: { text: 'x'.repeat(32_000_000) } });
    expect(await exportAll(exporter, [large])).toMatchObject({ error: { status: 400 } });
    await exporter.shutdown();
  });
});

describe('forceFlush() and shutdown()', () => {
  test('wait for what is under way', async () => {
    const answers: (() => void)[] = [];
    await using server = await answering((_, response) => answers.push(() => response.end()));
    const exporter = new OtlpHttpSpanExporter({ url: server.url });
    for (const end of [() => exporter.forceFlush(), () => exporter.shutdown()]) {
      const order: string[] = [];
      exporter.export(spansNamed('a'), () => order.push('exported'));
      const sent = exporter.sendOtlp(payloadOf(spansNamed('b'))).then(() => order.push('sent'));
      const ended = end().then(() => order.push('ended'));
      await waitUntil(
        () => answers.length === 2,
        2000,
        () => 'two requests',
      );
      expect(order).toEqual([]);
      for (const answer of answers.splice(0)) answer();
      await Promise.all([sent, ended]);
      expect([...order].sort()).toEqual(['ended', 'exported', 'sent']);
      expect(order.at(-1)).toBe('ended');
    }
  });

  test('shutdown() gives up after timeoutMillis, and every export after it fails at once', async () => {
    fault = 'hang';
    const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES, timeoutMillis: 60 });
    const under = exportAll(exporter, spansNamed('a'));
    await exporter.shutdown();
    expect(await under).toMatchObject({ code: EXPORT_FAILED });
    const spans = spansNamed('b', 'c');
    const late = await exportAll(exporter, spans);
    expect(late).toMatchObject({ code: EXPORT_FAILED, losses: [{ reason: 'shutdown', count: 2, spans }] });
    await expect(exporter.sendOtlp(payloadOf(spans))).rejects.toMatchObject({ code: 'ESHUTDOWN', retryable: true });
    expect(receiver.requests.length).toBeLessThanOrEqual(1);
    expect(exporter.stats()).toMatchObject({ failedSpans: 5, sentSpans: 0 });
    await exporter.shutdown();
    await exporter.forceFlush();
  });

  test('shutdown() stops a batch of many requests in time', async () => {
    fault = 'hang';
    const exporter = new OtlpHttpSpanExporter({
      url: receiver.url + TRACES,
      timeoutMillis: 100,
      maxRequestBytes: 300,
    });
    const spans = spansNamed(...Array.from({ length: 60 }, (_, i) => `span ${i}`));
    const under = exportAll(exporter, spans);
    const begun = performance.now();
    await exporter.shutdown();
    expect(performance.now() - begun).toBeLessThan(1000);
    const { losses = [] } = await under;
    expect(losses.reduce((sum, { count }) => sum + count, 0)).toBe(60);
    expect(new Set(losses.map(({ reason }) => reason))).toContain('shutdown');
    expect(exporter.stats().failedSpans).toBe(60);
  });
});

test('a result callback that throws is counted and harms nothing', async () => {
  const exporter = new OtlpHttpSpanExporter({ url: receiver.url + TRACES });
  exporter.export(spansNamed('a'), () => {
    throw new Error('mine');
  });
  await exporter.forceFlush();
  expect(exporter.stats()).toMatchObject({ sentSpans: 1, failures: { resultCallback: 1 } });
});
