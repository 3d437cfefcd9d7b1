import { metrics } from '@opentelemetry/api';
import type {
  EnrichmentStageOptions,
  MappingStageOptions,
  RedactionStageOptions,
  SamplingStageOptions,
  SpanPipeline,
} from '@genspan/pipeline';
import { Redactor } from '@genspan/redaction-span-processor';
import type { LogRecordProcessorLike } from '@genspan/redaction-span-processor';
import type { SpanProcessorLike } from '@genspan/span-processor-base';
import { Delivery } from './delivery.js';
import type { DeliverySettings } from './delivery-settings.js';
import { setProviders } from './instrumentation-like.js';
import type { Instrumentations } from './instrumentations.js';
import { LateLogRecordProcessor } from './late-log-record-processor.js';
import { createLogPipeline } from './log-pipeline.js';
import { registeredLoggerProvider, registeredProviders, settleAll } from './providers.js';
import { reporting } from './reporting.js';
import { ResourceReadiness } from './resource-readiness.js';
import type { SdkModules } from './sdk-modules.js';
import { SpanActivity } from './span-activity.js';
import type { Settings } from './start-options.js';
import type { TelemetryParts } from './telemetry.js';
import { createTracePipeline } from './trace-pipeline.js';
import type { UnheldWork } from './unheld-work.js';

/** What {@link runSdk} needs. */
export interface SdkRunOptions extends Pick<Settings, 'model' | 'exporters' | 'serviceName' | 'sampler'> {
  readonly sampling: SamplingStageOptions | false;
  readonly enrichment: EnrichmentStageOptions | false;
  readonly mapping: MappingStageOptions | false;
  readonly redaction: RedactionStageOptions | false;
  /** How spans reach their exporters. */
  readonly delivery: DeliverySettings;
  readonly sdk: SdkModules;
  readonly instrumentations: Instrumentations;
  readonly unheld: UnheldWork;
}

/** What runs. */
export interface SdkRun {
  readonly parts: TelemetryParts;
  /** `undefined` when spans are not recorded, for want of an exporter. */
  readonly pipeline: SpanPipeline | undefined;
  readonly delivery: Delivery;
  /** What redacts spans and log records alike; `undefined` when nothing is redacted. */
  readonly redactor: Redactor | undefined;
}

/**
 * Starts `NodeSDK` with our processors of spans and log records; limits, propagators, resource and metrics are as the SDK
 * makes them from the environment.
 *
 * @throws what the SDK throws.
 */
export function runSdk({ sdk, instrumentations, unheld, serviceName, sampler, ...settings }: SdkRunOptions): SdkRun {
  const delivery = new Delivery();
  const { model } = settings;
  const activity = new SpanActivity();
  const logs = new LateLogRecordProcessor(unheld);
  let stages: Stages | undefined;
  let processors: SpanProcessorLike[] | undefined;
  const configuration = {
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(sampler === undefined ? {} : { sampler: sampler as never }),
    instrumentations: [...instrumentations.all] as never,
    // Without an exporter, of which NodeSDK knows too, there is no logger provider at all.
    ...(model.logs.exporters.length === 0 ? {} : { logRecordProcessors: [logs] as never }),
    // Read by NodeSDK.start() once the meter provider is registered, in which the processors may report on themselves.
    get spanProcessors() {
      if (processors === undefined) {
        stages = createStages({ ...settings, sdk, unheld, delivery, deliverySettings: settings.delivery });
        logs.handTo(stages.logs);
        processors = stages.pipeline === undefined ? [] : [stages.pipeline, activity, new ResourceReadiness()];
      }
      return processors as never;
    },
  };
  // In the background, because the timer that exports the metrics starts here.
  unheld.run(() => new sdk.sdkNode.NodeSDK(configuration).start());
  const tracerProvider = sdk.api.trace.getTracerProvider();
  const loggerProvider = registeredLoggerProvider(sdk);
  for (const one of instrumentations.all) setProviders(one, { tracerProvider, loggerProvider });
  const providers = registeredProviders(sdk);
  return {
    pipeline: stages?.pipeline,
    redactor: stages?.redactor,
    delivery,
    parts: {
      activity: () => activity.count,
      endOpenOperations: () => instrumentations.openai?.shutdown(),
      forceFlush: () => settleAll(providers.map((provider) => provider.forceFlush())),
      flushSync: () => delivery.flushSync(),
      shutdown: () => settleAll(providers.map((provider) => provider.shutdown())),
    },
  };
}

/** What spans and log records pass. */
interface Stages {
  readonly pipeline: SpanPipeline | undefined;
  readonly logs: LogRecordProcessorLike | undefined;
  readonly redactor: Redactor | undefined;
}

interface StagesContext extends Omit<SdkRunOptions, 'instrumentations' | 'serviceName' | 'sampler' | 'delivery'> {
  readonly delivery: Delivery;
  readonly deliverySettings: DeliverySettings;
}

/** Call it when the meter provider is registered. One redactor serves both signals, and counts for both. */
function createStages({ redaction, deliverySettings, ...settings }: StagesContext): Stages {
  const redactor = redaction === false ? undefined : redactorOf(redaction);
  const selfObsMeterProvider = settings.model.sdk.sdkMetrics ? metrics.getMeterProvider() : undefined;
  const context = { ...settings, settings: deliverySettings, redactor, selfObsMeterProvider };
  return { redactor, pipeline: createTracePipeline(context), logs: createLogPipeline(context) };
}

function redactorOf({ redactor, ...options }: RedactionStageOptions): Redactor {
  return redactor ?? new Redactor(reporting(options));
}
