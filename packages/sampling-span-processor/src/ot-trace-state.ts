import { createTraceState } from '@opentelemetry/api';
import type { TraceState } from '@opentelemetry/api';

/** The `tracestate` member of OpenTelemetry: `th:c;rv:6e6d1a75832a2f`. */
const OT = 'ot';

/** What the `ot` member of a `tracestate` says about sampling. What is not well formed counts as not said. */
export interface OtSampling {
  /** 14 hex digits: the threshold that the trace has passed on its way here. */
  readonly threshold: string | undefined;
  /** 14 hex digits: the randomness that everybody is to use for the trace. */
  readonly randomness: string | undefined;
}

/** A field of the member as others can parse it: one that is not would cost the span at the next sampler. */
const FIELD = /^[a-z][a-z0-9]*:[\w.-]*$/;
const THRESHOLD = /^th:[0-9a-f]{1,14}$/;
const RANDOMNESS = /^rv:[0-9a-f]{14}$/;

/** Members that a `tracestate` can have by W3C Trace Context. */
const MAX_MEMBERS = 32;

const NOTHING_SAID: OtSampling = { threshold: undefined, randomness: undefined };

/** Reads the `ot` member. */
export function readOtSampling(traceState: TraceState | undefined): OtSampling {
  const member = traceState?.get(OT);
  if (member === undefined) return NOTHING_SAID;
  let threshold: string | undefined;
  let randomness: string | undefined;
  for (const field of member.split(';')) {
    if (THRESHOLD.test(field)) threshold = field.slice(3).padEnd(14, '0');
    else if (RANDOMNESS.test(field)) randomness = field.slice(3);
  }
  return { threshold, randomness };
}

/** Trace states of spans that came without one. Thresholds are few, unless a rate moves. */
const ONLY_THRESHOLD = new Map<string, TraceState>();
const MAX_ONLY_THRESHOLD = 256;

/** A `tracestate` that says nothing but this threshold: the same object for the same threshold, to be only read. */
export function onlyThreshold(threshold: string): TraceState {
  let state = ONLY_THRESHOLD.get(threshold);
  if (state === undefined) {
    if (ONLY_THRESHOLD.size >= MAX_ONLY_THRESHOLD) ONLY_THRESHOLD.clear();
    state = withOtSampling(undefined, threshold);
    ONLY_THRESHOLD.set(threshold, state);
  }
  return state;
}

/**
 * A `tracestate` with this threshold and randomness in its `ot` member. Other fields of the member that are well formed
 * stay, and so do other members, unless there are more of them than fit.
 *
 * @param threshold - 14 hex digits, or `undefined` to take the field out
 * @param randomness - 14 hex digits; `undefined` leaves the field as it is
 */
export function withOtSampling(
  traceState: TraceState | undefined,
  threshold: string | undefined,
  randomness?: string,
): TraceState {
  const before = traceState?.get(OT)?.split(';') ?? [];
  const fields = before.filter((field) => {
    if (field.startsWith('th:')) return false;
    if (field.startsWith('rv:')) return randomness === undefined && RANDOMNESS.test(field);
    return FIELD.test(field);
  });
  if (randomness !== undefined) fields.unshift(`rv:${randomness}`);
  if (threshold !== undefined) fields.unshift(`th:${threshold.replace(/0+$/, '') || '0'}`);
  const rest = traceState ?? createTraceState();
  return fields.length === 0 ? rest.unset(OT) : withRoom(rest).set(OT, fields.join(';'));
}

/** Without the members at the end that leave no room for one more. A full one would stay as it is (API 1.10) or overflow. */
function withRoom(traceState: TraceState): TraceState {
  const others = traceState.unset(OT);
  const tooMany = others
    .serialize()
    .split(',')
    .slice(MAX_MEMBERS - 1);
  return tooMany.reduce((state, member) => state.unset(member.slice(0, member.indexOf('='))), others);
}
