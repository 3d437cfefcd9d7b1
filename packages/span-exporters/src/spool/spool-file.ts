import { crc32 } from 'node:zlib';
import type { OtlpEncoding } from '../otlp/otlp-payload.js';

/**
 * One file of a spool: an `ExportTraceServiceRequest` exactly as it is sent. What else must be known of it is in its name,
 * so that nothing has to be read to count, order, evict or check it.
 */
export interface SpoolFile {
  readonly name: string;
  /** When its spans were accepted, Unix time in milliseconds. */
  readonly createdMillis: number;
  readonly spanCount: number;
  readonly byteLength: number;
  /** CRC-32 of the bytes. A rename after an fsync is atomic, but disks and copies by hand are not to be trusted. */
  readonly checksum: number;
  readonly encoding: OtlpEncoding;
}

/** Time, sequence, spans, bytes, checksum: of constant width where it matters, so that names sort by age. */
const NAME = /^(\d{15})-[0-9a-z]{8}-(\d{1,9})-(\d{1,12})-([0-9a-f]{8})\.(pb|json)$/;
const ENCODINGS = { pb: 'protobuf', json: 'json' } as const;
const EXTENSIONS: Readonly<Record<OtlpEncoding, keyof typeof ENCODINGS>> = { protobuf: 'pb', json: 'json' };

/** Files that are being written end in this; they were not acknowledged. */
export const TEMPORARY_SUFFIX = '.tmp';

/** Describes payload bytes as a file, whose name is derived from what is described. */
export function describeSpoolFile(
  payload: { readonly bytes: Buffer; readonly spanCount: number; readonly encoding: OtlpEncoding },
  createdMillis: number,
  sequence: number,
): SpoolFile {
  const { bytes, spanCount, encoding } = payload;
  const checksum = crc32(bytes);
  const name = [
    String(Math.max(0, Math.trunc(createdMillis))).padStart(15, '0'),
    sequence.toString(36).padStart(8, '0'),
    spanCount,
    bytes.length,
    checksum.toString(16).padStart(8, '0'),
  ].join('-');
  return {
    name: `${name}.${EXTENSIONS[encoding]}`,
    createdMillis,
    spanCount,
    byteLength: bytes.length,
    checksum,
    encoding,
  };
}

/** Reads a name; `undefined` when it is not one of a spool's file. */
export function parseSpoolFileName(name: string): SpoolFile | undefined {
  const match = NAME.exec(name);
  if (match === null) return undefined;
  const [, created = '', spans = '', bytes = '', checksum = '', extension = ''] = match;
  return {
    name,
    createdMillis: Number(created),
    spanCount: Number(spans),
    byteLength: Number(bytes),
    checksum: Number.parseInt(checksum, 16),
    encoding: ENCODINGS[extension === 'pb' ? 'pb' : 'json'],
  };
}

/** Whether the bytes are those that the name was made for. */
export function matchesSpoolFile(file: SpoolFile, bytes: Buffer): boolean {
  return bytes.length === file.byteLength && bytes.length > 0 && crc32(bytes) === file.checksum;
}
