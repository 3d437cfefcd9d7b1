import type { SamplingStageOptions, SpanPipeline } from '@genspan/pipeline';
import type { SpanProcessorLike } from '@genspan/span-processor-base';
import { setProviders } from './instrumentation-like.js';
import type { Instrumentations } from './instrumentations.js';
import { registeredLoggerProvider, registeredProviders, settleAll } from './providers.js';
import { ResourceReadiness } from './resource-readiness.js';
import type { SdkModules } from './sdk-modules.js';
import { SpanActivity } from './span-activity.js';
import type { Settings } from './start-options.js';
import type { TelemetryParts } from './telemetry.js';
import { createTracePipeline } from './trace-pipeline.js';
import { unheldLoggerProvider } from './unheld-logger-provider.js';
import type { UnheldWork } from './unheld-work.js';

/** What {@link runSdk} needs. */
export interface SdkRunOptions extends Pick<Settings, 'model' | 'exporters' | 'serviceName' | 'sampler'> {
  readonly sampling: SamplingStageOptions | false;
  readonly sdk: SdkModules;
  readonly instrumentations: Instrumentations;
  readonly unheld: UnheldWork;
}

/** What runs. */
export interface SdkRun {
  readonly parts: TelemetryParts;
  /** `undefined` when spans are not recorded, for want of an exporter. */
  readonly pipeline: SpanPipeline | undefined;
}

/**
 * Starts `NodeSDK` with our span processor; limits, propagators, resource, metrics and logs are as the SDK makes
 * them from the environment.
 *
 * @throws what the SDK throws.
 */
export function runSdk({ sdk, instrumentations, unheld, serviceName, sampler, ...traces }: SdkRunOptions): SdkRun {
  const activity = new SpanActivity();
  let pipeline: SpanPipeline | undefined;
  let processors: SpanProcessorLike[] | undefined;
  const configuration = {
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(sampler === undefined ? {} : { sampler: sampler as never }),
    instrumentations: [...instrumentations.all] as never,
    // Read by NodeSDK.start() once the meter provider is registered, in which the processors may report on themselves.
    get spanProcessors() {
      if (processors === undefined) {
        pipeline = createTracePipeline({ ...traces, sdk, unheld });
        processors = pipeline === undefined ? [] : [pipeline, activity, new ResourceReadiness()];
      }
      return processors as never;
    },
  };
  // In the background, because the timer that exports the metrics starts here.
  unheld.run(() => new sdk.sdkNode.NodeSDK(configuration).start());
  const tracerProvider = sdk.api.trace.getTracerProvider();
  const loggerProvider = unheldLoggerProvider(registeredLoggerProvider(sdk), unheld);
  for (const one of instrumentations.all) setProviders(one, { tracerProvider, loggerProvider });
  const providers = registeredProviders(sdk);
  return {
    pipeline,
    parts: {
      activity: () => activity.count,
      endOpenOperations: () => instrumentations.openai?.shutdown(),
      forceFlush: () => settleAll(providers.map((provider) => provider.forceFlush())),
      shutdown: () => settleAll(providers.map((provider) => provider.shutdown())),
    },
  };
}
