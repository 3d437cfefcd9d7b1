import type { ExportResultLike, SpanLoss } from '@genspan/span-processor-base';
import { lossesOf } from './export-losses.js';
import type { PartialResult } from './export-losses.js';

/** A loss of which it is known which spans and why. */
export type RetryableLoss = SpanLoss & Required<Pick<SpanLoss, 'spans' | 'error'>>;

const UNKNOWN = new Error('The exporter gave no error');

/**
 * Tells losses that another attempt may make good from those that are final: what was refused, filtered or not encodable, what
 * is not named, and what failed for a reason that will not pass.
 */
export function sortLosses(
  attempt: PartialResult,
  mayRetry: (error: Error) => boolean,
): { readonly retryable: readonly RetryableLoss[]; readonly final: readonly SpanLoss[] } {
  const retryable: RetryableLoss[] = [];
  const final: SpanLoss[] = [];
  for (const loss of lossesOf(attempt)) {
    const { reason, count, spans, error = attempt.result.error ?? UNKNOWN } = loss;
    const isFailure = reason === 'export_failed' || reason === 'timeout';
    const isNamed = spans !== undefined && spans.length === count && count > 0;
    if (isFailure && isNamed && mayRetry(error)) retryable.push({ ...loss, spans, error });
    else final.push(loss);
  }
  return { retryable, final };
}

/** What to report as the error of a batch with these losses. */
export function errorOf(losses: readonly SpanLoss[], result: ExportResultLike): Error {
  return losses.find(({ error }) => error !== undefined)?.error ?? result.error ?? UNKNOWN;
}
