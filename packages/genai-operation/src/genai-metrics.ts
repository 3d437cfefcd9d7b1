import type { Attributes, BatchObservableCallback, Histogram, Meter } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_TOKEN_TYPE,
  GEN_AI_TOKEN_MODALITY_VALUE_UNKNOWN,
  GEN_AI_TOKEN_TYPE_VALUE_INPUT,
  GEN_AI_TOKEN_TYPE_VALUE_OUTPUT,
} from '@genspan/semconv';
import {
  createInstruments,
  createLegacyInstruments,
  type GenAIInstruments,
  type LegacyInstruments,
} from './metric-instruments.js';
import {
  MetricSeries,
  seriesAttributes,
  seriesKey,
  type PointKind,
  type SeriesLabels,
  type TokenKind,
} from './metric-series.js';
import { sharedState } from './shared-state.js';
import { MODALITIES, type ModalityTokens, type TokenUsage } from './token-usage.js';

/** What one finished operation measured. Durations in seconds. */
export interface OperationMeasurements {
  readonly durationSeconds: number;
  readonly usage?: TokenUsage | undefined;
  readonly timeToFirstChunkSeconds?: number | undefined;
  /** One per chunk after the first. */
  readonly timesPerOutputChunkSeconds?: readonly number[] | undefined;
}

/** Label sets kept apart, the bound that the SDK sets for itself; what is beyond shares one overflow series. */
const MAX_SERIES = 2000;
/** Histogram points held for the next collection; at the bound they are recorded at once. */
const MAX_PENDING_POINTS = 8192;
/** By meter, for both builds of this package in one process. */
const SHARED = sharedState<WeakMap<Meter, GenAIMetrics>>('genspan.genai-metrics', () => new WeakMap());
const OVERFLOW: Attributes = { 'otel.metric.overflow': true };
const POINT_KINDS: readonly PointKind[] = [
  'duration',
  'inputTokens',
  'outputTokens',
  'timeToFirstChunk',
  'timePerOutputChunk',
];

/**
 * The metrics of GenAI client operations.
 *
 * The SDK hashes all attributes for every point it is given, which for the attributes of the conventions costs as much
 * as half a span, and one call yields eight points, a streamed one as many again as it has chunks. So an operation only
 * appends numbers here; tokens are summed and reported through observable counters, and histogram points are handed to
 * the SDK when a reader collects (it asks the observable counters first). Nothing is lost by that: before a collection
 * the SDK would only have held the same points in this process too.
 */
export class GenAIMetrics {
  readonly #instruments: GenAIInstruments;
  readonly #series = new Map<string, MetricSeries>();
  readonly #meter: Meter;
  #legacy: LegacyInstruments | undefined;
  readonly #overflow = {
    inference: new MetricSeries('inference', OVERFLOW),
    other: new MetricSeries('other', OVERFLOW),
  } as const;
  #pendingPoints = 0;

  private constructor(meter: Meter) {
    const instruments = createInstruments(meter);
    const counters = Object.values(instruments.tokens);
    const observe: BatchObservableCallback = (result) => {
      this.drain();
      // A series of failures shares the totals of its base; observing them again would change nothing.
      for (const { totals } of this.#allSeries()) {
        for (const { kind, attributes, sum } of totals.values()) {
          result.observe(instruments.tokens[kind], sum, attributes);
        }
      }
    };
    meter.addBatchObservableCallback(observe, counters);
    this.#meter = meter;
    this.#instruments = instruments;
  }

  /**
   * The metrics of a meter. There is one per meter, whoever records: of two totals observed under the same name, the SDK
   * would keep the last.
   */
  static of(meter: Meter): GenAIMetrics {
    let metrics = SHARED.get(meter);
    if (metrics === undefined) {
      metrics = new GenAIMetrics(meter);
      SHARED.set(meter, metrics);
    }
    return metrics;
  }

  /** From now on, also record the metric names of the conventions 1.41. */
  recordLegacyNames(): void {
    this.#legacy ??= createLegacyInstruments(this.#meter);
  }

  /** Takes what an operation measured. */
  record(labels: SeriesLabels, measured: OperationMeasurements): void {
    const series = this.#seriesFor(labels);
    this.#push(series, 'duration', measured.durationSeconds);
    if (labels.kind === 'inference') {
      this.#recordTokens(series, measured.usage);
      if (measured.timeToFirstChunkSeconds !== undefined) {
        this.#push(series, 'timeToFirstChunk', measured.timeToFirstChunkSeconds);
      }
      const gaps = measured.timesPerOutputChunkSeconds;
      if (gaps !== undefined)
        for (let i = 0; i < gaps.length; i++) this.#push(series, 'timePerOutputChunk', gaps[i] ?? 0);
    }
    if (this.#pendingPoints >= MAX_PENDING_POINTS) this.drain();
  }

  /** Hands the pending histogram points to the SDK. */
  drain(): void {
    if (this.#pendingPoints === 0) return;
    this.#pendingPoints = 0;
    for (const series of this.#allSeries()) {
      for (const kind of POINT_KINDS) {
        const points = series.points[kind];
        if (points.length === 0) continue;
        this.#recordPoints(series, kind, points);
        points.length = 0;
      }
    }
  }

  #recordPoints(series: MetricSeries, kind: PointKind, points: readonly number[]): void {
    const { inference, operationDuration } = this.#instruments;
    const legacy = this.#legacy;
    const withOutcome = kind === 'duration' || kind === 'inputTokens' || kind === 'outputTokens';
    const attributes = withOutcome ? series.outcomeAttributes : series.attributes;
    recordAll(kind === 'duration' && series.kind === 'other' ? operationDuration : inference[kind], points, attributes);
    if (legacy === undefined || series.kind === 'other') return;
    switch (kind) {
      case 'duration':
        return recordAll(operationDuration, points, attributes);
      case 'timeToFirstChunk':
        return recordAll(legacy.timeToFirstChunk, points, attributes);
      case 'timePerOutputChunk':
        return recordAll(legacy.timePerOutputChunk, points, attributes);
      case 'inputTokens':
        return recordAll(legacy.tokenUsage, points, {
          ...series.attributes,
          [ATTR_GEN_AI_TOKEN_TYPE]: GEN_AI_TOKEN_TYPE_VALUE_INPUT,
        });
      case 'outputTokens':
        return recordAll(legacy.tokenUsage, points, {
          ...series.attributes,
          [ATTR_GEN_AI_TOKEN_TYPE]: GEN_AI_TOKEN_TYPE_VALUE_OUTPUT,
        });
    }
  }

  #recordTokens(series: MetricSeries, usage: TokenUsage | undefined): void {
    // Without usage the totals still exist, as zero: the conventions ask for it, so that a rate has a base.
    addByModality(series, 'input', usage?.input ?? 0, usage?.inputByModality);
    addByModality(series, 'output', usage?.output ?? 0, usage?.outputByModality);
    if (usage === undefined) return;
    if (usage.cacheRead !== undefined) addByModality(series, 'cacheRead', usage.cacheRead, usage.cacheReadByModality);
    if (usage.cacheWrite !== undefined) addByModality(series, 'cacheWrite', usage.cacheWrite, undefined);
    if (usage.reasoning !== undefined) addByModality(series, 'reasoning', usage.reasoning, undefined);
    if (usage.input !== undefined) this.#push(series, 'inputTokens', usage.input);
    if (usage.output !== undefined) this.#push(series, 'outputTokens', usage.output);
  }

  #push(series: MetricSeries, kind: PointKind, value: number): void {
    series.points[kind].push(value);
    this.#pendingPoints++;
  }

  #seriesFor(labels: SeriesLabels): MetricSeries {
    const key = seriesKey(labels);
    const known = this.#series.get(key);
    if (known !== undefined) return known;
    if (this.#series.size >= MAX_SERIES) return this.#overflow[labels.kind];
    const { kind, errorType } = labels;
    const base = errorType === undefined ? undefined : this.#seriesFor({ ...labels, errorType: undefined });
    const series = new MetricSeries(kind, base?.attributes ?? seriesAttributes(labels), errorType, base);
    this.#series.set(key, series);
    return series;
  }

  *#allSeries(): Iterable<MetricSeries> {
    yield* this.#series.values();
    yield this.#overflow.inference;
    yield this.#overflow.other;
  }
}

function recordAll(histogram: Histogram, points: readonly number[], attributes: Attributes): void {
  for (const value of points) histogram.record(value, attributes);
}

/** Splits a total by modality; what the provider did not split is of unknown modality, never guessed to be text. */
function addByModality(series: MetricSeries, kind: TokenKind, total: number, split: ModalityTokens | undefined): void {
  let rest = total;
  if (split !== undefined) {
    for (const modality of MODALITIES) {
      const count = split[modality];
      if (count === undefined || count === 0) continue;
      series.addTokens(kind, modality, count);
      rest -= count;
    }
  }
  if (rest > 0 || total === 0) series.addTokens(kind, GEN_AI_TOKEN_MODALITY_VALUE_UNKNOWN, Math.max(rest, 0));
}
