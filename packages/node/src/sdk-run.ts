import type { SpanProcessorLike } from '@genspan/span-processor-base';
import { setProviders } from './instrumentation-like.js';
import type { Instrumentations } from './instrumentations.js';
import { registeredLoggerProvider, registeredProviders, settleAll } from './providers.js';
import type { SdkModules } from './sdk-modules.js';
import { SpanActivity } from './span-activity.js';
import type { Settings } from './start-options.js';
import type { TelemetryParts } from './telemetry.js';
import { createTracePipeline } from './trace-pipeline.js';
import { unheldLoggerProvider } from './unheld-logger-provider.js';
import type { UnheldWork } from './unheld-work.js';

/** What {@link runSdk} needs. */
export interface SdkRunOptions extends Pick<Settings, 'model' | 'exporters' | 'serviceName'> {
  readonly sdk: SdkModules;
  readonly instrumentations: Instrumentations;
  readonly unheld: UnheldWork;
}

/**
 * Starts `NodeSDK` with our span processor; sampler, limits, propagators, resource, metrics and logs are as the SDK makes
 * them from the environment.
 *
 * @throws what the SDK throws.
 */
export function runSdk({ sdk, instrumentations, unheld, serviceName, ...traces }: SdkRunOptions): TelemetryParts {
  const activity = new SpanActivity();
  let processors: SpanProcessorLike[] | undefined;
  const configuration = {
    ...(serviceName === undefined ? {} : { serviceName }),
    instrumentations: [...instrumentations.all] as never,
    // Read by NodeSDK.start() once the meter provider is registered, in which the processors may report on themselves.
    get spanProcessors() {
      if (processors === undefined) {
        const head = createTracePipeline({ ...traces, sdk, unheld });
        processors = head === undefined ? [] : [head, activity];
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
    activity: () => activity.count,
    endOpenOperations: () => instrumentations.openai?.shutdown(),
    forceFlush: () => settleAll(providers.map((provider) => provider.forceFlush())),
    shutdown: () => settleAll(providers.map((provider) => provider.shutdown())),
  };
}
