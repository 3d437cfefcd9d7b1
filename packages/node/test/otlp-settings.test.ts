import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diag } from '@opentelemetry/api';
import { readEnvironment } from '@genspan/configuration';
import { otlpHttpOptions } from '../src/otlp-settings.js';
import { captureDiag } from './captured-diag.js';

const optionsOf = (environment: Record<string, string>) => {
  const { model } = readEnvironment(environment);
  return otlpHttpOptions(model, model.export);
};

afterEach(() => diag.disable());

test('is the receiver that the exporter assumes, when nothing is said', () => {
  expect(optionsOf({})).toEqual({
    encoding: 'protobuf',
    headers: {},
    timeoutMillis: 10_000,
    compression: 'none',
    maxRequestBytes: 4_194_304,
  });
});

test.each([
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1' }, 'http://a:1/v1/traces'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://a/otlp/' }, 'https://a/otlp/v1/traces'],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://b/x' }, 'http://b/x'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://b' }, 'http://b'],
])('sends to the endpoint of %j', (environment, url) => {
  expect(optionsOf(environment)).toMatchObject({ url });
});

test('joins the headers, those for traces first, and decodes them', () => {
  expect(
    optionsOf({
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20general, x-team = a%2Cb',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'authorization=Basic%20abc==,odd=100%',
    }).headers,
  ).toEqual({ authorization: 'Basic abc==', 'x-team': 'a,b', odd: '100%' });
});

test('takes protocol, time and compression', () => {
  expect(
    optionsOf({
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TIMEOUT: '5',
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
      OTEL_GENSPAN_EXPORT_MAX_REQUEST_BYTES: '5000',
    }),
  ).toMatchObject({ encoding: 'json', timeoutMillis: 5, compression: 'gzip', maxRequestBytes: 5000 });
});

test('reads the files of certificates, and says which it cannot read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otlp-settings-'));
  const file = join(folder, 'ca.pem');
  writeFileSync(file, 'pem');
  const { errors } = captureDiag();
  const { tls } = optionsOf({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://a',
    OTEL_EXPORTER_OTLP_CERTIFICATE: file,
    OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: join(folder, 'missing.pem'),
  });
  expect(tls).toEqual({ ca: Buffer.from('pem') });
  expect(errors).toEqual([expect.stringMatching(/^OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY or .* got ENOENT; /)]);
  expect(optionsOf({ OTEL_EXPORTER_OTLP_CERTIFICATE: file })).not.toHaveProperty('tls');
  rmSync(folder, { recursive: true });
});
