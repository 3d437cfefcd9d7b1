import type { RedactionStageOptions } from '@genspan/pipeline';
import { tryOutStage } from './stage-trial.js';

/** A trial in mode `hash` must not warn that there is no key: nobody could hear it yet, and it is said once. */
const TRIAL_KEY = 'trial';

/**
 * Makes a redaction stage to see whether it can be made.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `redaction.mode`.
 */
export function tryOutRedaction(options: RedactionStageOptions): void {
  tryOutStage('redaction', options.redactor === undefined ? { hashKey: TRIAL_KEY, ...options } : options);
}
