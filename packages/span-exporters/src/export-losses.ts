import { types } from 'node:util';
import { EXPORT_FAILED, EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { ExportResultLike, LossReason, ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';

/** Some spans of a batch, and how their export ended. */
export interface PartialResult {
  readonly spans: readonly ReadableSpanLike[];
  readonly result: ExportResultLike;
}

/** What was lost of `spans`; a failure that does not say what it lost has lost them all. */
export function lossesOf({ spans, result }: PartialResult): readonly SpanLoss[] {
  if (result.losses !== undefined) return result.losses;
  if (result.code === EXPORT_SUCCESS || spans.length === 0) return [];
  return [lossOf(spans, 'export_failed', result.error)];
}

/** How many spans the losses are, all together. */
export function countOf(losses: readonly SpanLoss[]): number {
  return losses.reduce((total, { count }) => total + count, 0);
}

/** All of `spans`, lost for one reason. */
export function lossOf(spans: readonly ReadableSpanLike[], reason: LossReason, error?: Error): SpanLoss {
  return { reason, count: spans.length, spans, ...(error === undefined ? {} : { error }) };
}

/** The result of a batch of which nothing arrived. */
export function lostAll(spans: readonly ReadableSpanLike[], reason: LossReason, error: Error): ExportResultLike {
  return { code: EXPORT_FAILED, error, losses: [lossOf(spans, reason, error)] };
}

/** One result for a batch that was exported in parts: failed if a part failed, with the losses of all. */
export function mergeResults(parts: readonly PartialResult[]): ExportResultLike {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only.result;
  const losses = parts.flatMap(lossesOf);
  const failed = parts.find(({ result }) => result.code === EXPORT_FAILED)?.result;
  return {
    code: failed === undefined ? EXPORT_SUCCESS : EXPORT_FAILED,
    ...(failed?.error === undefined ? {} : { error: failed.error }),
    ...(losses.length === 0 && failed === undefined ? {} : { losses }),
  };
}

/** What was thrown, if it is an error; else an error that says so. No `instanceof`: errors of `node:fs` may be of another realm. */
export function asError(thrown: unknown): Error {
  return types.isNativeError(thrown) ? thrown : new Error('Threw something that is not an Error');
}
