import { resolve } from 'node:path';
import {
  EXPORT_FAILED,
  EXPORT_SUCCESS,
  FailureCounter,
  expectInteger,
  expectNonEmptyString,
  expectOptions,
} from '@genspan/span-processor-base';
import type { ExportResultLike, LossReason, ReadableSpanLike, SpanExporterLike } from '@genspan/span-processor-base';
import { asError, countOf, lostAll, mergeResults } from './export-losses.js';
import type { PartialResult } from './export-losses.js';
import { encodeOtlpJsonLines } from './otlp-json-lines.js';
import type { PackedRequest } from './otlp/request-packer.js';
import { RotatingFile } from './rotating-file.js';
import { systemErrorCode } from './system-error-code.js';

/** The Collector's file receiver cuts lines at 1 MiB by default; this leaves it some room. */
const MAX_LINE_BYTES = 1_000_000;

/** Options of {@link JsonlSpanExporter}. */
export interface JsonlSpanExporterOptions {
  /** File to append to, against the working directory of now if relative. Missing folders are created, mode 0700. */
  path: string;
  /**
   * Size in bytes at which a file is rotated.
   * @defaultValue 67108864 (64 MiB)
   */
  maxFileBytes?: number;
  /**
   * Files kept, the current one included: with 3, `path`, `path.1` and `path.2`. With 1, a full file is deleted.
   * @defaultValue 5
   */
  maxFiles?: number;
  /**
   * Bytes that may wait for a slow disk. Batches beyond are refused and counted.
   * @defaultValue 67108864 (64 MiB)
   */
  maxQueueBytes?: number;
}

/** What the exporter did since construction. */
export interface JsonlSpanExporterStats {
  /** Spans written to the file. */
  writtenSpans: number;
  /** Spans lost: not encodable, not written, refused because too much was waiting, or exported after shutdown. */
  failedSpans: number;
  /** Bytes written. */
  writtenBytes: number;
  /** Rotations that this process did. */
  rotations: number;
  /** Failures by operation and system error code: `{ "append ENOSPC": 2 }`. */
  failures: Record<string, number>;
}

/**
 * Appends spans to a file in the OTLP file format: one `ExportTraceServiceRequest` in JSON a line.
 *
 * The file is created with mode 0600, because spans may hold prompts; a file that is there already keeps its mode.
 * Several processes may append to the same path. Nothing throws, blocks or keeps the process alive: a failure is counted,
 * said once through `diag`, and reported to the span processor. `forceFlush()` and `shutdown()` resolve when everything
 * accepted was handed to the operating system (it is not fsynced).
 *
 * @see https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/
 */
export class JsonlSpanExporter implements SpanExporterLike {
  readonly #file: RotatingFile;
  readonly #maxQueueBytes: number;
  readonly #failures = new FailureCounter('JsonlSpanExporter', 'these spans are not in the file');
  readonly #rotationFailures = new FailureCounter('JsonlSpanExporter', 'the file grows beyond its limit');
  #writtenSpans = 0;
  #failedSpans = 0;
  #isShutdown = false;

  /** @throws OptionError when an option is wrong. */
  constructor(options: JsonlSpanExporterOptions) {
    const given = expectOptions(options, ['path', 'maxFileBytes', 'maxFiles', 'maxQueueBytes']);
    this.#file = new RotatingFile({
      path: resolve(expectNonEmptyString('path', given['path'])),
      maxFileBytes: expectInteger('maxFileBytes', given['maxFileBytes'] ?? 67_108_864),
      maxFiles: expectInteger('maxFiles', given['maxFiles'] ?? 5),
      onRotationFailure: (error) => this.#rotationFailures.record(operation('rotate', error), error),
    });
    this.#maxQueueBytes = expectInteger('maxQueueBytes', given['maxQueueBytes'] ?? 67_108_864);
  }

  /** What was written and what was lost. */
  stats(): JsonlSpanExporterStats {
    return {
      writtenSpans: this.#writtenSpans,
      failedSpans: this.#failedSpans,
      writtenBytes: this.#file.writtenBytes,
      rotations: this.#file.rotations,
      failures: { ...this.#failures.byOperation(), ...this.#rotationFailures.byOperation() },
    };
  }

  /** Appends the spans; the result comes when they are in the file. Never throws. */
  export(spans: ReadableSpanLike[], resultCallback: (result: ExportResultLike) => void): void {
    this.#export(spans)
      .catch((error: unknown) => this.#fail(spans, 'export', error))
      .then(resultCallback)
      .catch((error: unknown) => this.#failures.record('resultCallback', error));
  }

  /** Appends the spans before it returns, for a process that exits now. Never throws. */
  exportSync(spans: readonly ReadableSpanLike[]): ExportResultLike {
    if (this.#isShutdown) return this.#refuse(spans);
    const { lines, unreadable } = this.#encode(spans);
    const encoded = lines.flatMap((line) => line.spans);
    try {
      this.#file.appendSync(lines.map(({ bytes }) => bytes));
      this.#writtenSpans += encoded.length;
      return mergeResults([unreadable, WRITTEN]);
    } catch (error) {
      return mergeResults([
        unreadable,
        { spans: encoded, result: this.#fail(encoded, operation('append', error), error) },
      ]);
    }
  }

  /** Appends what waits before it returns, for a process that exits now. Never throws. */
  flushSync(): void {
    try {
      this.#file.appendSync([]);
    } catch (error) {
      this.#failures.record(operation('append', error), error);
    }
  }

  /** Resolves when what was accepted is in the file or is counted as lost. Never rejects. */
  forceFlush(): Promise<void> {
    return this.#file.idle();
  }

  /** The same, and every export after it fails. */
  shutdown(): Promise<void> {
    this.#isShutdown = true;
    return this.#file.idle();
  }

  async #export(spans: readonly ReadableSpanLike[]): Promise<ExportResultLike> {
    if (this.#isShutdown) return this.#refuse(spans);
    const { lines, unreadable } = this.#encode(spans);
    const written = await Promise.all(
      lines.map(async (line) => ({ spans: line.spans, result: await this.#append(line) })),
    );
    return mergeResults([unreadable, ...written]);
  }

  /** The lines, and how it ended for the spans that are in none. */
  #encode(spans: readonly ReadableSpanLike[]): { lines: readonly PackedRequest[]; unreadable: PartialResult } {
    const { lines, losses } = encodeOtlpJsonLines(spans, MAX_LINE_BYTES);
    const [loss] = losses;
    if (loss === undefined) return { lines, unreadable: WRITTEN };
    const error = loss.error ?? new Error('The spans could not be encoded');
    for (let i = 0; i < countOf(losses); i++) this.#failures.record('encode', error);
    this.#failedSpans += countOf(losses);
    return { lines, unreadable: { spans: [], result: { code: EXPORT_FAILED, error, losses } } };
  }

  async #append({ bytes, spans }: PackedRequest): Promise<ExportResultLike> {
    if (this.#file.pendingBytes + bytes.length > this.#maxQueueBytes) {
      return this.#fail(spans, 'queue', new Error('Too much is waiting to be written'), 'queue_full');
    }
    try {
      await this.#file.append(bytes);
      this.#writtenSpans += spans.length;
      return { code: EXPORT_SUCCESS };
    } catch (error) {
      return this.#fail(spans, operation('append', error), error);
    }
  }

  #refuse(spans: readonly ReadableSpanLike[]): ExportResultLike {
    return this.#fail(spans, 'export', new Error('The exporter is shut down'), 'shutdown');
  }

  #fail(
    spans: readonly ReadableSpanLike[],
    what: string,
    error: unknown,
    reason: LossReason = 'export_failed',
  ): ExportResultLike {
    this.#failedSpans += spans.length;
    this.#failures.record(what, error);
    return lostAll(spans, reason, asError(error));
  }
}

/** Nothing was lost. */
const WRITTEN: PartialResult = { spans: [], result: { code: EXPORT_SUCCESS } };

/** The name of a failure in the count, with the operating system's code where there is one: `append ENOSPC`. */
function operation(name: string, error: unknown): string {
  return `${name} ${systemErrorCode(error)}`.trim();
}
