import {
  OptionError,
  expectBoolean,
  expectFunction,
  expectInteger,
  expectNonEmptyString,
  expectOptions,
} from '@genspan/span-processor-base';
import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { OtlpDecodeError } from './decode-error.js';
import { decodeJsonRequest } from './decode-json.js';
import { openRotated } from './rotated-files.js';
import { readTextLines } from './text-lines.js';
import type { TextLine } from './text-lines.js';

/** A line of which no spans were read. */
export interface InvalidOtlpLine {
  /** The file it is in; absent for a stream. */
  readonly path?: string;
  /** Counted from 1, in each file. */
  readonly line: number;
  /** What was wrong with it. Holds nothing of the line. */
  readonly reason: string;
}

/** Options of {@link readOtlpJsonl}. */
export interface ReadOtlpJsonlOptions {
  /**
   * Whether the files that `path` was rotated to (`path.1`, `path.2` …) are read as well, oldest first.
   * @defaultValue false
   */
  rotated?: boolean;
  /**
   * Bytes of a line; a longer one is passed over without being held in memory.
   * @defaultValue 67108864 (64 MiB)
   */
  maxLineBytes?: number;
  /**
   * Called for each line of which no spans are read: it is no OTLP, too long, or cut off at the end of the file.
   * @defaultValue they are counted only
   */
  onInvalidLine?: (line: InvalidOtlpLine) => void;
}

/** What was read so far. */
export interface OtlpJsonlStats {
  /** Lines with text, invalid ones included. */
  lines: number;
  spans: number;
  invalidLines: number;
}

/** The spans of a file, a line's at a time. It can be iterated once for each call of {@link readOtlpJsonl}. */
export interface OtlpJsonlSpans extends AsyncIterable<ReadableSpanLike[]> {
  stats(): OtlpJsonlStats;
}

/**
 * Reads spans from a file in the OTLP file format, one `ExportTraceServiceRequest` in JSON a line: what `JsonlSpanExporter` and the
 * Collector's file exporter write. Any span exporter takes what it gives.
 *
 * A line at a time is in memory. Empty lines, `\r\n` and a last line that is not complete are fine; a line that cannot be read is
 * counted, told to `onInvalidLine` and passed over. It reads to the end that a file has when it gets there, and does not follow.
 * JavaScript holds no integers beyond 2⁵³: such attributes are the nearest number.
 *
 * @param source - the path of a file, or a stream of its text such as `process.stdin`
 * @throws OptionError when an option is wrong
 * @throws Error (rejects, at the first step) when there is no such file, or it cannot be read
 * @see https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/
 */
export function readOtlpJsonl(
  source: string | AsyncIterable<Uint8Array | string>,
  options: ReadOtlpJsonlOptions = {},
): OtlpJsonlSpans {
  const given = expectOptions(options, ['rotated', 'maxLineBytes', 'onInvalidLine']);
  const onInvalidLine = given['onInvalidLine'];
  const settings: ReadSettings = {
    rotated: expectBoolean('rotated', given['rotated'] ?? false),
    maxLineBytes: expectInteger('maxLineBytes', given['maxLineBytes'] ?? 67_108_864),
    onInvalidLine: onInvalidLine === undefined ? () => undefined : expectFunction('onInvalidLine', onInvalidLine),
  };
  const stats: OtlpJsonlStats = { lines: 0, spans: 0, invalidLines: 0 };
  const batches = isStream(source)
    ? readChunks(source, settings, stats)
    : readFiles(expectNonEmptyString('source', source), settings, stats);
  return { [Symbol.asyncIterator]: () => batches, stats: () => ({ ...stats }) };
}

function isStream(source: unknown): source is AsyncIterable<Uint8Array | string> {
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) return true;
  if (typeof source === 'string') return false;
  throw new OptionError('source', 'to be a path or a stream', source);
}

interface ReadSettings {
  readonly rotated: boolean;
  readonly maxLineBytes: number;
  readonly onInvalidLine: (line: InvalidOtlpLine) => void;
}

type Batches = AsyncGenerator<ReadableSpanLike[], void, void>;

async function* readFiles(path: string, settings: ReadSettings, stats: OtlpJsonlStats): Batches {
  const files = await openRotated(path, settings.rotated);
  try {
    for (const file of files) {
      yield* readChunks(file.handle.createReadStream({ autoClose: false }), settings, stats, file.path);
    }
  } finally {
    await Promise.all(files.map(({ handle }) => handle.close()));
  }
}

async function* readChunks(
  chunks: AsyncIterable<Uint8Array | string>,
  settings: ReadSettings,
  stats: OtlpJsonlStats,
  path?: string,
): Batches {
  for await (const line of readTextLines(chunks, settings.maxLineBytes)) {
    if (line.text?.trim() === '') continue;
    stats.lines++;
    const spans = spansOf(line, settings.maxLineBytes);
    if (typeof spans === 'string') {
      stats.invalidLines++;
      settings.onInvalidLine({ ...(path === undefined ? {} : { path }), line: line.number, reason: spans });
    } else if (spans.length > 0) {
      stats.spans += spans.length;
      yield spans;
    }
  }
}

/** The spans of a line, or why there are none. */
function spansOf({ text, isTorn }: TextLine, maxLineBytes: number): ReadableSpanLike[] | string {
  if (text === undefined) return `Expected at most ${maxLineBytes} bytes`;
  try {
    return decodeJsonRequest(text);
  } catch (error) {
    if (!(error instanceof OtlpDecodeError)) throw error;
    return isTorn ? 'Expected the end of the line, got the end of the file' : error.message;
  }
}
