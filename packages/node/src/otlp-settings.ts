import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { diag } from '@opentelemetry/api';
import type { ConfigurationModel, Secret } from '@genspan/configuration';
import type { OtlpHttpSpanExporterOptions, OtlpTlsOptions } from '@genspan/span-exporters';
import type { DeliverySettings } from './delivery-settings.js';

/** What the exporter of OTLP over HTTP is told, by the standard variables. */
export function otlpHttpOptions(
  { traces, otlpTraces }: ConfigurationModel,
  { maxRequestBytes }: Pick<DeliverySettings, 'maxRequestBytes'>,
): OtlpHttpSpanExporterOptions {
  const { endpoint, generalEndpoint, generalHeaders, headers, timeoutMillis, compression } = otlpTraces;
  const url = endpoint ?? (generalEndpoint === undefined ? undefined : withSignalPath(generalEndpoint));
  return {
    encoding: traces.otlpProtocol === 'http/json' ? 'json' : 'protobuf',
    ...(url === undefined ? {} : { url }),
    headers: { ...headersOf(generalHeaders), ...headersOf(headers) },
    timeoutMillis,
    compression,
    maxRequestBytes,
    ...(url?.startsWith('https:') === true ? { tls: tlsOptions(otlpTraces) } : {}),
  };
}

function tlsOptions({ certificate, clientKey, clientCertificate }: ConfigurationModel['otlpTraces']): OtlpTlsOptions {
  return {
    ...fileOption('ca', 'CERTIFICATE', certificate),
    ...fileOption('key', 'CLIENT_KEY', clientKey),
    ...fileOption('cert', 'CLIENT_CERTIFICATE', clientCertificate),
  };
}

/** The specification appends the path to what is for all signals, whatever path it has. */
function withSignalPath(endpoint: string): string {
  return `${endpoint}${endpoint.endsWith('/') ? '' : '/'}v1/traces`;
}

/** `key=value,key=value`, percent-encoded; what is not is taken as it stands, as the SDK does. */
function headersOf(text: Secret | undefined): Record<string, string> {
  const pairs = (text?.reveal() ?? '').split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [decode(pair.slice(0, at).trim()), decode(pair.slice(at + 1).trim())];
    }),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A file of PEM; one that cannot be read is one `diag` error and left out, so that the receiver decides. */
function fileOption<Name extends string>(
  option: Name,
  variable: string,
  path: string | undefined,
): { [Key in Name]?: Buffer } {
  if (path === undefined) return {};
  try {
    return { [option]: readFileSync(resolve(path)) } as { [Key in Name]: Buffer };
  } catch (error) {
    diag.error(
      `OTEL_EXPORTER_OTLP_TRACES_${variable} or OTEL_EXPORTER_OTLP_${variable}: expected a file that can be read, ` +
        `got ${codeOf(error)}; spans are sent without it`,
    );
    return {};
  }
}

/** What the system calls the error: `ENOENT`. The path is not repeated: it is in the variable. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'an error';
}
