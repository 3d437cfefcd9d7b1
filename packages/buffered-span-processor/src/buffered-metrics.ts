import type { MeterProvider } from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@genspan/semconv';
import { CollectedCounter, onCollection } from '@genspan/span-processor-base';
import type { BufferedSpanProcessorStats } from './buffered-stats.js';

/** What metrics are made from. */
export interface MetricSource {
  readonly capacity: number;
  stats(): Pick<BufferedSpanProcessorStats, 'exported' | 'droppedByReason'>;
  /** Of those dropped for `shutdown`, the spans that ended after it. */
  endedAfterShutdown(): number;
  queueSize(): number;
}

/**
 * The standard has a value for the SDK's own batch processor, whose instances are numbered by the SDK; a processor that is not
 * the SDK's is named by its class.
 */
const COMPONENT_TYPE = 'BufferedSpanProcessor';
/** Counts instances, also when the package is loaded both as CommonJS and as a module. */
const INSTANCES = Symbol.for('genspan.buffered-span-processor.instances');

/**
 * Reports the numbers each time a reader collects, by the names of the OpenTelemetry conventions for metrics of the SDK.
 *
 * A span counts as processed when it is known what became of it; `error.type` is the reason of a loss.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/
 */
export function reportBufferedMetrics(meterProvider: MeterProvider, source: MetricSource): void {
  const meter = meterProvider.getMeter('@genspan/buffered-span-processor');
  const component = {
    'otel.component.type': COMPONENT_TYPE,
    'otel.component.name': `${COMPONENT_TYPE}/${nextInstance()}`,
  };
  const processed = new CollectedCounter(
    meter.createCounter('otel.sdk.processor.span.processed', {
      unit: '{span}',
      description: 'Spans of which it is known what became of them.',
    }),
  );
  const queueSize = meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.size', {
    unit: '{span}',
    description: 'Spans that wait for their batch.',
  });
  const queueCapacity = meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.capacity', {
    unit: '{span}',
    description: 'Spans that may wait for their batch, at most.',
  });
  onCollection(
    meter,
    'genspan.buffered_span_processor.collection',
    (observer) => {
      const { exported, droppedByReason } = source.stats();
      const { shutdown = 0, ...others } = droppedByReason;
      const ended = source.endedAfterShutdown();
      // The standard's word for spans that come too late.
      const byErrorType = { ...others, shutdown: shutdown - ended, already_shutdown: ended };
      processed.reach(exported, component);
      for (const [reason, total] of Object.entries(byErrorType)) {
        processed.reach(total, { ...component, [ATTR_ERROR_TYPE]: reason });
      }
      observer.observe(queueSize, source.queueSize(), component);
      observer.observe(queueCapacity, source.capacity, component);
    },
    [queueSize, queueCapacity],
  );
}

function nextInstance(): number {
  const known: unknown = Reflect.get(globalThis, INSTANCES);
  const instance = typeof known === 'number' ? known : 0;
  Reflect.set(globalThis, INSTANCES, instance + 1);
  return instance;
}
