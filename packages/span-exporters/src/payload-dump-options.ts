import {
  OptionError,
  expectInteger,
  expectOneOf,
  expectOptions,
  expectSpanExporter,
} from '@genspan/span-processor-base';
import type { SpanExporterLike } from '@genspan/span-processor-base';
import type { OtlpEncoding } from './otlp/otlp-payload.js';
import { expectWritableDirectory } from './writable-directory.js';

/** Options of `PayloadDumpSpanExporter`. At least one directory is required. */
export interface PayloadDumpSpanExporterOptions {
  /** The exporter whose payloads are written to files. */
  exporter: SpanExporterLike;
  /** Directory for what was lost, made with mode 0700 if missing; against the working directory of now if relative. */
  failedDirectory?: string;
  /** Directory for everything that was exported, well or not; another one than `failedDirectory`. */
  allDirectory?: string;
  /**
   * Bytes of files in each directory. Beyond, the oldest are deleted.
   * @defaultValue 268435456 (256 MiB)
   */
  maxBytes?: number;
  /**
   * Number of files in each directory. Beyond, the oldest are deleted.
   * @defaultValue 10000
   */
  maxFiles?: number;
  /**
   * How spans are written. Payloads that come encoded, from a spool behind which this stands, are written as they are.
   * @defaultValue 'json'
   */
  encoding?: OtlpEncoding;
  /**
   * Bytes that may wait for a slow disk, for each directory. Files beyond are not written, and counted.
   * @defaultValue 67108864 (64 MiB)
   */
  maxQueueBytes?: number;
}

/** The options with every default; directories are absolute, are there and can be written to. */
export interface PayloadDumpSettings {
  readonly exporter: SpanExporterLike;
  readonly failedDirectory: string | undefined;
  readonly allDirectory: string | undefined;
  readonly maxBytes: number;
  readonly maxFiles: number;
  readonly encoding: OtlpEncoding;
  readonly maxQueueBytes: number;
}

const OPTIONS = ['exporter', 'failedDirectory', 'allDirectory', 'maxBytes', 'maxFiles', 'encoding', 'maxQueueBytes'];

/**
 * Makes the directories if need be.
 *
 * @throws OptionError when an option is wrong, or a directory cannot be made or written to.
 */
export function parsePayloadDumpOptions(options: PayloadDumpSpanExporterOptions): PayloadDumpSettings {
  const given = expectOptions(options, OPTIONS);
  return Object.freeze({
    exporter: expectSpanExporter('exporter', given['exporter']),
    maxBytes: expectInteger('maxBytes', given['maxBytes'] ?? 268_435_456),
    maxFiles: expectInteger('maxFiles', given['maxFiles'] ?? 10_000),
    encoding: expectOneOf('encoding', given['encoding'] ?? 'json', ['json', 'protobuf']),
    maxQueueBytes: expectInteger('maxQueueBytes', given['maxQueueBytes'] ?? 67_108_864),
    // Last: nothing is made on disk for options that are wrong.
    ...expectDirectories(given),
  });
}

function expectDirectories(
  given: Record<string, unknown>,
): Pick<PayloadDumpSettings, 'failedDirectory' | 'allDirectory'> {
  const [failed, all] = ['failedDirectory', 'allDirectory'].map((option) =>
    given[option] === undefined ? undefined : expectWritableDirectory(option, given[option]),
  );
  if (failed === undefined && all === undefined) {
    throw new OptionError('failedDirectory', 'or `allDirectory` to be a directory', undefined);
  }
  if (failed === all) {
    throw new OptionError('allDirectory', 'to be another directory than `failedDirectory`', given['allDirectory']);
  }
  return { failedDirectory: failed, allDirectory: all };
}
