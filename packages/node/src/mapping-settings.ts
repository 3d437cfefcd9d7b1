import type { ConfigurationModel } from '@genspan/configuration';
import type { MappingStageOptions } from '@genspan/pipeline';
import { expectStage, tryOutStage } from './stage-trial.js';

type EnvironmentMapping = ConfigurationModel['mapping'];

/**
 * Checks the option `mapping` of `start()`, together with the settings of the environment that it leaves in force.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `mapping.to`.
 */
export function expectMapping(value: unknown, environment: EnvironmentMapping): MappingStageOptions | false {
  const given = expectStage('mapping', value);
  if (given !== false) tryOutStage('mapping', { ...environment, ...given });
  return given;
}

/**
 * The options of the mapping stage: what was given in code over the environment, option by option.
 *
 * @param given - `undefined` when the code says nothing: then there is a stage only if the environment names a dialect
 * @returns `false` when there is to be no stage
 */
export function mappingStage(
  given: MappingStageOptions | false | undefined,
  environment: EnvironmentMapping,
): MappingStageOptions | false {
  if (given === false || (given === undefined && environment.to.length === 0)) return false;
  return { ...environment, ...given };
}
