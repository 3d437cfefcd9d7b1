import { booleanType, integerType, jsonListType, optional, positiveNumberType, ratioType } from '../variable-type.js';
import { variable } from '../variable.js';

/** Longest delay of a timer of Node: 24.8 days in milliseconds. */
const MAX_TIMER_MILLIS = 2 ** 31 - 1;

/**
 * Which traces are kept. Options and defaults are those of `SamplingSpanProcessor`; what a rule means is checked where the
 * stage is made, because this package knows none of the stages.
 */
export const SAMPLING_VARIABLES = {
  rate: variable({
    name: 'OTEL_GENSPAN_SAMPLING_RATE',
    type: ratioType,
    default: 1,
    description: 'Share of the traces that is kept when nothing else decides.',
  }),
  keepErrors: variable({
    name: 'OTEL_GENSPAN_SAMPLING_KEEP_ERRORS',
    type: booleanType,
    default: true,
    description: 'Keeps every trace with an error in it, at any rate.',
  }),
  keepSlow: variable({
    name: 'OTEL_GENSPAN_SAMPLING_KEEP_SLOW',
    type: booleanType,
    default: false,
    description: 'Keeps every trace that is slow, at any rate.',
  }),
  slowThresholdMillis: variable({
    name: 'OTEL_GENSPAN_SAMPLING_SLOW_THRESHOLD_MS',
    type: integerType(0, 'milliseconds'),
    default: 5000,
    description: 'Duration in ms above which a trace is slow.',
  }),
  rules: variable({
    name: 'OTEL_GENSPAN_SAMPLING_RULES',
    type: jsonListType('rules'),
    default: [],
    description: 'Rules in the words of the code, a `regex` as a string; the first that matches decides.',
  }),
  maxTracesPerSecond: variable({
    name: 'OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND',
    type: optional(positiveNumberType),
    default: undefined,
    description: 'At most so many traces are kept per second, whatever the reason; fractions are allowed.',
  }),
  decisionWaitMillis: variable({
    name: 'OTEL_GENSPAN_SAMPLING_DECISION_WAIT_MS',
    type: integerType(1, 'milliseconds', MAX_TIMER_MILLIS),
    default: 300_000,
    description: 'Longest time in ms that the spans of a trace wait for its end before it is decided.',
  }),
  maxTraces: variable({
    name: 'OTEL_GENSPAN_SAMPLING_MAX_TRACES',
    type: integerType(1, 'traces'),
    default: 20_000,
    description: 'Traces that wait for a decision; beyond, the oldest is decided with what is there.',
  }),
  maxSpansPerTrace: variable({
    name: 'OTEL_GENSPAN_SAMPLING_MAX_SPANS_PER_TRACE',
    type: integerType(1, 'spans'),
    default: 1000,
    description: 'Spans of one trace that wait; beyond, the trace is decided with what is there.',
  }),
  maxBufferedBytes: variable({
    name: 'OTEL_GENSPAN_SAMPLING_MAX_BUFFERED_BYTES',
    type: integerType(1, 'bytes'),
    default: 256 * 1024 * 1024,
    description: 'Estimated bytes of all spans that wait; beyond, the oldest trace is decided with what is there.',
  }),
};
