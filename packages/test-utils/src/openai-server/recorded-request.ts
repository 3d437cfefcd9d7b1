import type { IncomingMessage } from 'node:http';

import { parseMultipart } from './multipart.js';

/** How the exchange ended, seen from the server. */
export type ExchangeOutcome = 'pending' | 'completed' | 'aborted by client' | 'reset by server';

/** One request as the server saw it. */
export interface RecordedRequest {
  /** Counts from 0 in the order of arrival. */
  readonly index: number;
  readonly method: string;
  /** Path without the query, such as `/v1/chat/completions`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; `{ fields, files }` for multipart; else the text; `undefined` when there is none. */
  readonly body: unknown;
  /** Size of the request body in bytes. */
  readonly bodyBytes: number;
  /** What the request asked for, as text: `tools,slow-stream:5`. */
  readonly scenario: string;
  /** HTTP status sent, once there is one. */
  status: number | undefined;
  /** Server-sent events written so far. */
  sentEvents: number;
  outcome: ExchangeOutcome;
}

/** Reads the whole body of a request. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
  return Buffer.concat(chunks);
}

/** Turns the bytes of a body into the value a test wants to look at. */
export function parseBody(bytes: Buffer, contentType: string): unknown {
  if (bytes.length === 0) return undefined;
  if (contentType.startsWith('multipart/form-data')) return parseMultipart(bytes, contentType);
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Flattens Node's header lists into one string each. */
export function flattenHeaders(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
