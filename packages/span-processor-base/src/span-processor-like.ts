import type { Context } from '@opentelemetry/api';
import type { ReadableSpanLike, SpanLike } from './span-like.js';

/**
 * A span processor of either SDK line. SDK processors can be used where this is asked for, and the other way round.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/sdk/#span-processor
 */
export interface SpanProcessorLike {
  /** Called inside the application's `startSpan()`: a throw here comes out there. */
  onStart(span: SpanLike, parentContext: Context): void;
  /** Called inside `span.end()`, while the span can still be written. SDK 2.3 and later. */
  onEnding?(span: SpanLike): void;
  /** Called inside `span.end()`, after which the span is read only. */
  onEnd(span: ReadableSpanLike): void;
  /** Resolves when every span that has ended was handed to the exporter. Must return a promise. */
  forceFlush(): Promise<void>;
  /** Flushes and stops. */
  shutdown(): Promise<void>;
}
