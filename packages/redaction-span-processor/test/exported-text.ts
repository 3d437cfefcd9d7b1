import {
  JsonLogsSerializer,
  JsonTraceSerializer,
  ProtobufLogsSerializer,
  ProtobufTraceSerializer,
} from '@opentelemetry/otlp-transformer';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** What leaves as OTLP, JSON and protobuf, as one text; bytes within JSON are decoded. */
export function exportedSpans(spans: ReadableSpan[]): string {
  return textOf(JsonTraceSerializer.serializeRequest(spans), ProtobufTraceSerializer.serializeRequest(spans));
}

/** What leaves as OTLP, JSON and protobuf, as one text; bytes within JSON are decoded. */
export function exportedLogs(records: ReadableLogRecord[]): string {
  return textOf(JsonLogsSerializer.serializeRequest(records), ProtobufLogsSerializer.serializeRequest(records));
}

function textOf(json: Uint8Array | undefined, protobuf: Uint8Array | undefined): string {
  if (json === undefined || protobuf === undefined) throw new Error('Nothing was serialised');
  const text = Buffer.from(json).toString('utf8');
  const bytes = Array.from(text.matchAll(/"bytesValue":"([^"]*)"/g), ([, base64]) =>
    Buffer.from(base64 ?? '', 'base64').toString('utf8'),
  );
  return [text, ...bytes, Buffer.from(protobuf).toString('utf8')].join('\n');
}
