import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';

import { listen, type LoopbackServer } from '../loopback-server.js';
import { flattenHeaders, readBody } from '../openai-server/recorded-request.js';
import { waitUntil } from '../wait-until.js';
import { logRecordsOf, metricPointsOf, spansOf } from './flatten.js';
import { OTLP_MESSAGES } from './otlp-messages.js';
import { readMessage } from './protobuf-reader.js';
import type { ReceivedLogRecord, ReceivedMetricPoint, ReceivedSpan } from './received.js';

/** Which of the three an export request carries. */
export type OtlpSignal = 'traces' | 'metrics' | 'logs';

/** What goes wrong with a request: an HTTP status, or no answer, or a closed connection. */
export type OtlpFault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hang'
  | 'reset';

/** One export request as it arrived. */
export interface OtlpRequest {
  readonly signal: OtlpSignal;
  readonly path: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body after decompression. */
  readonly bytes: Buffer;
  /** Size on the wire in bytes. */
  readonly wireBytes: number;
  /** The fault it met, if any; what it carried was then not taken. */
  readonly fault: OtlpFault | undefined;
}

/** Options of {@link startOtlpReceiver}. */
export interface OtlpReceiverOptions {
  /**
   * Called for each request with how many came before it; returns the fault it meets, or nothing.
   *
   * @defaultValue no faults
   */
  readonly fault?: (signal: OtlpSignal, index: number) => OtlpFault | undefined;
}

/** A running receiver. */
export interface OtlpReceiver extends LoopbackServer {
  readonly requests: readonly OtlpRequest[];
  readonly spans: readonly ReceivedSpan[];
  readonly metrics: readonly ReceivedMetricPoint[];
  readonly logs: readonly ReceivedLogRecord[];
  /**
   * Resolves with all spans once there are at least `wanted`, or once the predicate holds.
   *
   * @throws Error (rejects) after `timeoutMillis` (10 000), naming the spans that did arrive.
   */
  waitForSpans(
    wanted: number | ((spans: readonly ReceivedSpan[]) => boolean),
    timeoutMillis?: number,
  ): Promise<readonly ReceivedSpan[]>;
  /** Whether `text` occurs anywhere in the bytes of any request, refused ones and headers included. */
  contains(text: string): boolean;
}

const SIGNALS: Readonly<Record<string, { signal: OtlpSignal; message: string }>> = {
  '/v1/traces': { signal: 'traces', message: 'ExportTraceServiceRequest' },
  '/v1/metrics': { signal: 'metrics', message: 'ExportMetricsServiceRequest' },
  '/v1/logs': { signal: 'logs', message: 'ExportLogsServiceRequest' },
};

/** Starts an OTLP/HTTP receiver on the loopback interface: traces, metrics and logs; JSON and protobuf; gzip. */
export async function startOtlpReceiver(options: OtlpReceiverOptions = {}): Promise<OtlpReceiver> {
  const requests: OtlpRequest[] = [];
  const spans: ReceivedSpan[] = [];
  const metrics: ReceivedMetricPoint[] = [];
  const logs: ReceivedLogRecord[] = [];

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const wire = await readBody(request);
    const headers = flattenHeaders(request.headers);
    const path = request.url ?? '/';
    const target = SIGNALS[path];
    if (target === undefined) {
      response.writeHead(404).end();
      return;
    }
    const bytes = headers['content-encoding'] === 'gzip' ? gunzipSync(wire) : wire;
    const fault = options.fault?.(target.signal, requests.length);
    requests.push({ signal: target.signal, path, headers, bytes, wireBytes: wire.length, fault });
    if (fault !== undefined) return meetFault(response, fault);
    const isJson = headers['content-type']?.startsWith('application/json') === true;
    const decoded: unknown = isJson ? JSON.parse(bytes.toString()) : readMessage(bytes, target.message, OTLP_MESSAGES);
    // All three: each takes only what its own request type carries.
    spans.push(...spansOf(decoded));
    metrics.push(...metricPointsOf(decoded));
    logs.push(...logRecordsOf(decoded));
    response.writeHead(200, { 'content-type': isJson ? 'application/json' : 'application/x-protobuf' });
    response.end(isJson ? '{}' : Buffer.alloc(0));
  };

  const server = createServer((request, response) => {
    receive(request, response).catch((error: unknown) => {
      if (!response.destroyed) response.writeHead(400).end(String(error));
    });
  });
  const listening = await listen(server);
  return {
    ...listening,
    requests,
    spans,
    metrics,
    logs,
    waitForSpans: async (wanted, timeoutMillis = 10_000) => {
      const enough = typeof wanted === 'number' ? () => spans.length >= wanted : () => wanted(spans);
      await waitUntil(enough, timeoutMillis, () => {
        const expected = typeof wanted === 'number' ? `${wanted} spans` : 'the expected spans';
        return `${expected}, got ${spans.length}: ${spans.map(({ name }) => name).join(', ')}`;
      });
      return spans;
    },
    contains: (text) =>
      requests.some(({ bytes, headers }) => bytes.includes(text) || JSON.stringify(headers).includes(text)),
  };
}

function meetFault(response: ServerResponse, fault: OtlpFault): void {
  if (fault === 'hang') return;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(fault.status, fault.headers).end(fault.body);
}
