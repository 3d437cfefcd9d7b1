import type { MeterProvider } from '@opentelemetry/api';
import {
  OptionError,
  expectBoolean,
  expectInteger,
  expectMeterProvider,
  expectNumber,
  expectOptions,
  expectRatio,
  expectSpanProcessor,
} from '@genspan/span-processor-base';
import type { CostOf, SpanProcessorLike } from '@genspan/span-processor-base';
import { parseAdaptive, parseRules } from './parse-rules.js';
import type { ParsedAdaptive, ParsedRule } from './parse-rules.js';
import type { AdaptiveOptions, SamplingRule } from './sampling-rule.js';

/** Options of {@link SamplingSpanProcessor}. */
export interface SamplingSpanProcessorOptions {
  /** The next step: gets the spans of kept traces, as a rule a `BatchSpanProcessor` with its exporter. */
  delegate: SpanProcessorLike;
  /**
   * Share of the traces that is kept when nothing else decides, 0 to 1. With `adaptive` the highest share.
   * @defaultValue 1
   */
  rate?: number;
  /**
   * Keeps every trace in which a span has status ERROR or an exception event, at any `rate`.
   * @defaultValue true
   */
  keepErrors?: boolean;
  /**
   * Keeps every trace that took longer than `slowThresholdMillis`.
   * @defaultValue false
   */
  keepSlow?: boolean;
  /**
   * Milliseconds from the earliest start to the latest end of a trace above which it is slow.
   * @defaultValue 5000
   */
  slowThresholdMillis?: number;
  /**
   * Tried in order after errors and slow traces; the first that matches decides.
   * @defaultValue none
   */
  rules?: readonly SamplingRule[];
  /**
   * Longest time in milliseconds that spans wait for the end of their local root. Then the trace is decided with what is
   * there; the time it has run counts as its duration.
   * @defaultValue 300_000
   */
  decisionWaitMillis?: number;
  /**
   * Traces that wait for a decision, and as many decisions that are remembered. At the bound the oldest trace is decided
   * with what is there.
   * @defaultValue 20_000
   */
  maxTraces?: number;
  /**
   * Spans of one trace that wait. At the bound the trace is decided with what is there.
   * @defaultValue 1_000
   */
  maxSpansPerTrace?: number;
  /**
   * Bytes of all spans that wait, estimated from above: a character counts as two bytes. At the bound the oldest trace is
   * decided with what is there.
   * @defaultValue 268_435_456 (256 MiB)
   */
  maxBufferedBytes?: number;
  /**
   * At most so many traces are kept per second, whatever the reason. Errors and slow traces are chosen first.
   * @defaultValue unlimited
   */
  maxTracesPerSecond?: number;
  /** Moves `rate` so that the traces kept for whatever reason meet a target. */
  adaptive?: AdaptiveOptions;
  /**
   * Decides about spans that are recorded without being sampled, too (`createAlwaysRecordSampler` of the SDK): a trace
   * whose parent said no is kept when it failed, was slow or a rule says so, never for `rate` alone.
   * @defaultValue false
   */
  recordUnsampled?: boolean;
  /**
   * Cost of one call. A throw counts as not known.
   * @defaultValue the attribute `genspan.usage.cost_usd`
   */
  costOf?: CostOf;
  /**
   * Where the numbers of `stats()` are reported as metrics, too.
   * @defaultValue none
   */
  meterProvider?: MeterProvider;
}

/** The options with every default filled in. */
export interface ParsedSamplingOptions {
  readonly delegate: SpanProcessorLike;
  readonly rate: number;
  readonly keepErrors: boolean;
  readonly keepSlow: boolean;
  readonly slowThresholdMillis: number;
  readonly rules: readonly ParsedRule[];
  readonly decisionWaitMillis: number;
  readonly maxTraces: number;
  readonly maxSpansPerTrace: number;
  readonly maxBufferedBytes: number;
  readonly maxTracesPerSecond: number | undefined;
  readonly adaptive: ParsedAdaptive | undefined;
  readonly recordUnsampled: boolean;
  readonly costOf: CostOf | undefined;
  readonly meterProvider: MeterProvider | undefined;
}

const KNOWN: readonly (keyof SamplingSpanProcessorOptions)[] = [
  'delegate',
  'rate',
  'keepErrors',
  'keepSlow',
  'slowThresholdMillis',
  'rules',
  'decisionWaitMillis',
  'maxTraces',
  'maxSpansPerTrace',
  'maxBufferedBytes',
  'maxTracesPerSecond',
  'adaptive',
  'recordUnsampled',
  'costOf',
  'meterProvider',
];

/** Longest delay of a timer in Node.js; a longer one would fire at once. */
const MAX_TIMER_MILLIS = 2 ** 31 - 1;

/** @throws OptionError naming the option that is wrong. */
export function parseSamplingOptions(options: SamplingSpanProcessorOptions): ParsedSamplingOptions {
  const given = expectOptions(options, KNOWN);
  const decisionWaitMillis = expectInteger('decisionWaitMillis', given['decisionWaitMillis'] ?? 300_000);
  if (decisionWaitMillis > MAX_TIMER_MILLIS) {
    throw new OptionError('decisionWaitMillis', `to be at most ${MAX_TIMER_MILLIS}`, decisionWaitMillis);
  }
  const rate = expectRatio('rate', given['rate'] ?? 1);
  const adaptive = given['adaptive'] === undefined ? undefined : parseAdaptive('adaptive', given['adaptive']);
  if (adaptive !== undefined && adaptive.minRate > rate) {
    throw new OptionError('adaptive.minRate', 'to be at most `rate`', adaptive.minRate);
  }
  return Object.freeze({
    delegate: expectSpanProcessor('delegate', given['delegate']),
    rate,
    keepErrors: expectBoolean('keepErrors', given['keepErrors'] ?? true),
    keepSlow: expectBoolean('keepSlow', given['keepSlow'] ?? false),
    slowThresholdMillis: expectNumber('slowThresholdMillis', given['slowThresholdMillis'] ?? 5000),
    rules: parseRules('rules', given['rules'] ?? [], 'spanEnd'),
    decisionWaitMillis,
    maxTraces: expectInteger('maxTraces', given['maxTraces'] ?? 20_000),
    maxSpansPerTrace: expectInteger('maxSpansPerTrace', given['maxSpansPerTrace'] ?? 1_000),
    maxBufferedBytes: expectInteger('maxBufferedBytes', given['maxBufferedBytes'] ?? 256 * 1024 * 1024),
    maxTracesPerSecond:
      given['maxTracesPerSecond'] === undefined ? undefined : expectPositive(given['maxTracesPerSecond']),
    adaptive,
    recordUnsampled: expectBoolean('recordUnsampled', given['recordUnsampled'] ?? false),
    costOf: given['costOf'] === undefined ? undefined : expectCostOf(given['costOf']),
    meterProvider:
      given['meterProvider'] === undefined ? undefined : expectMeterProvider('meterProvider', given['meterProvider']),
  });
}

function expectPositive(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return value;
  throw new OptionError('maxTracesPerSecond', 'to be a number above 0', value);
}

function expectCostOf(value: unknown): CostOf {
  // What it returns is checked each time.
  if (typeof value === 'function') return value as CostOf;
  throw new OptionError('costOf', 'to be a function of attributes', value);
}
