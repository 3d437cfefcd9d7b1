import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import {
  OptionError,
  expectBoolean,
  expectInteger,
  expectNonEmptyString,
  expectOneOf,
  expectOptions,
} from '@genspan/span-processor-base';
import { PACKAGE_VERSION } from '../package-info.js';
import { expectHeaders, redacted } from './otlp-http-headers.js';
import type { HttpHeaders } from './otlp-http-headers.js';
import type { OtlpEncoding } from './otlp-payload.js';

const TLS_OPTIONS = ['ca', 'cert', 'key', 'passphrase'];
/** Longest time a timer can have. */
const MAX_MILLIS = 2_147_483_647;
/** The version of the exporter, as the specification of OTLP exporters asks for. */
const PRODUCT = `genspan-otlp-exporter/${PACKAGE_VERSION}`;

/** Certificates and keys in PEM. */
export interface OtlpTlsOptions {
  /** Authorities that may have signed the receiver's certificate, in place of those that Node knows. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
  /** The certificate that the client shows, with its chain. */
  readonly cert?: string | Buffer;
  /** The private key of `cert`. */
  readonly key?: string | Buffer;
  /** What `key` is encrypted with. */
  readonly passphrase?: string;
}

/** Options of `OtlpHttpSpanExporter`. */
export interface OtlpHttpSpanExporterOptions {
  /**
   * Where to send to, used as it is: `/v1/traces` is not added. A name and password in it become an `Authorization` header.
   * @defaultValue `http://localhost:4318/v1/traces`
   */
  url?: string;
  /**
   * Headers to add, or a function that gives them, asked for each request; it may return a promise, as for a token that is
   * renewed. When it throws, rejects or does not answer in time, the export fails and may be tried again. Headers
   * of the body and the connection (`content-type`, `content-length`, `user-agent`, …) are the exporter's own: given ones are
   * left out.
   * @defaultValue none
   */
  headers?: Readonly<Record<string, string>> | (() => HeadersLike | Promise<HeadersLike>);
  /** @defaultValue `protobuf` */
  encoding?: OtlpEncoding;
  /**
   * Longest time in ms for one request, from the asking for headers to the end of the answer. It is the whole time, not a
   * pause between bytes.
   * @defaultValue 10000
   */
  timeoutMillis?: number;
  /**
   * Longest time in ms to find the receiver's address and connect. It is shorter because Node keeps a process alive
   * while it connects. Never more than `timeoutMillis`.
   * @defaultValue 3000
   */
  connectTimeoutMillis?: number;
  /**
   * Compression of requests. It saves most of the bytes and costs more time than encoding does, though not on the main thread.
   * @defaultValue `none`
   */
  compression?: 'none' | 'gzip';
  /**
   * Level of gzip, 1 (fastest) to 9 (smallest).
   * @defaultValue 1
   */
  compressionLevel?: number;
  /**
   * Size in bytes, before compression, above which a batch is split into several requests. A span that alone is larger is
   * cut down to its envelope.
   * @defaultValue 4194304 (4 MiB): what a gRPC server takes by default, so that a gateway can hand the request on as it is
   */
  maxRequestBytes?: number;
  /**
   * Whether connections are used again.
   * @defaultValue true
   */
  keepAlive?: boolean;
  /**
   * Certificates for `https`. The receiver's certificate is always verified.
   * @defaultValue those that Node knows; no client certificate
   */
  tls?: OtlpTlsOptions;
  /**
   * The application's product and version, put before the exporter's own: `shop/2.1`.
   * @defaultValue only the exporter's
   */
  userAgent?: string;
}

/** Headers as the caller gives them. */
type HeadersLike = Readonly<Record<string, string>>;

/** Options checked, with defaults. */
export interface OtlpHttpSettings {
  readonly url: URL;
  /** Fixed ones, or the function; what it returns is still unchecked. */
  readonly headers: HttpHeaders | (() => unknown);
  readonly encoding: OtlpEncoding;
  readonly timeoutMillis: number;
  readonly connectTimeoutMillis: number;
  /** The level of gzip; absent means uncompressed. */
  readonly gzipLevel: number | undefined;
  readonly maxRequestBytes: number;
  readonly keepAlive: boolean;
  readonly secureContext: SecureContext | undefined;
  readonly userAgent: string;
}

/** @throws OptionError when an option is wrong; its message repeats no URL with credentials, no header and no key. */
export function parseOtlpHttpOptions(options: unknown): OtlpHttpSettings {
  const given = expectOptions(options, [
    'url',
    'headers',
    'encoding',
    'timeoutMillis',
    'connectTimeoutMillis',
    'compression',
    'compressionLevel',
    'maxRequestBytes',
    'keepAlive',
    'tls',
    'userAgent',
  ]);
  const url = expectUrl(given['url'] ?? 'http://localhost:4318/v1/traces');
  const compression = expectOneOf('compression', given['compression'] ?? 'none', ['none', 'gzip']);
  const level = expectAtMost('compressionLevel', given['compressionLevel'] ?? 1, 9);
  const timeoutMillis = expectAtMost('timeoutMillis', given['timeoutMillis'] ?? 10_000, MAX_MILLIS);
  const connectMillis = expectAtMost('connectTimeoutMillis', given['connectTimeoutMillis'] ?? 3000, MAX_MILLIS);
  const headers = given['headers'] ?? {};
  return Object.freeze({
    url,
    headers: typeof headers === 'function' ? (headers as () => unknown) : expectHeaders(headers),
    encoding: expectOneOf('encoding', given['encoding'] ?? 'protobuf', ['protobuf', 'json']),
    timeoutMillis,
    connectTimeoutMillis: Math.min(connectMillis, timeoutMillis),
    gzipLevel: compression === 'gzip' ? level : undefined,
    maxRequestBytes: expectInteger('maxRequestBytes', given['maxRequestBytes'] ?? 4_194_304),
    keepAlive: expectBoolean('keepAlive', given['keepAlive'] ?? true),
    secureContext: given['tls'] === undefined ? undefined : expectTls(given['tls'], url),
    userAgent: given['userAgent'] === undefined ? PRODUCT : `${expectProduct(given['userAgent'])} ${PRODUCT}`,
  });
}

function expectAtMost(option: string, value: unknown, max: number): number {
  const integer = expectInteger(option, value);
  if (integer <= max) return integer;
  throw new OptionError(option, `to be an integer of at most ${max}`, value);
}

function expectUrl(value: unknown): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  // It may hold a password.
  throw new OptionError('url', 'to be an http or https URL', redacted(value));
}

function expectTls(value: unknown, url: URL): SecureContext {
  if (typeof value !== 'object' || value === null || Object.keys(value).some((name) => !TLS_OPTIONS.includes(name))) {
    throw new OptionError('tls', 'to be an object with `ca`, `cert`, `key` or `passphrase`', redacted(value));
  }
  const { ca, cert, key, passphrase } = value as Record<string, unknown>;
  if (url.protocol !== 'https:') throw new OptionError('tls', 'only together with an https `url`', value);
  const authorities: unknown[] = Array.isArray(ca) ? ca : [ca];
  const isRight = [...authorities, cert, key, passphrase].every((item) => item === undefined || isPem(item));
  if (!isRight || (cert === undefined) !== (key === undefined)) {
    throw new OptionError('tls', 'to have PEM as `ca`, and as `cert` together with `key`', value);
  }
  try {
    return createSecureContext(value);
  } catch {
    throw new OptionError('tls', 'to have certificates and keys in PEM that belong together', value);
  }
}

function isPem(value: unknown): boolean {
  return typeof value === 'string' || Buffer.isBuffer(value);
}

function expectProduct(value: unknown): string {
  const product = expectNonEmptyString('userAgent', value);
  if (/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(product)) return product;
  throw new OptionError('userAgent', 'to be printable ASCII', value);
}
