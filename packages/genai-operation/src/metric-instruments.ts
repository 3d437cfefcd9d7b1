import type { Counter, Histogram, Meter } from '@opentelemetry/api';
import {
  METRIC_GEN_AI_CLIENT_INFERENCE_DURATION,
  METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK,
  METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS,
  METRIC_GEN_AI_CLIENT_OPERATION_DURATION,
  METRIC_GEN_AI_CLIENT_OPERATION_TIME_PER_OUTPUT_CHUNK,
  METRIC_GEN_AI_CLIENT_OPERATION_TIME_TO_FIRST_CHUNK,
  METRIC_GEN_AI_CLIENT_TOKEN_USAGE,
  METRICS,
} from '@genspan/semconv';
import type { PointKind, TokenKind } from './metric-series.js';

/** The instruments of GenAI client operations, created from the table of the conventions. */
export interface GenAIInstruments {
  readonly inference: Readonly<Record<PointKind, Histogram>>;
  readonly tokens: Readonly<Record<TokenKind, Counter>>;
  /** Duration of operations that are not inference; where the names of 1.41 are asked for, of all. */
  readonly operationDuration: Histogram;
}

/** What dashboards built on the conventions 1.41 read. */
export interface LegacyInstruments {
  readonly tokenUsage: Histogram;
  readonly timeToFirstChunk: Histogram;
  readonly timePerOutputChunk: Histogram;
}

type HistogramName = {
  [Name in keyof typeof METRICS]: (typeof METRICS)[Name]['instrument'] extends 'histogram' ? Name : never;
}[keyof typeof METRICS];
type CounterName = Exclude<keyof typeof METRICS, HistogramName>;

/** Creates the instruments on `meter`. */
export function createInstruments(meter: Meter): GenAIInstruments {
  return {
    inference: {
      duration: histogram(meter, METRIC_GEN_AI_CLIENT_INFERENCE_DURATION),
      inputTokens: histogram(meter, METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_INPUT_TOKENS),
      outputTokens: histogram(meter, METRIC_GEN_AI_CLIENT_INFERENCE_OPERATION_OUTPUT_TOKENS),
      timeToFirstChunk: histogram(meter, METRIC_GEN_AI_CLIENT_INFERENCE_TIME_TO_FIRST_CHUNK),
      timePerOutputChunk: histogram(meter, METRIC_GEN_AI_CLIENT_INFERENCE_TIME_PER_OUTPUT_CHUNK),
    },
    tokens: {
      input: counter(meter, METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_INPUT_TOKENS),
      output: counter(meter, METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_OUTPUT_TOKENS),
      cacheRead: counter(meter, METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_READ_INPUT_TOKENS),
      cacheWrite: counter(meter, METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_CACHE_WRITE_INPUT_TOKENS),
      reasoning: counter(meter, METRIC_GEN_AI_CLIENT_INFERENCE_USAGE_REASONING_OUTPUT_TOKENS),
    },
    operationDuration: histogram(meter, METRIC_GEN_AI_CLIENT_OPERATION_DURATION),
  };
}

/** Creates the instruments of the conventions 1.41 that have another name now. */
export function createLegacyInstruments(meter: Meter): LegacyInstruments {
  return {
    tokenUsage: histogram(meter, METRIC_GEN_AI_CLIENT_TOKEN_USAGE),
    timeToFirstChunk: histogram(meter, METRIC_GEN_AI_CLIENT_OPERATION_TIME_TO_FIRST_CHUNK),
    timePerOutputChunk: histogram(meter, METRIC_GEN_AI_CLIENT_OPERATION_TIME_PER_OUTPUT_CHUNK),
  };
}

function histogram(meter: Meter, name: HistogramName): Histogram {
  const { unit, description, buckets } = METRICS[name];
  return meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries: [...buckets] } });
}

function counter(meter: Meter, name: CounterName): Counter {
  const { unit, description } = METRICS[name];
  return meter.createCounter(name, { unit, description });
}
