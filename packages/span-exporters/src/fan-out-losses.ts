import type { ExportResultLike, LossReason, ReadableSpanLike, SpanLoss } from '@genspan/span-processor-base';
import { countOf, lossesOf } from './export-losses.js';

/**
 * What was lost of a batch that went to several exporters: each span that one of them lost, once, for the reason of the
 * first that did. A span that some filtered and the others took has arrived; one that all filtered is `filtered`.
 *
 * Where an exporter knows only how many it lost, these are taken to be others than those that are named, up to the batch.
 *
 * @param error - What each loss but `filtered` says.
 */
export function fanOutLosses(
  spans: readonly ReadableSpanLike[],
  results: readonly ExportResultLike[],
  error: Error,
): SpanLoss[] {
  const lossesByMember = results.map((result) => lossesOf({ spans, result }));
  const reasons = new Map<ReadableSpanLike, LossReason>();
  const filteredBy = new Map<ReadableSpanLike, number>();
  const unnamed: SpanLoss[] = [];
  for (const loss of lossesByMember.flat()) {
    if (loss.spans === undefined) {
      if (loss.reason !== 'filtered') unnamed.push(loss);
      continue;
    }
    for (const span of loss.spans) {
      if (loss.reason !== 'filtered') reasons.set(span, reasons.get(span) ?? loss.reason);
      else filteredBy.set(span, (filteredBy.get(span) ?? 0) + 1);
    }
  }
  for (const [span, times] of filteredBy) {
    if (times === results.length && !reasons.has(span)) reasons.set(span, 'filtered');
  }
  const losses = named(reasons, error);
  let rest = spans.length - countOf(losses);
  for (const { reason, count } of unnamed) {
    const counted = Math.min(count, rest);
    rest -= counted;
    if (counted > 0) losses.push({ reason, count: counted, error });
  }
  const filteredUnnamed = Math.min(rest, ...lossesByMember.map(countOfUnnamedFiltered));
  if (filteredUnnamed > 0) losses.push({ reason: 'filtered', count: filteredUnnamed });
  return losses;
}

function named(reasons: ReadonlyMap<ReadableSpanLike, LossReason>, error: Error): SpanLoss[] {
  const spansByReason = new Map<LossReason, ReadableSpanLike[]>();
  for (const [span, reason] of reasons) {
    const spans = spansByReason.get(reason);
    if (spans === undefined) spansByReason.set(reason, [span]);
    else spans.push(span);
  }
  return [...spansByReason].map(([reason, spans]) => ({
    reason,
    count: spans.length,
    spans,
    ...(reason === 'filtered' ? {} : { error }),
  }));
}

function countOfUnnamedFiltered(losses: readonly SpanLoss[]): number {
  return countOf(losses.filter(({ reason, spans }) => reason === 'filtered' && spans === undefined));
}
