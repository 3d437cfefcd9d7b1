import { EXPORT_FAILED, EXPORT_SUCCESS } from '@genspan/span-processor-base';
import type { LossReason, ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';

/** How the export of a batch ended, in numbers that add up to the batch. */
export interface ExportOutcome {
  readonly delivered: number;
  readonly losses: readonly SpanLoss[];
  /** Present when the export failed, even where a part arrived. */
  readonly error?: Error;
}

const REASONS: { readonly [Reason in LossReason]: true } = {
  queue_full: true,
  export_failed: true,
  timeout: true,
  rejected: true,
  rate_limit: true,
  filtered: true,
  encoding: true,
  evicted: true,
  shutdown: true,
};

/** All of the batch was lost for one reason. */
export function lostAll(spans: readonly ReadableSpanLike[], reason: LossReason, error: Error): ExportOutcome {
  return { delivered: 0, losses: [{ reason, count: spans.length, spans, error }], error };
}

/**
 * Reads what an exporter gave its result callback, which may be anything.
 *
 * Losses count only as far as there are spans in the batch; a failure that names none has lost all.
 */
export function readOutcome(result: unknown, spans: readonly ReadableSpanLike[]): ExportOutcome {
  try {
    return read(result, spans);
  } catch {
    return lostAll(spans, 'export_failed', new Error('The exporter gave a result that cannot be read'));
  }
}

function read(result: unknown, spans: readonly ReadableSpanLike[]): ExportOutcome {
  if (typeof result !== 'object' || result === null || !('code' in result)) {
    return lostAll(spans, 'export_failed', new Error('The exporter gave no result'));
  }
  const failed = result.code !== EXPORT_SUCCESS;
  const error = failed ? errorOf(result, result.code) : undefined;
  const losses = 'losses' in result && Array.isArray(result.losses) ? readLosses(result.losses, spans.length) : [];
  if (error !== undefined && losses.length === 0) return lostAll(spans, 'export_failed', error);
  const lost = losses.reduce((sum, { count }) => sum + count, 0);
  const outcome = { delivered: spans.length - lost, losses };
  return error === undefined ? outcome : { ...outcome, error };
}

function errorOf(result: object, code: unknown): Error {
  if ('error' in result && result.error instanceof Error) return result.error;
  return new Error(
    code === EXPORT_FAILED ? 'The exporter failed without an error' : 'The exporter gave an unknown result code',
  );
}

function readLosses(given: readonly unknown[], batchSize: number): SpanLoss[] {
  const losses: SpanLoss[] = [];
  let left = batchSize;
  for (const item of given) {
    if (typeof item !== 'object' || item === null) continue;
    const { reason, count, spans, error }: Partial<Record<keyof SpanLoss, unknown>> = item;
    if (typeof count !== 'number' || !(count >= 1)) continue;
    const counted = Math.min(Math.floor(count), left);
    if (counted === 0) break;
    left -= counted;
    losses.push({
      reason: isReason(reason) ? reason : 'export_failed',
      count: counted,
      // More or fewer spans than are counted would tell a hook something else than the numbers do.
      ...(Array.isArray(spans) && spans.length === counted ? { spans: spans as readonly ReadableSpanLike[] } : {}),
      ...(error instanceof Error ? { error } : {}),
    });
  }
  return losses;
}

function isReason(value: unknown): value is LossReason {
  return typeof value === 'string' && Object.hasOwn(REASONS, value);
}
