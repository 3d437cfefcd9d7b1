import { Agent, request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { Agent as TlsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { urlToHttpOptions } from 'node:url';
import type { Deadline } from '../deadline.js';
import { ExportError, TIMED_OUT } from '../export-error.js';
import { systemErrorCode } from '../system-error-code.js';
import type { HttpHeaders } from './otlp-http-headers.js';
import type { OtlpHttpSettings } from './otlp-http-options.js';

/** As much of an answer as is read; one of OTLP is a few bytes. */
const MAX_ANSWER_BYTES = 65_536;

/** The end of an answer's status line and the part of what follows that matters. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  /** At most 64 KiB; what came before the connection broke. */
  readonly body: Buffer;
}

/** A connection that had been used before and that the receiver had closed, as it turned out. */
class StaleConnection extends Error {}

/**
 * Posts to one URL and keeps connections for the next time. Neither they nor its timers keep the process alive, except that
 * Node does while a name is looked up, a connection made or a body written faster than the receiver reads it: the time limits
 * end these. Redirects are not followed.
 */
export class OtlpHttpClient {
  readonly #agent: Agent;
  readonly #request: (options: RequestOptions) => ClientRequest;
  readonly #target: RequestOptions;
  readonly #connectTimeoutMillis: number;
  #requests = 0;
  #retried = 0;
  #bytes = 0;

  constructor(settings: Pick<OtlpHttpSettings, 'url' | 'keepAlive' | 'secureContext' | 'connectTimeoutMillis'>) {
    const { url, keepAlive, secureContext } = settings;
    const isSecure = url.protocol === 'https:';
    this.#agent = isSecure
      ? new TlsAgent({ keepAlive, ...(secureContext === undefined ? {} : { secureContext }) })
      : new Agent({ keepAlive });
    this.#request = isSecure ? httpsRequest : httpRequest;
    const { protocol, hostname, port, path, auth } = urlToHttpOptions(url);
    this.#target = { protocol, hostname, port, path, auth, method: 'POST', agent: this.#agent };
    this.#connectTimeoutMillis = settings.connectTimeoutMillis;
  }

  /** Requests made; those made once more because a kept connection was closed; bytes of bodies that were written whole. */
  get counts(): { readonly requests: number; readonly retried: number; readonly bytes: number } {
    return { requests: this.#requests, retried: this.#retried, bytes: this.#bytes };
  }

  /**
   * Posts `body`. A request on a connection that was kept and turns out to be closed is made once more, at once, on a new one:
   * a receiver that closes idle connections, or was started anew, costs nothing.
   *
   * @throws ExportError (rejects) when there is no status: no connection, no answer, or the deadline came first.
   */
  async post(body: Buffer, headers: HttpHeaders, deadline: Deadline): Promise<HttpAnswer> {
    try {
      return await this.#exchange(body, headers, deadline, isStale);
    } catch (error) {
      if (!(error instanceof StaleConnection)) throw error;
    }
    this.#retried += 1;
    // The others are probably as old.
    for (const sockets of Object.values(this.#agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
    return this.#exchange(body, headers, deadline, () => false);
  }

  /** Closes all connections. */
  close(): void {
    this.#agent.destroy();
  }

  #exchange(
    body: Buffer,
    headers: HttpHeaders,
    deadline: Deadline,
    isToRepeat: (request: ClientRequest, error: Error) => boolean,
  ): Promise<HttpAnswer> {
    return new Promise<HttpAnswer>((resolve, reject) => {
      this.#requests += 1;
      const request = this.#request({
        ...this.#target,
        headers: { ...headers, 'content-length': String(body.length) },
      });
      let answer: AnswerReader | undefined;
      const settle = (error: Error): void => {
        // With a status the receiver has decided; what follows it only adds to that.
        if (answer === undefined) reject(error);
        else resolve(answer.result());
      };
      const stop = (error: Error): void => {
        settle(error);
        request.destroy();
      };
      deadline.onEnd(stop);
      request.on('socket', (socket: Socket) => letGo(socket, this.#connectTimeoutMillis, stop));
      request.on('response', (response) => {
        answer = new AnswerReader(response, () => {
          settle(connectionError(undefined));
          if (!response.complete || !request.writableFinished) request.destroy();
        });
      });
      request.on('error', (error) =>
        settle(isToRepeat(request, error) ? new StaleConnection() : connectionError(error)),
      );
      request.on('finish', () => (this.#bytes += body.length));
      request.on('close', () => settle(connectionError(undefined)));
      request.end(body);
    });
  }
}

/** Reads an answer up to the limit and says when there is no more to come. */
class AnswerReader {
  readonly #response: IncomingMessage;
  readonly #chunks: Buffer[] = [];
  #size = 0;

  constructor(response: IncomingMessage, whenRead: () => void) {
    this.#response = response;
    response.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk.subarray(0, MAX_ANSWER_BYTES - this.#size));
      this.#size += chunk.length;
      if (this.#size >= MAX_ANSWER_BYTES) whenRead();
    });
    response.on('end', whenRead);
    response.on('error', whenRead);
  }

  result(): HttpAnswer {
    const { statusCode, headers } = this.#response;
    return {
      status: statusCode ?? 0,
      contentType: headers['content-type'] ?? '',
      retryAfter: headers['retry-after'],
      body: Buffer.concat(this.#chunks),
    };
  }
}

/** Lets a connection not keep the process alive, and not take longer than this to be made. */
function letGo(socket: Socket, connectTimeoutMillis: number, stop: (error: Error) => void): void {
  // Waits for the connection itself if that is still to be made.
  socket.unref();
  if (!socket.connecting) return;
  // Each address of a host that has several is tried with a new handle.
  socket.on('connectionAttempt', () => socket.unref());
  const timer = setTimeout(() => {
    if (!socket.connecting) return;
    stop(
      new ExportError(`There was no connection within ${connectTimeoutMillis} ms`, {
        retryable: true,
        code: TIMED_OUT,
      }),
    );
  }, connectTimeoutMillis).unref();
  socket.once('connect', () => clearTimeout(timer));
  socket.once('close', () => clearTimeout(timer));
}

function isStale(request: ClientRequest, error: Error): boolean {
  return request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(systemErrorCode(error));
}

/** Without an answer nothing is known of the spans: they may be sent again. */
function connectionError(error: Error | undefined): ExportError {
  const code = systemErrorCode(error) || 'ECONNRESET';
  return new ExportError(`The request failed with ${code}`, { retryable: true, code });
}
