import { validateHeaderName, validateHeaderValue } from 'node:http';
import { OptionError } from '@genspan/span-processor-base';

/** Names in lower case. */
export type HttpHeaders = Readonly<Record<string, string>>;

/** They describe the body or the connection, which are not the caller's. */
const OURS = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
]);

/**
 * Headers to send, checked and without those that are the exporter's own. No message repeats a value.
 *
 * @throws OptionError unless `headers` is an object of strings that may stand in HTTP: no line break ends one early.
 */
export function expectHeaders(headers: unknown): HttpHeaders {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
    throw new OptionError('headers', 'to be an object of strings, or a function that gives one', redacted(headers));
  }
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!isHeaderName(name)) throw new OptionError('headers', 'to have only names that HTTP allows', headers);
    if (!isHeaderValue(name, value)) {
      throw new OptionError('headers', `to have a string without control characters at \`${name}\``, headers);
    }
    const lowerCase = name.toLowerCase();
    if (!OURS.has(lowerCase)) checked[lowerCase] = value;
  }
  return checked;
}

function isHeaderName(name: string): boolean {
  return !throws(() => validateHeaderName(name));
}

function isHeaderValue(name: string, value: unknown): value is string {
  return typeof value === 'string' && !throws(() => validateHeaderValue(name, value));
}

function throws(work: () => void): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

/** What a message may say of a value that is wrong: of a string only that it is one, for it may be a key. */
export function redacted(value: unknown): unknown {
  return typeof value === 'string' ? value.padEnd(64) : value;
}
