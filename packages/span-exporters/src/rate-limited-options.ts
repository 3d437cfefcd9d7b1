import {
  expectInteger,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectSpanExporter,
} from '@genspan/span-processor-base';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import { expectTimerMillis } from './timer-millis.js';

/** One in eleven days; slower than that is a mistake, and beyond what a double holds in the end. */
const MIN_RATE = 1e-6;

/** Options of `RateLimitedSpanExporter`. */
export interface RateLimitedSpanExporterOptions {
  /** The exporter that is not to be called more often. */
  exporter: SpanExporterLike;
  /** Exports or spans a second, as `unit` says, in the long run. May be a fraction: 0.5 is one in two seconds. At least 0.000001. */
  rate: number;
  /**
   * Exports or spans that may go at once after a pause.
   * @defaultValue `rate`, rounded up: what one second allows
   */
  burst?: number;
  /**
   * What happens at the limit: `wait` holds exports back, in their order, until there is a token; `drop` loses them, counted.
   * @defaultValue 'wait'
   */
  onLimit?: 'wait' | 'drop';
  /**
   * What is counted: calls of the exporter, which for OTLP are requests, or spans. A batch of more spans than there may go
   * is then exported in parts.
   * @defaultValue 'exports'
   */
  unit?: 'exports' | 'spans';
  /**
   * Bytes of spans that may wait, as they are in memory. Exports beyond are lost, counted as `rate_limit`; one export, or
   * part of one, may always wait, however large.
   * @defaultValue 67108864 (64 MiB)
   */
  maxWaitingBytes?: number;
  /**
   * How long `forceFlush()` and `shutdown()` wait for tokens, in milliseconds. Then `forceFlush()` rejects, and `shutdown()`
   * loses what still waits, counted as `shutdown`.
   * @defaultValue 10000
   */
  flushTimeoutMillis?: number;
}

const OPTIONS = ['exporter', 'rate', 'burst', 'onLimit', 'unit', 'maxWaitingBytes', 'flushTimeoutMillis'];

/** @throws OptionError when an option is wrong. */
export function parseRateLimitedOptions(
  options: RateLimitedSpanExporterOptions,
): Readonly<Required<RateLimitedSpanExporterOptions>> {
  const given = expectOptions(options, OPTIONS);
  const rate = expectNumber('rate', given['rate'], MIN_RATE);
  return Object.freeze({
    exporter: expectSpanExporter('exporter', given['exporter']),
    rate,
    burst: expectInteger('burst', given['burst'] ?? Math.ceil(rate)),
    onLimit: expectOneOf('onLimit', given['onLimit'] ?? 'wait', ['wait', 'drop']),
    unit: expectOneOf('unit', given['unit'] ?? 'exports', ['exports', 'spans']),
    maxWaitingBytes: expectInteger('maxWaitingBytes', given['maxWaitingBytes'] ?? 67_108_864),
    flushTimeoutMillis: expectTimerMillis('flushTimeoutMillis', given['flushTimeoutMillis'] ?? 10_000),
  });
}
