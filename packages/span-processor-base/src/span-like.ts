import type { Attributes, HrTime, Link, Span, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api';

/** An event of a span, as the SDK keeps it. */
export interface TimedEventLike {
  time: HrTime;
  name: string;
  attributes?: Attributes;
  droppedAttributesCount?: number;
}

/** A link of a span, as the SDK keeps it. */
export type LinkLike = Link;

/**
 * What genspan reads of a resource. Exporters group spans by the identity of this object: hand on the one you got.
 */
export interface ResourceLike {
  readonly attributes: Attributes;
  readonly schemaUrl?: string;
  readonly asyncAttributesPending?: boolean;
  waitForAsyncAttributes?(): Promise<void>;
}

/** The tracer a span came from. */
export interface InstrumentationScopeLike {
  readonly name: string;
  readonly version?: string;
  readonly schemaUrl?: string;
}

/**
 * An ended span: what `ReadableSpan` of SDK 2.12 (`sdk-trace-base`, `sdk-trace`) and 3.1 (`sdk-trace`) have in common.
 *
 * The types say what `@opentelemetry/api` says. With SDK 3 attribute values may be structured (objects, mixed arrays,
 * bytes) whatever the types of an older API say, so code that walks values treats them as `unknown`.
 */
export interface ReadableSpanLike {
  readonly name: string;
  readonly kind: SpanKind;
  readonly spanContext: () => SpanContext;
  readonly parentSpanContext?: SpanContext;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly links: LinkLike[];
  readonly events: TimedEventLike[];
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly resource: ResourceLike;
  readonly instrumentationScope: InstrumentationScopeLike;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
}

/** A span that is still being recorded: the API's span that can also be read. */
export type SpanLike = Span & ReadableSpanLike;
