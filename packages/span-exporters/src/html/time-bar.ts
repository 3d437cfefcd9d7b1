import type { ReadableSpanLike } from '@genspan/span-processor-base';
import { formatDuration } from '../format-quantity.js';
import { toMillis } from '../span-forest.js';
import { markup } from './safe-html.js';
import type { SafeHtml } from './safe-html.js';

/** The time that a waterfall covers. */
export interface TimeRange {
  readonly startMillis: number;
  readonly endMillis: number;
}

const UNITS = 1_000;
const MIN_WIDTH = 3;
const TICKS = 5;

/** The time from the first start to the last end of some spans. */
export function timeRangeOf(spans: readonly ReadableSpanLike[]): TimeRange {
  let startMillis = Infinity;
  let endMillis = -Infinity;
  for (const span of spans) {
    startMillis = Math.min(startMillis, toMillis(span.startTime));
    endMillis = Math.max(endMillis, toMillis(span.startTime), toMillis(span.endTime));
  }
  return { startMillis, endMillis };
}

/**
 * When a span ran, as a bar. It is drawn as SVG, whose lengths are attributes: a style attribute is what our content
 * security policy forbids.
 */
export function timeBar(span: ReadableSpanLike, { startMillis, endMillis }: TimeRange): SafeHtml {
  const perUnit = (endMillis - startMillis) / UNITS;
  const from = perUnit > 0 ? (toMillis(span.startTime) - startMillis) / perUnit : 0;
  const to = perUnit > 0 ? (toMillis(span.endTime) - startMillis) / perUnit : UNITS;
  const x = clamp(Math.floor(from), 0, UNITS - MIN_WIDTH);
  const width = clamp(Math.ceil(to) - x, MIN_WIDTH, UNITS - x);
  return markup`<svg class="bar" viewBox="0 0 ${UNITS} 1" preserveAspectRatio="none" aria-hidden="true"><rect x="${x}" width="${width}" height="1"/></svg>`;
}

/** The times below which the bars stand. */
export function timeAxis({ startMillis, endMillis }: TimeRange): SafeHtml {
  const step = (endMillis - startMillis) / TICKS;
  const ticks = Array.from({ length: TICKS }, (_, tick) => markup`<span>${formatDuration(step * tick)}</span>`);
  return markup`<div class="axis" aria-hidden="true"><div>${ticks}<span>${formatDuration(step * TICKS)}</span></div></div>`;
}

function clamp(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.max(low, Math.min(high, value)) : low;
}
