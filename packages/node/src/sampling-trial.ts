import { createNoopMeter } from '@opentelemetry/api';
import { createSpanPipeline } from '@genspan/pipeline';
import type { SamplingStageOptions } from '@genspan/pipeline';
import { hasMethods, OptionError } from '@genspan/span-processor-base';
import { NOWHERE } from './nowhere.js';

/**
 * Makes a sampling stage to see whether it can be made, because the real one is made only when the SDK starts.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `sampling.rate`.
 */
export function tryOut({ meterProvider, ...options }: SamplingStageOptions): void {
  if (meterProvider !== undefined && !hasMethods(meterProvider, ['getMeter'])) {
    throw new OptionError('sampling.meterProvider', 'to be a meter provider (getMeter)', meterProvider);
  }
  // A trial reports nothing.
  createSpanPipeline({ delegate: NOWHERE, sampling: { ...options, meterProvider: { getMeter: createNoopMeter } } });
}
