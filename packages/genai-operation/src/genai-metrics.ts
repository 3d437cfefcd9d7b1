import type { Attributes, Histogram, Meter } from '@opentelemetry/api';
import {
  ATTR_GEN_AI_TOKEN_MODALITY,
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
  POINT_KINDS,
  sameSeries,
  seriesKey,
  type PointKind,
  type SeriesLabels,
  type TokenKind,
  type TokenModality,
} from './metric-series.js';
import { isTokenCount, MODALITIES, type ModalityTokens, type TokenUsage } from './token-usage.js';

/** What one finished operation measured. Durations in seconds. */
export interface OperationMeasurements {
  readonly durationSeconds: number;
  readonly usage?: TokenUsage | undefined;
  readonly timeToFirstChunkSeconds?: number | undefined;
  /** One per chunk after the first. */
  readonly timesPerOutputChunkSeconds?: readonly number[] | undefined;
}

/** Label sets held for the next collection; at the bound they are handed over at once. */
const MAX_PENDING_SERIES = 2000;
/** Histogram points held for the next collection; at the bound they are handed over at once. */
const MAX_PENDING_POINTS = 2048;
/** So that many recorders on one meter register one callback, which a meter keeps for good. */
const BY_METER = new WeakMap<Meter, GenAIMetrics>();

/**
 * The metrics of GenAI client operations.
 *
 * The SDK hashes all attributes for every point it is given, which for the attributes of the conventions costs as much
 * as half a span, and one call yields eight points, a streamed one as many again as it has chunks. So the SDK gets the
 * first point of each label set at once, which is what dates the start of the series; later ones wait here, as numbers,
 * until a reader collects. Nothing is lost by that: before a collection the SDK would only have held the same points in
 * this process too. Exemplars cannot be had of points that waited, as the context of their call is gone by then.
 *
 * Counters are synchronous ones: of observed totals, a view that drops an attribute keeps only the last, and the
 * SDK's cardinality limit mixes up their differences (seen on SDK 2.12 and 3.1).
 */
export class GenAIMetrics {
  readonly #meter: Meter;
  readonly #instruments: GenAIInstruments;
  #legacy: LegacyInstruments | undefined;
  /** Since the last collection. What is older lives in the SDK, under the SDK's own limits. */
  readonly #series = new Map<string, MetricSeries>();
  #pendingPoints = 0;
  /** Most calls in a row have the same labels: comparing them spares making a key of them. */
  #latest: { readonly labels: SeriesLabels; readonly series: MetricSeries } | undefined = undefined;

  private constructor(meter: Meter) {
    this.#meter = meter;
    this.#instruments = createInstruments(meter);
    // Never observed, so never exported: the SDK runs the callbacks of a meter before it collects the meter's points.
    const collection = meter.createObservableGauge('genspan.gen_ai.collection');
    meter.addBatchObservableCallback(() => this.drain(), [collection]);
  }

  /** The metrics of a meter, one per meter whoever records. */
  static of(meter: Meter): GenAIMetrics {
    let metrics = BY_METER.get(meter);
    if (metrics === undefined) {
      metrics = new GenAIMetrics(meter);
      BY_METER.set(meter, metrics);
    }
    return metrics;
  }

  /** Takes what an operation measured. A count of tokens that is not a finite number from zero up is left out. */
  record(labels: SeriesLabels, measured: OperationMeasurements): void {
    const series = this.#seriesFor(labels);
    this.#addPoint(series, 'duration', measured.durationSeconds);
    if (labels.kind === 'inference') {
      this.#addUsage(series, measured.usage);
      const { timeToFirstChunkSeconds, timesPerOutputChunkSeconds } = measured;
      if (timeToFirstChunkSeconds !== undefined) this.#addPoint(series, 'timeToFirstChunk', timeToFirstChunkSeconds);
      if (timesPerOutputChunkSeconds !== undefined) {
        for (const seconds of timesPerOutputChunkSeconds) this.#addPoint(series, 'timePerOutputChunk', seconds);
      }
    }
    if (this.#pendingPoints >= MAX_PENDING_POINTS || this.#series.size >= MAX_PENDING_SERIES) this.drain();
  }

  /** Hands everything that is pending to the SDK. */
  drain(): void {
    const drained = [...this.#series.values()];
    // First, so that an instrument that throws does not make points pile up or count twice.
    this.#series.clear();
    this.#latest = undefined;
    this.#pendingPoints = 0;
    for (const series of drained) {
      for (const kind of POINT_KINDS) {
        const points = series.points[kind];
        if (points !== undefined) this.#recordPoints(series, kind, points);
      }
      for (const byKind of Object.values(series.tokens)) {
        for (const { kind, attributes, count } of Object.values(byKind ?? {})) {
          if (count > 0) this.#instruments.tokens[kind].add(count, attributes);
        }
      }
    }
  }

  #seriesFor(labels: SeriesLabels): MetricSeries {
    if (this.#latest !== undefined && sameSeries(labels, this.#latest.labels)) return this.#latest.series;
    const key = seriesKey(labels);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = new MetricSeries(labels);
      this.#series.set(key, series);
    }
    this.#latest = { labels, series };
    return series;
  }

  #addPoint(series: MetricSeries, kind: PointKind, value: number): void {
    const points = series.points[kind];
    if (points === undefined) {
      series.points[kind] = [];
      this.#recordPoints(series, kind, [value]);
    } else {
      points.push(value);
      this.#pendingPoints++;
    }
  }

  #addUsage(series: MetricSeries, usage: TokenUsage = {}): void {
    const { input, output, cacheRead, cacheWrite, reasoning } = usage;
    // Without usage the totals still exist, as zero: the conventions ask for it, so that a rate has a base.
    this.#addByModality(series, 'input', isTokenCount(input) ? input : 0, usage.inputByModality);
    this.#addByModality(series, 'output', isTokenCount(output) ? output : 0, usage.outputByModality);
    if (isTokenCount(cacheRead)) this.#addByModality(series, 'cacheRead', cacheRead, usage.cacheReadByModality);
    if (isTokenCount(cacheWrite)) this.#addByModality(series, 'cacheWrite', cacheWrite, undefined);
    if (isTokenCount(reasoning)) this.#addByModality(series, 'reasoning', reasoning, undefined);
    if (isTokenCount(input)) this.#addPoint(series, 'inputTokens', input);
    if (isTokenCount(output)) this.#addPoint(series, 'outputTokens', output);
  }

  /** Splits a total by modality; what the provider did not split is of unknown modality, never guessed to be text. */
  #addByModality(series: MetricSeries, kind: TokenKind, total: number, split: ModalityTokens | undefined): void {
    let rest = total;
    if (split !== undefined) {
      for (const modality of MODALITIES) {
        const count = split[modality];
        if (!isTokenCount(count) || count === 0) continue;
        this.#addTokens(series, kind, modality, count);
        rest -= count;
      }
      if (rest <= 0 && total > 0) return;
    }
    this.#addTokens(series, kind, GEN_AI_TOKEN_MODALITY_VALUE_UNKNOWN, Math.max(rest, 0));
  }

  #addTokens(series: MetricSeries, kind: TokenKind, modality: TokenModality, count: number): void {
    const byKind = (series.tokens[modality] ??= {});
    const pending = byKind[kind];
    if (pending === undefined) {
      const attributes = { ...series.attributes, [ATTR_GEN_AI_TOKEN_MODALITY]: modality };
      byKind[kind] = { kind, attributes, count: 0 };
      this.#instruments.tokens[kind].add(count, attributes);
    } else {
      pending.count += count;
    }
  }

  #recordPoints(series: MetricSeries, kind: PointKind, points: readonly number[]): void {
    const { inference, operationDuration } = this.#instruments;
    const withOutcome = kind === 'duration' || kind === 'inputTokens' || kind === 'outputTokens';
    const attributes = withOutcome ? series.outcomeAttributes : series.attributes;
    if (series.kind === 'other') return recordAll(operationDuration, points, attributes);
    recordAll(inference[kind], points, attributes);
    if (!series.legacyNames) return;
    const legacy = (this.#legacy ??= createLegacyInstruments(this.#meter));
    switch (kind) {
      case 'duration':
        return recordAll(operationDuration, points, attributes);
      case 'timeToFirstChunk':
        return recordAll(legacy.timeToFirstChunk, points, attributes);
      case 'timePerOutputChunk':
        return recordAll(legacy.timePerOutputChunk, points, attributes);
      case 'inputTokens':
        return recordAll(legacy.tokenUsage, points, withTokenType(series, GEN_AI_TOKEN_TYPE_VALUE_INPUT));
      case 'outputTokens':
        return recordAll(legacy.tokenUsage, points, withTokenType(series, GEN_AI_TOKEN_TYPE_VALUE_OUTPUT));
    }
  }
}

function withTokenType(series: MetricSeries, tokenType: string): Attributes {
  return { ...series.attributes, [ATTR_GEN_AI_TOKEN_TYPE]: tokenType };
}

function recordAll(histogram: Histogram, points: readonly number[], attributes: Attributes): void {
  for (const value of points) histogram.record(value, attributes);
}
