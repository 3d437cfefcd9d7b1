import { OptionError } from '@genspan/span-processor-base';
import { OtlpHttpSpanExporter } from '../../src/otlp/otlp-http-span-exporter.js';
import { parseOtlpHttpOptions } from '../../src/otlp/otlp-http-options.js';

const SECRET = ['k', '7'.repeat(9)].join('-');

test('has the defaults of OTLP', () => {
  const { url, ...settings } = parseOtlpHttpOptions(undefined);
  expect(url.href).toBe('http://localhost:4318/v1/traces');
  expect(settings).toMatchObject({
    headers: {},
    encoding: 'protobuf',
    timeoutMillis: 10_000,
    connectTimeoutMillis: 3000,
    gzipLevel: undefined,
    maxRequestBytes: 4_194_304,
    keepAlive: true,
    secureContext: undefined,
  });
  expect(settings.userAgent).toMatch(/^genspan-otlp-exporter\/\d+\.\d+\.\d+/);
});

test('uses the URL as it is and puts the application’s product first', () => {
  const settings = parseOtlpHttpOptions({ url: 'https://otlp.example/in?team=a', userAgent: 'shop/2.1 (eu)' });
  expect(settings.url.href).toBe('https://otlp.example/in?team=a');
  expect(settings.userAgent).toMatch(/^shop\/2\.1 \(eu\) genspan-otlp-exporter\//);
});

test('leaves out headers that are the exporter’s own, whatever their case', () => {
  const { headers } = parseOtlpHttpOptions({
    headers: { 'Content-Type': 'text/plain', 'CONTENT-LENGTH': '3', 'Transfer-Encoding': 'chunked', 'X-Team': 'a' },
  });
  expect(headers).toEqual({ 'x-team': 'a' });
});

test('gives no more time to connect than to the whole', () => {
  expect(parseOtlpHttpOptions({ timeoutMillis: 500 }).connectTimeoutMillis).toBe(500);
});

test.each<[string, object, string]>([
  ['a URL that is none', { url: `me:${SECRET}@x` }, 'url'],
  ['a URL of another protocol', { url: `ftp://me:${SECRET}@h/` }, 'url'],
  ['a URL object', { url: new URL('http://h/') }, 'url'],
  ['headers as text', { headers: `api=${SECRET}` }, 'headers'],
  ['a header with a line break', { headers: { 'x-api-key': `${SECRET}\r\nhost: evil` } }, 'headers'],
  ['a header with a line feed', { headers: { 'x-api-key': `${SECRET}\n` } }, 'headers'],
  ['a header name with a line break', { headers: { [`x\r\n${SECRET}`]: 'a' } }, 'headers'],
  ['a header that is no string', { headers: { 'x-api-key': 7 } }, 'headers'],
  ['a header outside of Latin-1', { headers: { 'x-api-key': `${SECRET}→` } }, 'headers'],
  ['another encoding', { encoding: 'grpc' }, 'encoding'],
  ['no time', { timeoutMillis: 0 }, 'timeoutMillis'],
  ['more time than a timer can have', { timeoutMillis: 2 ** 31 }, 'timeoutMillis'],
  ['no time to connect', { connectTimeoutMillis: -1 }, 'connectTimeoutMillis'],
  ['another compression', { compression: 'brotli' }, 'compression'],
  ['level 0', { compressionLevel: 0 }, 'compressionLevel'],
  ['level 10', { compressionLevel: 10 }, 'compressionLevel'],
  ['no bytes', { maxRequestBytes: 0 }, 'maxRequestBytes'],
  ['a kept connection as text', { keepAlive: 'yes' }, 'keepAlive'],
  ['a user agent with a line break', { userAgent: 'shop\r\nhost: evil' }, 'userAgent'],
  ['TLS without https', { tls: { ca: 'x' } }, 'tls'],
  ['a certificate without its key', { url: 'https://h/', tls: { cert: 'x' } }, 'tls'],
  ['a key that is none', { url: 'https://h/', tls: { cert: SECRET, key: SECRET } }, 'tls'],
  ['TLS as text', { url: 'https://h/', tls: SECRET }, 'tls'],
  ['TLS that is not verified', { url: 'https://h/', tls: { rejectUnauthorized: false } }, 'tls'],
  ['a misspelt option', { timeout: 1 }, 'options'],
])('refuses %s without repeating what it holds', (_, options, option) => {
  const error = errorOf(() => new OtlpHttpSpanExporter(options));
  expect(error).toBeInstanceOf(OptionError);
  expect(error).toMatchObject({ option });
  expect(String(error)).not.toContain(SECRET);
});

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
