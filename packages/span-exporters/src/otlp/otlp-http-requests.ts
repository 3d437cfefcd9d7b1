import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { withoutTracing } from '@genspan/span-processor-base';
import { Deadline } from '../deadline.js';
import { ExportError, TIMED_OUT, isExportError } from '../export-error.js';
import { parseRetryAfter } from '../retry-after.js';
import { DeliveryFailures } from './delivery-failures.js';
import { OtlpHttpClient } from './otlp-http-client.js';
import type { HttpAnswer } from './otlp-http-client.js';
import { expectHeaders } from './otlp-http-headers.js';
import type { HttpHeaders } from './otlp-http-headers.js';
import type { OtlpHttpSettings } from './otlp-http-options.js';
import { OTLP_MEDIA_TYPES } from './otlp-payload.js';
import type { OtlpPayload, OtlpReceipt } from './otlp-payload.js';
import { readOtlpResponse } from './otlp-response.js';

const gzipped = promisify(gzip);

/** The statuses after which the specification lets a client send again. */
const RETRYABLE_STATUSES = new Set([429, 502, 503, 504]);

/** The `code` of the error of a function `headers` that failed. */
const HEADERS = 'HEADERS';

/** Sends payloads, each in one request with one deadline. */
export class OtlpHttpRequests {
  readonly #settings: OtlpHttpSettings;
  readonly #client: OtlpHttpClient;
  readonly #ownHeaders: HttpHeaders;
  readonly #failures = new DeliveryFailures('OtlpHttpSpanExporter');
  readonly #deadlines = new Set<Deadline>();
  #stopped: Error | undefined;
  #warnings = 0;

  constructor(settings: OtlpHttpSettings) {
    this.#settings = settings;
    this.#client = new OtlpHttpClient(settings);
    this.#ownHeaders = {
      'user-agent': settings.userAgent,
      ...(settings.gzipLevel === undefined ? {} : { 'content-encoding': 'gzip' }),
    };
  }

  /** Requests, repeated ones, and the bytes of their bodies. */
  get counts(): { readonly requests: number; readonly retried: number; readonly bytes: number } {
    return this.#client.counts;
  }

  /** Answers that took everything and yet had something to say. */
  get warnings(): number {
    return this.#warnings;
  }

  get failures(): DeliveryFailures {
    return this.#failures;
  }

  /** @throws ExportError (rejects) when the receiver did not take it. */
  async send(payload: OtlpPayload): Promise<OtlpReceipt> {
    if (this.#stopped !== undefined) throw this.#stopped;
    const deadline = new Deadline(this.#settings.timeoutMillis, () => this.#timeUp());
    this.#deadlines.add(deadline);
    try {
      return await withoutTracing(() => this.#send(payload, deadline));
    } catch (error) {
      const failure = isExportError(error) ? error : unexpected();
      this.#failures.record(kindOf(failure), failure.message);
      throw failure;
    } finally {
      deadline.clear();
      this.#deadlines.delete(deadline);
    }
  }

  /** Ends what is under way with this error, closes the connections and sends no more. */
  stop(error: Error): void {
    this.#stopped = error;
    for (const deadline of this.#deadlines) deadline.end(error);
    this.#client.close();
  }

  async #send(payload: OtlpPayload, deadline: Deadline): Promise<OtlpReceipt> {
    const { headers, gzipLevel: level } = this.#settings;
    const given = typeof headers === 'function' ? await askForHeaders(headers, deadline) : headers;
    const mediaType = OTLP_MEDIA_TYPES[payload.encoding];
    const body = level === undefined ? payload.bytes : await deadline.race(gzipped(payload.bytes, { level }));
    const answer = await this.#client.post(
      body,
      { ...given, ...this.#ownHeaders, 'content-type': mediaType },
      deadline,
    );
    if (answer.status < 200 || answer.status > 299) throw refusal(answer);
    const isJson = (answer.contentType || mediaType).includes('json');
    const { rejectedSpans, hasMessage } = readOtlpResponse(answer.body, isJson);
    if (rejectedSpans > 0)
      this.#failures.record('rejected', 'The receiver refused some spans of a request that it took');
    else if (hasMessage) this.#warnings += 1;
    return { rejectedSpans: Math.min(rejectedSpans, payload.spanCount) };
  }

  #timeUp(): ExportError {
    const message = `The receiver did not answer within ${this.#settings.timeoutMillis} ms`;
    return new ExportError(message, { retryable: true, code: TIMED_OUT });
  }
}

async function askForHeaders(headers: () => unknown, deadline: Deadline): Promise<HttpHeaders> {
  try {
    return expectHeaders(await deadline.race(Promise.resolve(headers())));
  } catch (error) {
    if (isExportError(error)) throw error;
    // Whatever it was, a token that could not be had among it, may be over the next time.
    throw new ExportError('The function `headers` failed', { retryable: true, code: HEADERS });
  }
}

function refusal({ status, retryAfter }: HttpAnswer): ExportError {
  const retryable = RETRYABLE_STATUSES.has(status);
  const retryAfterMillis = retryable ? parseRetryAfter(retryAfter, Date.now()) : undefined;
  return new ExportError(`The receiver answered with status ${status}`, {
    retryable,
    status,
    ...(retryAfterMillis === undefined ? {} : { retryAfterMillis }),
  });
}

function unexpected(): ExportError {
  return new ExportError('The request could not be made', { retryable: false });
}

function kindOf({ status, code }: ExportError): string {
  if (status !== undefined) return String(status);
  if (code === TIMED_OUT) return 'timeout';
  return code === HEADERS ? 'headers' : (code ?? 'other');
}
