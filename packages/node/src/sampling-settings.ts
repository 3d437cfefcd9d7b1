import type { ConfigurationModel } from '@genspan/configuration';
import type { SamplingStageOptions } from '@genspan/pipeline';
import { usableRules } from './environment-rules.js';
import { expectStage, tryOutStage } from './stage-trial.js';

type EnvironmentSampling = ConfigurationModel['sampling'];

/**
 * Checks the option `sampling` of `start()`, together with the settings of the environment that it leaves in force.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `sampling.rate`.
 */
export function expectSampling(value: unknown, environment: EnvironmentSampling): SamplingStageOptions | false {
  const given = expectStage('sampling', value);
  if (given !== false) tryOutStage('sampling', { ...settingsOf(environment), ...given });
  return given;
}

/**
 * The options of the sampling stage: what was given in code over the environment, option by option.
 *
 * Each rule of the environment that is wrong is one `diag` error and left out.
 *
 * @param given - `undefined` when the code says nothing: then there is a stage only if the environment asks for one
 * @returns `false` when there is to be no stage
 */
export function samplingStage(
  given: SamplingStageOptions | false | undefined,
  environment: EnvironmentSampling,
): SamplingStageOptions | false {
  if (given === false || (given === undefined && !asksForStage(environment))) return false;
  const rules = given?.rules ?? usableRules(environment.rules);
  return { ...settingsOf(environment), ...given, rules };
}

/** Whether the stage would do anything: at the defaults it keeps all traces, and the rest are bounds and details. */
function asksForStage({ rate, keepSlow, rules, maxTracesPerSecond }: EnvironmentSampling): boolean {
  return rate < 1 || keepSlow || rules.length > 0 || maxTracesPerSecond !== undefined;
}

/** The settings that the environment gives, without the rules. */
function settingsOf({ rules: _, maxTracesPerSecond, ...settings }: EnvironmentSampling): SamplingStageOptions {
  return { ...settings, ...(maxTracesPerSecond === undefined ? {} : { maxTracesPerSecond }) };
}
