import type { MeterProvider } from '@opentelemetry/api';
import type { SpanExporterLike } from './span-exporter-like.js';
import type { SpanProcessorLike } from './span-processor-like.js';

/** Longest string repeated in a message; a longer one may be a key or a prompt that ended up in the wrong option. */
const MAX_ECHOED_LENGTH = 20;

/** A wrong option: the message names it, what was expected and what was given. */
export class OptionError extends TypeError {
  /** The class's name, which a bundler may shorten. */
  override readonly name = 'OptionError';
  /** Stable, for programs. */
  readonly code = 'ERR_GENSPAN_OPTION';

  /**
   * @param option - The option's name: `ratio`.
   * @param expected - The end of "Expected `ratio` …": `between 0 and 1`.
   * @param value - What was given. Long strings and contents of objects are not repeated.
   */
  constructor(
    readonly option: string,
    expected: string,
    value: unknown,
  ) {
    super(`Expected \`${option}\` ${expected}, got ${describe(value)}`);
  }
}

/**
 * The options object as a record, checked for misspelt keys. `undefined` is an empty one.
 *
 * @throws OptionError when it is not an object, or has a key that is not in `known`.
 */
export function expectOptions(options: unknown, known: readonly string[]): Record<string, unknown> {
  if (options === undefined) return {};
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OptionError('options', 'to be an object', options);
  }
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new OptionError('options', `to have only ${quoteAll(known)}`, unknown);
  return { ...options };
}

/**
 * A share.
 *
 * @throws OptionError unless `value` is a number from 0 to 1.
 */
export function expectRatio(option: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new OptionError(option, 'between 0 and 1', value);
}

/**
 * A size, a count or a time.
 *
 * @throws OptionError unless `value` is a whole number from `min` (default 1) to 2^53 − 1.
 */
export function expectInteger(option: string, value: unknown, min = 1): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min) return value;
  throw new OptionError(option, `to be an integer of at least ${min}`, value);
}

/**
 * An amount: a time, a price or a rate per second.
 *
 * @throws OptionError unless `value` is a finite number of at least `min` (default 0).
 */
export function expectNumber(option: string, value: unknown, min = 0): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= min) return value;
  throw new OptionError(option, `to be a number of at least ${min}`, value);
}

/**
 * A list of names.
 *
 * @throws OptionError unless `value` is an array with at least one string, none of them empty.
 */
export function expectNonEmptyStrings(option: string, value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new OptionError(option, 'to be an array of at least one string', value);
  }
  return value.map((item, index) => expectNonEmptyString(`${option}[${index}]`, item));
}

/**
 * A switch.
 *
 * @throws OptionError unless `value` is a boolean.
 */
export function expectBoolean(option: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new OptionError(option, 'to be true or false', value);
}

/**
 * A name or a path.
 *
 * @throws OptionError unless `value` is a string with at least one character.
 */
export function expectNonEmptyString(option: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new OptionError(option, 'to be a non-empty string', value);
}

/**
 * A choice.
 *
 * @throws OptionError unless `value` is one of `allowed`.
 */
export function expectOneOf<T extends string>(option: string, value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new OptionError(option, `to be one of ${quoteAll(allowed)}`, value);
}

/**
 * Checks that `value` has the methods a span processor must have.
 *
 * @throws OptionError otherwise.
 */
export function expectSpanProcessor(option: string, value: unknown): SpanProcessorLike {
  if (isSpanProcessor(value)) return value;
  throw new OptionError(option, 'to be a span processor (onStart, onEnd, forceFlush, shutdown)', value);
}

/**
 * Checks that `value` gives meters.
 *
 * @throws OptionError otherwise.
 */
export function expectMeterProvider(option: string, value: unknown): MeterProvider {
  if (isMeterProvider(value)) return value;
  throw new OptionError(option, 'to be a meter provider (getMeter)', value);
}

/**
 * A span exporter of either SDK line.
 *
 * @throws OptionError unless `value` has `export` and `shutdown`.
 */
export function expectSpanExporter(option: string, value: unknown): SpanExporterLike {
  if (isSpanExporter(value)) return value;
  throw new OptionError(option, 'to be a span exporter (export, shutdown)', value);
}

function isSpanExporter(value: unknown): value is SpanExporterLike {
  return hasMethods(value, ['export', 'shutdown']);
}

/**
 * A function; what it takes and gives is not looked at.
 *
 * @throws OptionError unless `value` is one.
 */
export function expectFunction<F extends (...args: never[]) => unknown>(option: string, value: unknown): F {
  if (typeof value === 'function') return value as F;
  throw new OptionError(option, 'to be a function', value);
}

function isMeterProvider(value: unknown): value is MeterProvider {
  return hasMethods(value, ['getMeter']);
}

function isSpanProcessor(value: unknown): value is SpanProcessorLike {
  return hasMethods(value, ['onStart', 'onEnd', 'forceFlush', 'shutdown']);
}

/** Whether `value` is an object with all these methods. */
export function hasMethods<Name extends string>(
  value: unknown,
  names: readonly Name[],
): value is Record<Name, (...args: unknown[]) => unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof Reflect.get(value, name) === 'function');
}

function quoteAll(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > MAX_ECHOED_LENGTH
        ? `a string of ${value.length} characters`
        : `\`${JSON.stringify(value)}\``;
    case 'number':
    case 'boolean':
    case 'undefined':
    case 'bigint':
      return `\`${String(value)}\``;
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'object':
      if (value === null) return '`null`';
      return Array.isArray(value) ? `an array of ${value.length}` : 'an object';
  }
}
