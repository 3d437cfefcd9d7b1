import { createNoopMeter } from '@opentelemetry/api';
import { createSpanPipeline } from '@genspan/pipeline';
import type { RedactionStageOptions } from '@genspan/pipeline';
import { hasMethods, OptionError } from '@genspan/span-processor-base';
import { NOWHERE } from './nowhere.js';

/** A trial in mode `hash` must not warn that there is no key: nobody could hear it yet, and it is said once. */
const TRIAL_KEY = 'trial';

/**
 * Makes a redaction stage to see whether it can be made, because the real one is made only when the SDK starts.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `redaction.mode`.
 */
export function tryOutRedaction(options: RedactionStageOptions): void {
  const { meterProvider, hashKey = TRIAL_KEY } = options;
  if (meterProvider !== undefined && !hasMethods(meterProvider, ['getMeter'])) {
    throw new OptionError('redaction.meterProvider', 'to be a meter provider (getMeter)', meterProvider);
  }
  const trial = options.redactor === undefined ? { hashKey, meterProvider: { getMeter: createNoopMeter } } : {};
  createSpanPipeline({ delegate: NOWHERE, redaction: { ...options, ...trial } });
}
