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

const NOTHING_SAID: OtSampling = { threshold: undefined, randomness: undefined };

/** Reads the `ot` member. */
export function readOtSampling(traceState: TraceState | undefined): OtSampling {
  const member = traceState?.get(OT);
  if (member === undefined) return NOTHING_SAID;
  let threshold: string | undefined;
  let randomness: string | undefined;
  for (const field of member.split(';')) {
    if (/^th:[0-9a-f]{1,14}$/.test(field)) threshold = field.slice(3).padEnd(14, '0');
    else if (/^rv:[0-9a-f]{14}$/.test(field)) randomness = field.slice(3);
  }
  return { threshold, randomness };
}

/**
 * A `tracestate` with this threshold and randomness in its `ot` member. Other fields of the member and other members stay.
 *
 * @param threshold - 14 hex digits, or `undefined` to take the field out
 * @param randomness - 14 hex digits; `undefined` leaves the field as it is
 */
export function withOtSampling(
  traceState: TraceState | undefined,
  threshold: string | undefined,
  randomness?: string,
): TraceState {
  const kept = traceState?.get(OT)?.split(';') ?? [];
  const fields = kept.filter(
    (field) => !field.startsWith('th:') && !(field.startsWith('rv:') && randomness !== undefined) && field !== '',
  );
  if (randomness !== undefined) fields.unshift(`rv:${randomness}`);
  if (threshold !== undefined) fields.unshift(`th:${threshold.replace(/0+$/, '') || '0'}`);
  const rest = traceState ?? createTraceState();
  return fields.length === 0 ? rest.unset(OT) : rest.set(OT, fields.join(';'));
}
