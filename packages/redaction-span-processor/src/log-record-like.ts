import type { Context, HrTime, SpanContext } from '@opentelemetry/api';
import type { InstrumentationScopeLike, ResourceLike } from '@genspan/span-processor-base';

/**
 * A log record while processors see it: what `ReadWriteLogRecord` of `sdk-logs` 0.223 and 0.301 have in common. Values may be
 * structured on both: strings, numbers, booleans, bytes, lists and maps of these.
 */
export interface LogRecordLike {
  hrTime: HrTime;
  hrTimeObserved: HrTime;
  spanContext?: SpanContext;
  readonly resource: ResourceLike;
  readonly instrumentationScope: InstrumentationScopeLike;
  readonly attributes: Readonly<Record<string, unknown>>;
  severityText?: string;
  severityNumber?: number;
  body?: unknown;
  eventName?: string;
  droppedAttributesCount: number;
  setAttribute(key: string, value?: unknown): LogRecordLike;
  setAttributes(attributes: Readonly<Record<string, unknown>>): LogRecordLike;
  setBody(body: unknown): LogRecordLike;
  setEventName(eventName: string): LogRecordLike;
  setSeverityNumber(severityNumber: number): LogRecordLike;
  setSeverityText(severityText: string): LogRecordLike;
}

/** What a logger asks about before a record is made. */
export interface LogEnabledQuery {
  readonly context: Context;
  readonly instrumentationScope: InstrumentationScopeLike;
  readonly severityNumber?: number;
  readonly eventName?: string;
}

/**
 * A log record processor of either SDK line. SDK processors can be used where this is asked for, and the other way round.
 *
 * @see https://opentelemetry.io/docs/specs/otel/logs/sdk/#logrecordprocessor
 */
export interface LogRecordProcessorLike {
  /** Called inside the application's `emit()`: a throw here comes out there. */
  onEmit(logRecord: LogRecordLike, context?: Context): void;
  /** Whether a record like that would be used. */
  enabled?(query: LogEnabledQuery): boolean;
  /** Resolves when everything emitted was handed to the exporter. */
  forceFlush(options?: { timeoutMillis?: number }): Promise<void>;
  /** Flushes and stops. */
  shutdown(): Promise<void>;
}
