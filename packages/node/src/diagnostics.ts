import type { DiagLogger, DiagLogLevel } from '@opentelemetry/api';
import type * as Api from '@opentelemetry/api';
import type { ConfigurationModel } from '@genspan/configuration';
import { isRegistered } from './api-globals.js';

type LogLevel = ConfigurationModel['sdk']['logLevel'];

/** A line is not repeated within this time: a collector that is down fails every few seconds in the same words. */
const REPEAT_MILLIS = 60_000;

/** Different lines remembered at most. */
const MAX_REMEMBERED = 100;

// Taken now: the application may replace them later, by something that itself logs through OpenTelemetry.
// eslint-disable-next-line no-console -- diagnostics go to stderr, and console.error survives a closed stderr
const writeLine = console.error.bind(console);

/**
 * Lets OpenTelemetry and genspan say on stderr what goes wrong, unless the application has a `diag` logger of its own.
 *
 * @param api - the copy of the API that the SDK uses: the first to register a global decides on the version
 */
export function installDiagnostics(api: typeof Api, level: LogLevel): void {
  if (isRegistered('diag')) return;
  api.diag.setLogger(new StderrLogger(), { logLevel: levelOf(api, level), suppressOverrideMessage: true });
}

/** Says one thing where no `diag` logger can be there yet. */
export function writeToStderr(message: string): void {
  writeLine(`opentelemetry error: ${message}`);
}

/** Writes one line for each message to stderr, the same text once a minute. stdout stays the application's. */
export class StderrLogger implements DiagLogger {
  readonly #lastWritten = new Map<string, number>();

  error = (...args: unknown[]): void => this.#write('error', args);
  warn = (...args: unknown[]): void => this.#write('warn', args);
  info = (...args: unknown[]): void => this.#write('info', args);
  debug = (...args: unknown[]): void => this.#write('debug', args);
  verbose = (...args: unknown[]): void => this.#write('verbose', args);

  #write(level: string, args: readonly unknown[]): void {
    const line = `opentelemetry ${level}: ${args.map(textOf).join(' ')}`;
    const now = performance.now();
    const last = this.#lastWritten.get(line);
    if (last !== undefined && now - last < REPEAT_MILLIS) return;
    if (this.#lastWritten.size >= MAX_REMEMBERED) this.#lastWritten.clear();
    this.#lastWritten.set(line, now);
    writeLine(line);
  }
}

function levelOf(api: typeof Api, level: LogLevel): DiagLogLevel {
  const { NONE, ERROR, WARN, INFO, DEBUG, VERBOSE, ALL } = api.DiagLogLevel;
  return { none: NONE, error: ERROR, warn: WARN, info: INFO, debug: DEBUG, verbose: VERBOSE, all: ALL }[level];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return errorInJson(value) ?? value;
  if (value instanceof Error) return describeError(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value;
  }
}

/** The SDK logs an error as JSON with its stack in it, which is twenty lines for "connection refused". */
function errorInJson(text: string): string | undefined {
  if (!text.startsWith('{"')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'stack' in parsed ? describeError(parsed) : undefined;
  } catch {
    return undefined;
  }
}

/** Message and code of an error, or of what is left of one. */
export function describeError(error: unknown): string {
  if (Array.isArray(error)) return [...new Set(error.map(describeError))].join('; ');
  if (typeof error !== 'object' || error === null) return typeof error;
  const [message, code, name] = ['message', 'code', 'name'].map((key): unknown => Reflect.get(error, key));
  const parts = [message, typeof code === 'number' ? `code ${code}` : code];
  const said = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  const [first, second] = said;
  if (first === undefined) return typeof name === 'string' ? name : 'an error without a message';
  return second === undefined || first.includes(second) ? first : `${first} (${second})`;
}
