import {
  OptionError,
  expectFunction,
  expectInteger,
  expectNumber,
  expectOptions,
  expectSpanExporter,
} from '@genspan/span-processor-base';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import type { BackoffSettings } from './backoff.js';

/** Longest time a timer can have. */
const MAX_MILLIS = 2_147_483_647;

/** What `onRetry` is told. */
export interface ExportRetry {
  /** The number of the attempt that will be made: 2 for the first retry. */
  readonly attempt: number;
  /** How long it waits from now, in ms; a flush may shorten that. */
  readonly delayMillis: number;
  /** How many spans are sent again. */
  readonly spanCount: number;
  /** Why. If several failures came together, the first. */
  readonly error: Error;
}

/** Options of `RetryingSpanExporter`. */
export interface RetryingSpanExporterOptions {
  /** The exporter that is to be tried again. */
  exporter: SpanExporterLike;
  /**
   * Attempts for one batch, the first included; 1 never tries again.
   * @defaultValue 12
   */
  maxAttempts?: number;
  /**
   * Longest wait in ms before the first retry. Each wait is a random part of its bound (full jitter).
   * @defaultValue 200
   */
  initialBackoffMillis?: number;
  /**
   * Longest wait in ms before any retry; at least `initialBackoffMillis`. A receiver may ask for a longer one (`Retry-After`).
   * @defaultValue 5000
   */
  maxBackoffMillis?: number;
  /**
   * What the bound of the wait is multiplied by from one retry to the next, at least 1.
   * @defaultValue 2
   */
  backoffMultiplier?: number;
  /**
   * Longest time in ms for one batch, from `export()` to its result, with all attempts and waits. It should be shorter than what
   * the span processor gives an export (`exportTimeoutMillis`, 30 s by default), so that the reason of a loss is told. An
   * attempt that is under way then is given up: its spans count as lost, though they may still arrive.
   * @defaultValue 25000
   */
  maxElapsedMillis?: number;
  /**
   * Whether the spans of an export that failed with this error may be sent again. When it throws, the default decides.
   * @defaultValue what the error says itself; for HTTP and gRPC statuses, what OTLP says; yes for anything else
   */
  isRetryable?: (error: Error) => boolean;
  /** Told of each retry before its wait. What it throws is counted. */
  onRetry?: (retry: ExportRetry) => void;
}

/** Options checked, with defaults. */
export interface RetryingSettings extends BackoffSettings {
  readonly exporter: SpanExporterLike;
  readonly maxAttempts: number;
  readonly maxElapsedMillis: number;
  readonly isRetryable: ((error: Error) => unknown) | undefined;
  readonly onRetry: ((retry: ExportRetry) => unknown) | undefined;
}

/** @throws OptionError when an option is wrong. */
export function parseRetryingOptions(options: unknown): RetryingSettings {
  const given = expectOptions(options, [
    'exporter',
    'maxAttempts',
    'initialBackoffMillis',
    'maxBackoffMillis',
    'backoffMultiplier',
    'maxElapsedMillis',
    'isRetryable',
    'onRetry',
  ]);
  const initialBackoffMillis = expectMillis('initialBackoffMillis', given['initialBackoffMillis'] ?? 200);
  const { isRetryable, onRetry } = given;
  return Object.freeze({
    exporter: expectSpanExporter('exporter', given['exporter']),
    maxAttempts: expectInteger('maxAttempts', given['maxAttempts'] ?? 12),
    initialBackoffMillis,
    // A first wait that is longer than the default of the longest one is meant.
    maxBackoffMillis: expectMillis(
      'maxBackoffMillis',
      given['maxBackoffMillis'] ?? Math.max(5000, initialBackoffMillis),
      initialBackoffMillis,
    ),
    backoffMultiplier: expectNumber('backoffMultiplier', given['backoffMultiplier'] ?? 2, 1),
    maxElapsedMillis: expectMillis('maxElapsedMillis', given['maxElapsedMillis'] ?? 25_000),
    isRetryable:
      isRetryable === undefined ? undefined : expectFunction<(error: Error) => unknown>('isRetryable', isRetryable),
    onRetry: onRetry === undefined ? undefined : expectFunction<(retry: ExportRetry) => unknown>('onRetry', onRetry),
  });
}

function expectMillis(option: string, value: unknown, min = 1): number {
  const millis = expectInteger(option, value, min);
  if (millis <= MAX_MILLIS) return millis;
  throw new OptionError(option, `to be an integer of at most ${MAX_MILLIS}`, value);
}
