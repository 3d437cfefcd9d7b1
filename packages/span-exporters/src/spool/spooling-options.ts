import { resolve } from 'node:path';
import {
  OptionError,
  expectBoolean,
  expectFunction,
  expectInteger,
  expectNonEmptyString,
  expectOneOf,
  expectOptions,
  expectSpanExporter,
} from '@genspan/span-processor-base';
import type { SpanExporterLike, SpanLoss } from '@genspan/span-processor-base';
import { isOtlpSender } from '../otlp/otlp-payload.js';
import type { OtlpEncoding } from '../otlp/otlp-payload.js';
import { MAX_BEAT_INTERVAL_MILLIS } from './owner-watch.js';

/** Options of `SpoolingSpanExporter`. */
export interface SpoolingSpanExporterOptions {
  /**
   * The exporter that delivers. One that takes encoded spans, as `OtlpHttpSpanExporter` does, gets the bytes of the files;
   * any other gets the spans, decoded. It should not retry for long itself: that is done here.
   */
  exporter: SpanExporterLike;
  /**
   * Where the files are, against the working directory of now if relative. Created if missing, mode 0700. Several processes
   * may share it; they should send to the same receiver, because each sends what another one left.
   */
  directory: string;
  /**
   * Bytes of files that wait, of all processes that share the directory. The oldest are lost when it is reached.
   * @defaultValue 536870912 (512 MiB)
   */
  maxBytes?: number;
  /**
   * How long in ms spans wait before they are lost.
   * @defaultValue 172800000 (48 hours)
   */
  maxAgeMillis?: number;
  /**
   * Size in bytes, before compression, above which a batch becomes several files. A span that alone is larger is cut down to
   * its envelope.
   * @defaultValue 4194304 (4 MiB)
   */
  maxRequestBytes?: number;
  /**
   * Requests under way at once. While the receiver takes nothing there is one.
   * @defaultValue 4
   */
  maxConcurrentSends?: number;
  /**
   * Encoding of the files.
   * @defaultValue the exporter's own, else `protobuf`
   */
  encoding?: OtlpEncoding;
  /**
   * Whether a file is forced to the disk before its spans count as accepted. Without, they survive the end of the process but
   * not a loss of power.
   * @defaultValue true
   */
  fsync?: boolean;
  /**
   * Longest pause in ms after a first failure; it doubles with each in a row, and the pause is random below it.
   * @defaultValue 200
   */
  initialBackoffMillis?: number;
  /**
   * What that pause grows to, in ms. A `Retry-After` of the receiver's may be longer.
   * @defaultValue 5000
   */
  maxBackoffMillis?: number;
  /**
   * After how many ms without a result a request counts as failed. It should be longer than the exporter's own limit.
   * @defaultValue 30000
   */
  sendTimeoutMillis?: number;
  /**
   * How long in ms `forceFlush()` and `shutdown()` wait for deliveries at most.
   * @defaultValue 5000
   */
  flushTimeoutMillis?: number;
  /**
   * Bytes kept in memory: of spans on their way to the disk, of spans that the disk does not take, and, up to half of it, of
   * stored ones about to be sent. Spans beyond are refused, with reason `queue_full`.
   * @defaultValue 67108864 (64 MiB)
   */
  maxMemoryBytes?: number;
  /**
   * How often, in ms, to look for what dead processes left, for old files and whether the disk works again. At most 10000,
   * because it is also the heartbeat by which others see that this process lives.
   * @defaultValue 5000
   */
  scanIntervalMillis?: number;
  /**
   * Told each loss of spans that had been accepted. What is lost before that is in the result of the export alone.
   * @defaultValue nobody is told; `stats()` counts
   */
  onDrop?: (loss: SpanLoss) => void;
}

/** Options checked, with defaults. */
export type SpoolingSettings = Readonly<
  Required<Omit<SpoolingSpanExporterOptions, 'onDrop'>> & { onDrop: SpoolingSpanExporterOptions['onDrop'] }
>;

const MAX_TIMER_MILLIS = 2_147_483_647;

/** @throws OptionError when an option is wrong. */
export function parseSpoolingOptions(options: unknown): SpoolingSettings {
  const given = expectOptions(options, NAMES);
  const exporter = expectSpanExporter('exporter', given['exporter']);
  const encoding = given['encoding'] ?? (isOtlpSender(exporter) ? exporter.encoding : 'protobuf');
  const maxRequestBytes = expectInteger('maxRequestBytes', given['maxRequestBytes'] ?? 4_194_304);
  return Object.freeze({
    exporter,
    directory: resolve(expectNonEmptyString('directory', given['directory'])),
    maxBytes: expectRoomFor(maxRequestBytes, 'maxBytes', given['maxBytes'] ?? 536_870_912),
    maxAgeMillis: expectInteger('maxAgeMillis', given['maxAgeMillis'] ?? 172_800_000),
    maxRequestBytes,
    maxConcurrentSends: expectInteger('maxConcurrentSends', given['maxConcurrentSends'] ?? 4),
    encoding: expectOneOf('encoding', encoding, ['protobuf', 'json']),
    fsync: expectBoolean('fsync', given['fsync'] ?? true),
    initialBackoffMillis: expectAtMost('initialBackoffMillis', given['initialBackoffMillis'] ?? 200),
    maxBackoffMillis: expectAtMost('maxBackoffMillis', given['maxBackoffMillis'] ?? 5_000),
    sendTimeoutMillis: expectAtMost('sendTimeoutMillis', given['sendTimeoutMillis'] ?? 30_000),
    flushTimeoutMillis: expectAtMost('flushTimeoutMillis', given['flushTimeoutMillis'] ?? 5_000),
    maxMemoryBytes: expectRoomFor(maxRequestBytes, 'maxMemoryBytes', given['maxMemoryBytes'] ?? 67_108_864),
    scanIntervalMillis: expectAtMost(
      'scanIntervalMillis',
      given['scanIntervalMillis'] ?? 5_000,
      MAX_BEAT_INTERVAL_MILLIS,
    ),
    onDrop:
      given['onDrop'] === undefined ? undefined : expectFunction<(loss: SpanLoss) => void>('onDrop', given['onDrop']),
  });
}

const NAMES = [
  'exporter',
  'directory',
  'maxBytes',
  'maxAgeMillis',
  'maxRequestBytes',
  'maxConcurrentSends',
  'encoding',
  'fsync',
  'initialBackoffMillis',
  'maxBackoffMillis',
  'sendTimeoutMillis',
  'flushTimeoutMillis',
  'maxMemoryBytes',
  'scanIntervalMillis',
  'onDrop',
];

function expectAtMost(option: string, value: unknown, max = MAX_TIMER_MILLIS): number {
  const integer = expectInteger(option, value);
  if (integer <= max) return integer;
  throw new OptionError(option, `to be an integer of at most ${max}`, value);
}

/** One request must always find room. */
function expectRoomFor(maxRequestBytes: number, option: string, value: unknown): number {
  const integer = expectInteger(option, value);
  if (integer >= maxRequestBytes) return integer;
  throw new OptionError(option, 'to be at least `maxRequestBytes`', value);
}
