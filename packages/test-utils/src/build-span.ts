import {
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Attributes,
  type HrTime,
  type Link,
  type SpanContext,
  type SpanStatus,
} from '@opentelemetry/api';

/** An event of a span, as both SDK lines have it. */
export interface BuiltEvent {
  readonly time: HrTime;
  readonly name: string;
  readonly attributes?: Attributes;
  readonly droppedAttributesCount?: number;
}

/** A resource, as both SDK lines have it. */
export interface BuiltResource {
  readonly attributes: Attributes;
  readonly asyncAttributesPending: boolean;
  waitForAsyncAttributes(): Promise<void>;
  merge(other: { readonly attributes: object } | null): BuiltResource;
  getRawAttributes(): [string, Attributes[string]][];
}

/** What {@link buildSpan} makes: an ended span that satisfies `ReadableSpan` of SDK 2.12 and 3.1. */
export interface BuiltSpan {
  name: string;
  kind: SpanKind;
  spanContext(): SpanContext;
  parentSpanContext?: SpanContext;
  startTime: HrTime;
  endTime: HrTime;
  status: SpanStatus;
  attributes: Attributes;
  links: Link[];
  events: BuiltEvent[];
  duration: HrTime;
  ended: boolean;
  resource: BuiltResource;
  instrumentationScope: { name: string; version?: string; schemaUrl?: string };
  droppedAttributesCount: number;
  droppedEventsCount: number;
  droppedLinksCount: number;
}

/** What can be said about a span to build; the rest has fixed values. */
export interface BuildSpanOptions {
  readonly name?: string;
  readonly kind?: SpanKind;
  /** 32 hex digits. */
  readonly traceId?: string;
  /** 16 hex digits. */
  readonly spanId?: string;
  /** The span id of a parent in the same process; with `remoteParent` in another one. */
  readonly parentSpanId?: string;
  readonly remoteParent?: boolean;
  readonly traceFlags?: TraceFlags;
  readonly traceState?: SpanContext['traceState'];
  /** Unix time in milliseconds. @defaultValue 1 750 000 000 000 */
  readonly startMillis?: number;
  /** @defaultValue 100 */
  readonly durationMillis?: number;
  readonly attributes?: Attributes;
  readonly events?: readonly { readonly name: string; readonly attributes?: Attributes }[];
  readonly links?: readonly Link[];
  readonly status?: SpanStatus;
  readonly resource?: BuiltResource;
  readonly scope?: { name: string; version?: string };
}

/** The resource of every built span that names no other; one object, since OTLP groups spans by its identity. */
const RESOURCE = buildResource({ 'service.name': 'test' });

/** Builds an ended span without an SDK. Attributes, events and links are copied. */
export function buildSpan(options: BuildSpanOptions = {}): BuiltSpan {
  const traceId = options.traceId ?? '0af7651916cd43dd8448eb211c80319c';
  const spanContext: SpanContext = {
    traceId,
    spanId: options.spanId ?? 'b7ad6b7169203331',
    traceFlags: options.traceFlags ?? TraceFlags.SAMPLED,
    ...(options.traceState === undefined ? {} : { traceState: options.traceState }),
  };
  const startMillis = options.startMillis ?? 1_750_000_000_000;
  const durationMillis = options.durationMillis ?? 100;
  const span: BuiltSpan = {
    name: options.name ?? 'span',
    kind: options.kind ?? SpanKind.INTERNAL,
    spanContext: () => spanContext,
    startTime: hrTime(startMillis),
    endTime: hrTime(startMillis + durationMillis),
    status: { ...(options.status ?? { code: SpanStatusCode.UNSET }) },
    attributes: { ...options.attributes },
    links: (options.links ?? []).map((link) => ({ ...link })),
    events: (options.events ?? []).map((event) => ({ time: hrTime(startMillis), ...event })),
    duration: hrTime(durationMillis),
    ended: true,
    resource: options.resource ?? RESOURCE,
    instrumentationScope: options.scope ?? { name: 'test' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
  if (options.parentSpanId === undefined) return span;
  const parent: SpanContext = { traceId, spanId: options.parentSpanId, traceFlags: spanContext.traceFlags };
  return { ...span, parentSpanContext: options.remoteParent === true ? { ...parent, isRemote: true } : parent };
}

/** Builds a resource without an SDK. */
export function buildResource(attributes: Attributes): BuiltResource {
  return {
    attributes,
    asyncAttributesPending: false,
    waitForAsyncAttributes: () => Promise.resolve(),
    merge: (other) => buildResource({ ...attributes, ...other?.attributes }),
    getRawAttributes: () => Object.entries(attributes),
  };
}

function hrTime(millis: number): HrTime {
  return [Math.floor(millis / 1000), Math.round((millis % 1000) * 1e6)];
}
