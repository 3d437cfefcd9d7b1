import { randomInt } from 'node:crypto';
import type { OtlpEncoding } from './otlp/otlp-payload.js';

const EXTENSIONS: Readonly<Record<OtlpEncoding, string>> = { json: 'json', protobuf: 'pb' };
const NUMBERS = 1_000_000;
const OURS = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-\d+-\d{6}-[a-z_]{1,32}\.(?:json|pb)$/;
const OURS_TEMPORARY = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-\d+-\d{6}-[a-z_]{1,32}\.(?:json|pb)(?:\.exit)?\.tmp$/;

/** From a random one on, so that threads, and containers in which every process has the same number, do not meet. */
let number = randomInt(NUMBERS);

/**
 * A name for the file of one payload, which sorts by time: `2026-11-22T06-40-12.345Z-PID-NUMBER-REASON.json`.
 *
 * @param reason - Why the spans were lost, or `ok`.
 */
export function payloadFileName(reason: string, encoding: OtlpEncoding): string {
  number = (number + 1) % NUMBERS;
  const time = new Date().toISOString().replaceAll(':', '-');
  const safeReason = /^[a-z_]{1,32}$/.test(reason) ? reason : 'lost';
  return `${time}-${process.pid}-${String(number).padStart(6, '0')}-${safeReason}.${EXTENSIONS[encoding]}`;
}

/** Whether a file in the directory is one of ours. */
export function isPayloadFile(name: string): boolean {
  return OURS.test(name);
}

/** Whether a file in the directory is one that we were writing. */
export function isTemporaryPayloadFile(name: string): boolean {
  return OURS_TEMPORARY.test(name);
}
