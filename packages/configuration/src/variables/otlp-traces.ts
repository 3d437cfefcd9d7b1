import { headersType, integerType, optional, textType, urlType, wordType } from '../variable-type.js';
import { variable } from '../variable.js';
import type { TextOf } from '../variable.js';

/** gRPC also takes `host:port` and `unix:` targets, and the SDK's exporter reads them itself. */
function isGrpc(textOf: TextOf): boolean {
  const protocol = textOf('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? textOf('OTEL_EXPORTER_OTLP_PROTOCOL');
  return protocol?.toLowerCase() === 'grpc';
}

/** Where and how spans go over OTLP. A variable for traces wins over the one for all signals; headers are joined. */
export const OTLP_TRACES_VARIABLES = {
  generalEndpoint: variable({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    type: optional(urlType),
    default: undefined,
    description:
      'Where telemetry goes, `/v1/traces` and the like are appended; a Collector on `localhost:4318` if unset.',
    uncheckedWhen: isGrpc,
  }),
  endpoint: variable({
    name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    type: optional(urlType),
    default: undefined,
    description: 'Where spans go, as it is.',
    uncheckedWhen: isGrpc,
  }),
  generalHeaders: variable({
    name: 'OTEL_EXPORTER_OTLP_HEADERS',
    type: optional(headersType),
    default: undefined,
    description: 'Headers of each request: `authorization=Bearer%20…`.',
  }),
  headers: variable({
    name: 'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
    type: optional(headersType),
    default: undefined,
    description: 'Headers of requests with spans, beside those above.',
  }),
  timeoutMillis: variable({
    name: 'OTEL_EXPORTER_OTLP_TRACES_TIMEOUT',
    generalName: 'OTEL_EXPORTER_OTLP_TIMEOUT',
    type: integerType(1, 'milliseconds'),
    default: 10_000,
    description: 'Time in ms after which a request is given up.',
  }),
  compression: variable({
    name: 'OTEL_EXPORTER_OTLP_TRACES_COMPRESSION',
    generalName: 'OTEL_EXPORTER_OTLP_COMPRESSION',
    type: wordType(['gzip', 'none'] as const),
    default: 'none',
    description: 'Compression of requests; gzip costs more time than all the rest of an export.',
  }),
  certificate: variable({
    name: 'OTEL_EXPORTER_OTLP_TRACES_CERTIFICATE',
    generalName: 'OTEL_EXPORTER_OTLP_CERTIFICATE',
    type: optional(textType),
    default: undefined,
    description: 'File of the certificates that are trusted, in PEM.',
  }),
  clientKey: variable({
    name: 'OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY',
    generalName: 'OTEL_EXPORTER_OTLP_CLIENT_KEY',
    type: optional(textType),
    default: undefined,
    description: 'File of the private key to say who sends, in PEM.',
  }),
  clientCertificate: variable({
    name: 'OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE',
    generalName: 'OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE',
    type: optional(textType),
    default: undefined,
    description: 'File of the certificate to that key, in PEM.',
  }),
};
