import type { MeterProvider } from '@opentelemetry/api';
import {
  OptionError,
  expectBoolean,
  expectFunction,
  expectInteger,
  expectMeterProvider,
  expectOneOf,
  expectOptions,
  expectSpanExporter,
} from '@genspan/span-processor-base';
import type { SpanExporterLike, SpanLoss } from '@genspan/span-processor-base';

/** Which span goes when there is no room. */
export const DROP_POLICIES = ['newest', 'oldest', 'leastImportant'] as const;

/**
 * Which span goes when there is no room: the one that comes (`newest`), the one that has waited longest (`oldest`), or the one
 * that has waited longest of those that tell least (`leastImportant`): spans that failed, spans of traces in which one failed
 * and spans of traces that a sampling rule kept go last.
 */
export type DropPolicy = (typeof DROP_POLICIES)[number];

/** Options of {@link BufferedSpanProcessor}. */
export interface BufferedSpanProcessorOptions {
  /** Where the batches go: a span exporter of either SDK line. */
  exporter: SpanExporterLike;
  /**
   * Spans that wait, at most; those of exports in flight are not among them.
   * @defaultValue 32_768
   */
  maxQueueSize?: number;
  /**
   * Bytes of memory of the spans that wait, at most, estimated from above: a character counts as two bytes. A span that is
   * larger than this alone is lost.
   * @defaultValue 67_108_864 (64 MiB)
   */
  maxQueueBytes?: number;
  /**
   * Spans in one export, at most. At most `maxQueueSize`.
   * @defaultValue 512, or `maxQueueSize` where that is less
   */
  maxBatchSize?: number;
  /**
   * Bytes of memory of the spans of one export, at most, estimated like `maxQueueBytes`. A span that is larger goes alone.
   * @defaultValue 4_194_304 (4 MiB)
   */
  maxBatchBytes?: number;
  /**
   * Longest time in milliseconds that a span waits for its batch to fill.
   * @defaultValue 5000
   */
  scheduleDelayMillis?: number;
  /**
   * Exports in flight at the same time, at most.
   * @defaultValue 4
   */
  maxConcurrentExports?: number;
  /**
   * Milliseconds until an export that has not answered counts as lost; also the bound of `forceFlush()`.
   * @defaultValue 30_000
   */
  exportTimeoutMillis?: number;
  /**
   * Milliseconds within which `shutdown()` resolves: four fifths of them for what is queued and in flight, the rest for the
   * exporter's own `shutdown()`.
   * @defaultValue 5000
   */
  shutdownTimeoutMillis?: number;
  /**
   * Which span goes when there is no room.
   * @defaultValue 'newest'
   */
  dropPolicy?: DropPolicy;
  /**
   * Nothing leaves until `forceFlush()`, which rejects when spans were lost. For functions that are frozen between requests,
   * and for tests.
   * @defaultValue false
   */
  syncFlush?: boolean;
  /** Told each loss, whatever the cause, with the spans where they are known. What it throws is counted. */
  onDrop?: (loss: SpanLoss) => void;
  /** Told the error of each export that failed or did not answer. What it throws is counted. */
  onError?: (error: Error) => void;
  /**
   * Where the numbers of `stats()` are reported as metrics, too.
   * @defaultValue none
   */
  meterProvider?: MeterProvider;
}

/** The options with every default filled in. */
export interface ParsedBufferedOptions {
  readonly exporter: SpanExporterLike;
  readonly maxQueueSize: number;
  readonly maxQueueBytes: number;
  readonly maxBatchSize: number;
  readonly maxBatchBytes: number;
  readonly scheduleDelayMillis: number;
  readonly maxConcurrentExports: number;
  readonly exportTimeoutMillis: number;
  readonly shutdownTimeoutMillis: number;
  readonly dropPolicy: DropPolicy;
  readonly syncFlush: boolean;
  readonly onDrop: ((loss: SpanLoss) => void) | undefined;
  readonly onError: ((error: Error) => void) | undefined;
  readonly meterProvider: MeterProvider | undefined;
}

const KNOWN: readonly (keyof BufferedSpanProcessorOptions)[] = [
  'exporter',
  'maxQueueSize',
  'maxQueueBytes',
  'maxBatchSize',
  'maxBatchBytes',
  'scheduleDelayMillis',
  'maxConcurrentExports',
  'exportTimeoutMillis',
  'shutdownTimeoutMillis',
  'dropPolicy',
  'syncFlush',
  'onDrop',
  'onError',
  'meterProvider',
];

/** Longest delay of a timer in Node.js; a longer one would fire at once. */
export const MAX_TIMER_MILLIS = 2 ** 31 - 1;

const DEFAULT_MAX_BATCH_SIZE = 512;
const MEBIBYTE = 1024 * 1024;

/** @throws OptionError naming the option that is wrong. */
export function parseBufferedOptions(options: BufferedSpanProcessorOptions): ParsedBufferedOptions {
  const given = expectOptions(options, KNOWN);
  const maxQueueSize = expectInteger('maxQueueSize', given['maxQueueSize'] ?? 32_768);
  const maxBatchSize = expectInteger(
    'maxBatchSize',
    given['maxBatchSize'] ?? Math.min(DEFAULT_MAX_BATCH_SIZE, maxQueueSize),
  );
  if (maxBatchSize > maxQueueSize) {
    throw new OptionError('maxBatchSize', `to be at most \`maxQueueSize\` (${maxQueueSize})`, maxBatchSize);
  }
  const { onDrop, onError, meterProvider } = given;
  return Object.freeze({
    exporter: expectSpanExporter('exporter', given['exporter']),
    maxQueueSize,
    maxQueueBytes: expectInteger('maxQueueBytes', given['maxQueueBytes'] ?? 64 * MEBIBYTE),
    maxBatchSize,
    maxBatchBytes: expectInteger('maxBatchBytes', given['maxBatchBytes'] ?? 4 * MEBIBYTE),
    scheduleDelayMillis: expectMillis('scheduleDelayMillis', given['scheduleDelayMillis'] ?? 5000, 0),
    maxConcurrentExports: expectInteger('maxConcurrentExports', given['maxConcurrentExports'] ?? 4),
    exportTimeoutMillis: expectMillis('exportTimeoutMillis', given['exportTimeoutMillis'] ?? 30_000),
    shutdownTimeoutMillis: expectMillis('shutdownTimeoutMillis', given['shutdownTimeoutMillis'] ?? 5000),
    dropPolicy: expectOneOf('dropPolicy', given['dropPolicy'] ?? 'newest', DROP_POLICIES),
    syncFlush: expectBoolean('syncFlush', given['syncFlush'] ?? false),
    onDrop: onDrop === undefined ? undefined : expectFunction<(loss: SpanLoss) => void>('onDrop', onDrop),
    onError: onError === undefined ? undefined : expectFunction<(error: Error) => void>('onError', onError),
    meterProvider: meterProvider === undefined ? undefined : expectMeterProvider('meterProvider', meterProvider),
  });
}

function expectMillis(option: string, value: unknown, min = 1): number {
  const millis = expectInteger(option, value, min);
  if (millis > MAX_TIMER_MILLIS) throw new OptionError(option, `to be at most ${MAX_TIMER_MILLIS}`, millis);
  return millis;
}
