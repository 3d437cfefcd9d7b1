import type { ConfigurationModel } from '@genspan/configuration';
import type { RedactionStageOptions } from '@genspan/pipeline';
import type { RedactionRule } from '@genspan/redaction-span-processor';
import { usableDetectors } from './environment-detectors.js';
import { usableFields } from './environment-fields.js';
import { tryOutRedaction } from './redaction-trial.js';
import { expectStage } from './stage-trial.js';

type EnvironmentRedaction = ConfigurationModel['redaction'];

/**
 * Checks the option `redaction` of `start()`, together with the settings of the environment that it leaves in force.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `redaction.mode`.
 */
export function expectRedaction(value: unknown, environment: EnvironmentRedaction): RedactionStageOptions | false {
  const given = expectStage('redaction', value);
  if (given === false) return false;
  tryOutRedaction(given.redactor === undefined ? { ...settingsOf(environment), ...given } : given);
  return given;
}

/**
 * The options of redaction: what was given in code over the environment, option by option. Fields of the environment are
 * redacted beside what the rules of the code say.
 *
 * Each detector and field of the environment that is wrong is one `diag` error and left out.
 *
 * @param given - `undefined` when the code says nothing
 * @returns `false` when nothing is to be redacted
 */
export function redactionStage(
  given: RedactionStageOptions | false | undefined,
  environment: EnvironmentRedaction,
): RedactionStageOptions | false {
  if (given === false || (given === undefined && !environment.enabled)) return false;
  if (given?.redactor !== undefined) return given;
  const isCodeChoosing = given?.detectors !== undefined || given?.includeDefaults !== undefined;
  return {
    ...settingsOf(environment),
    ...(isCodeChoosing ? {} : usableDetectors(environment.detectors)),
    ...given,
    rules: withFields(given?.rules ?? [], usableFields(environment.fields)),
  };
}

/** The settings that the environment gives, without those that have to be tried one by one. */
function settingsOf({ enabled: _, detectors: _detectors, fields: _fields, ...settings }: EnvironmentRedaction) {
  const { allowKeys, hashKey, ...others } = settings;
  return {
    ...others,
    ...(allowKeys === undefined ? {} : { allowKeys }),
    ...(hashKey === undefined ? {} : { hashKey: hashKey.reveal() }),
  };
}

function withFields(rules: readonly RedactionRule[], fields: readonly string[]): readonly RedactionRule[] {
  if (fields.length === 0) return rules;
  const isTaken = rules.some((rule) => rule.name === 'field');
  return [...rules, { name: isTaken ? 'field.of_environment' : 'field', fields }];
}
