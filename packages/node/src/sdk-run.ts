import type { SpanProcessorLike } from '@genspan/span-processor-base';
import { setLoggerProvider } from './instrumentation-like.js';
import type { Instrumentations } from './instrumentations.js';
import { registeredLoggerProvider, registeredProviders, settleAll } from './providers.js';
import type { SdkModules } from './sdk-modules.js';
import type { Settings } from './start-options.js';
import type { TelemetryParts } from './telemetry.js';
import { createTracePipeline } from './trace-pipeline.js';

/** What {@link runSdk} needs. */
export interface SdkRunOptions extends Pick<Settings, 'model' | 'exporters' | 'serviceName'> {
  readonly sdk: SdkModules;
  readonly instrumentations: Instrumentations;
}

/**
 * Starts `NodeSDK` with our span processor; sampler, limits, propagators, resource, metrics and logs are as the SDK makes
 * them from the environment.
 *
 * @throws what the SDK throws.
 */
export function runSdk({ sdk, instrumentations, serviceName, ...traces }: SdkRunOptions): TelemetryParts {
  let processors: SpanProcessorLike[] | undefined;
  const nodeSdk = new sdk.sdkNode.NodeSDK({
    ...(serviceName === undefined ? {} : { serviceName }),
    instrumentations: [...instrumentations.all] as never,
    // Read by NodeSDK.start() once the meter provider is registered, in which the processors may report on themselves.
    get spanProcessors() {
      if (processors === undefined) {
        const head = createTracePipeline({ ...traces, sdk });
        processors = head === undefined ? [] : [head];
      }
      return processors as never;
    },
  });
  nodeSdk.start();
  const loggerProvider = registeredLoggerProvider(sdk);
  if (loggerProvider !== undefined) for (const one of instrumentations.all) setLoggerProvider(one, loggerProvider);
  const providers = registeredProviders(sdk);
  return {
    endOpenOperations: () => instrumentations.openai?.shutdown(),
    forceFlush: () => settleAll(providers.map((provider) => provider.forceFlush())),
    shutdown: () => settleAll(providers.map((provider) => provider.shutdown())),
  };
}
