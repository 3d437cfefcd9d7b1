import type { MappedEvent } from './dialect.js';
import { isFields } from './shapes/json.js';

/** A span of an SDK (1.x, 2.x or 3.x), or what is known of one. */
export interface BraintrustSpan {
  readonly name?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events?: readonly MappedEvent[];
  readonly status?: { readonly code?: number; readonly message?: string };
  readonly instrumentationScope?: { readonly name?: string };
  /** As in a span of an SDK; or else the ids by themselves. */
  readonly spanContext?: () => { readonly traceId: string; readonly spanId: string };
  readonly parentSpanContext?: { readonly spanId: string };
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  /** Seconds and nanoseconds since 1970, as in a span of an SDK; or else the milliseconds. */
  readonly startTime?: readonly [number, number];
  readonly endTime?: readonly [number, number];
  readonly startTimeMillis?: number;
  readonly endTimeMillis?: number;
}

/** A span, whatever it is given as. */
export interface PlainSpan {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly name: string | undefined;
  readonly traceId: string | undefined;
  readonly spanId: string | undefined;
  readonly parentSpanId: string | undefined;
  readonly startTimeMillis: number | undefined;
  readonly endTimeMillis: number | undefined;
  /** What went wrong; `undefined` when nothing did. */
  readonly error: string | undefined;
  /** What dialects may ask for. */
  readonly about: {
    readonly events: readonly MappedEvent[];
    readonly scopeName?: string;
    readonly spanName?: string;
    readonly startTimeMillis?: number;
    readonly isLocalRoot: boolean;
  };
}

const ERROR = 2;
/** The largest time that dates can hold. */
const MAX_MILLIS = 8.64e15;

export function braintrustSpan(span: BraintrustSpan): PlainSpan {
  const context = typeof span.spanContext === 'function' ? span.spanContext() : span;
  const events = Array.isArray(span.events) ? (span.events as readonly MappedEvent[]) : [];
  const parentSpanId = idOf(span.parentSpanContext?.spanId) ?? idOf(span.parentSpanId);
  const startTimeMillis = timeOf(span.startTimeMillis, span.startTime);
  const name = typeof span.name === 'string' ? span.name : undefined;
  const scopeName = span.instrumentationScope?.name;
  return {
    attributes: isFields(span.attributes) ? span.attributes : {},
    name,
    traceId: idOf(context.traceId),
    spanId: idOf(context.spanId),
    parentSpanId,
    startTimeMillis,
    endTimeMillis: timeOf(span.endTimeMillis, span.endTime),
    error: errorOf(span, events),
    about: {
      events,
      ...(typeof scopeName === 'string' ? { scopeName } : {}),
      ...(name === undefined ? {} : { spanName: name }),
      ...(startTimeMillis === undefined ? {} : { startTimeMillis }),
      isLocalRoot: parentSpanId === undefined,
    },
  };
}

/** The message of the status, or of the exception, or at least the type of the error. */
function errorOf({ status, attributes }: BraintrustSpan, events: readonly MappedEvent[]): string | undefined {
  if (status?.code !== ERROR) return undefined;
  const exception = events.findLast((event) => isFields(event) && event.name === 'exception')?.attributes;
  const said = [
    status.message,
    exception?.['exception.message'],
    exception?.['exception.type'],
    attributes['error.type'],
  ];
  return said.find((text): text is string => typeof text === 'string' && text !== '') ?? 'error';
}

function idOf(id: unknown): string | undefined {
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function timeOf(millis: unknown, time: unknown): number | undefined {
  const [seconds, nanos] = (Array.isArray(time) ? time : []) as unknown[];
  const value = typeof seconds === 'number' && typeof nanos === 'number' ? seconds * 1e3 + nanos / 1e6 : millis;
  return typeof value === 'number' && Math.abs(value) <= MAX_MILLIS ? value : undefined;
}
