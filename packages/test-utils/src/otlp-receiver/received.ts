import type { PlainAttributes } from './any-value.js';

/** Who recorded something. */
export interface ReceivedScope {
  readonly name: string;
  readonly version: string;
  readonly attributes: PlainAttributes;
  readonly schemaUrl: string;
}

/** What every span, point and log record carries with it. */
export interface ReceivedOrigin {
  /** The attributes of the resource. */
  readonly resource: PlainAttributes;
  readonly scope: ReceivedScope;
}

/** A span as it arrived. */
export interface ReceivedSpan extends ReceivedOrigin {
  readonly traceId: string;
  readonly spanId: string;
  /** `undefined` for a root span. */
  readonly parentSpanId: string | undefined;
  readonly traceState: string;
  readonly name: string;
  readonly kind: 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly durationMillis: number;
  readonly attributes: PlainAttributes;
  readonly status: { readonly code: 'unset' | 'ok' | 'error'; readonly message: string };
  readonly events: readonly {
    readonly name: string;
    readonly timeUnixNano: bigint;
    readonly attributes: PlainAttributes;
  }[];
  readonly links: readonly {
    readonly traceId: string;
    readonly spanId: string;
    readonly attributes: PlainAttributes;
  }[];
  readonly droppedAttributesCount: number;
}

/** One data point of a metric as it arrived. */
export interface ReceivedMetricPoint extends ReceivedOrigin {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly type: 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram';
  readonly temporality: 'unspecified' | 'delta' | 'cumulative';
  readonly attributes: PlainAttributes;
  /** The value of a gauge or sum; the sum of a histogram. */
  readonly value: number;
  /** How many measurements a histogram holds; 1 for the others. */
  readonly count: number;
  /** The upper bounds of a histogram's buckets. */
  readonly bounds: readonly number[];
  readonly bucketCounts: readonly number[];
}

/** A log record as it arrived. */
export interface ReceivedLogRecord extends ReceivedOrigin {
  readonly timeUnixNano: bigint;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly eventName: string;
  readonly body: unknown;
  readonly attributes: PlainAttributes;
  readonly traceId: string;
  readonly spanId: string;
}
