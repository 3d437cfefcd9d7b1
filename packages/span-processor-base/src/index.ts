export { CollectedCounter, onCollection } from './collected-counter.js';
export { copyAttributes } from './copy-attributes.js';
export { DelegatingSpanProcessor } from './delegating-span-processor.js';
export { FailureCounter } from './failure-counter.js';
export { GuardedSpanProcessor } from './guarded-span-processor.js';
export { InPlaceSpanProcessor } from './in-place-span-processor.js';
export type { SpanChanges } from './in-place-span-processor.js';
export { absorbRejection, neverThrow } from './never-throw.js';
export {
  OptionError,
  expectBoolean,
  expectInteger,
  expectMeterProvider,
  expectNonEmptyString,
  expectNonEmptyStrings,
  expectNumber,
  expectOneOf,
  expectOptions,
  expectRatio,
  expectFunction,
  expectSpanExporter,
  expectSpanProcessor,
  hasMethods,
} from './options.js';
export { overwrite } from './overwrite.js';
export { EXPORT_FAILED, EXPORT_SUCCESS, deliveryCountsOf } from './span-exporter-like.js';
export type { DeliveryCounts, ExportResultLike, LossReason, SpanExporterLike, SpanLoss } from './span-exporter-like.js';
export { OldestFirstMap } from './oldest-first-map.js';
export type {
  InstrumentationScopeLike,
  LinkLike,
  ReadableSpanLike,
  ResourceLike,
  SpanLike,
  TimedEventLike,
} from './span-like.js';
export { isModelCall, SpanUsageReader } from './span-usage.js';
export type { CostOf } from './span-usage.js';
export { NOT_REPORTED, TraceUsage } from './trace-usage.js';
export { sizeOfSpan } from './span-size.js';
export type { SpanProcessorLike } from './span-processor-like.js';
export { SpanView } from './span-view.js';
export { withoutTracing } from './without-tracing.js';
export { warnOnce } from './warn-once.js';
