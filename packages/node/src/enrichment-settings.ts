import type { ConfigurationModel } from '@genspan/configuration';
import type { EnrichmentStageOptions } from '@genspan/pipeline';
import { usablePaths } from './environment-paths.js';
import { defined, expectStage, tryOutStage } from './stage-trial.js';

type EnvironmentEnrichment = ConfigurationModel['enrichment'];

/**
 * Checks the option `enrichment` of `start()`, together with the settings of the environment that it leaves in force.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `enrichment.maxTraces`.
 */
export function expectEnrichment(value: unknown, environment: EnvironmentEnrichment): EnrichmentStageOptions | false {
  const given = expectStage('enrichment', value);
  if (given !== false) tryOutStage('enrichment', { ...settingsOf(environment, []), ...given });
  return given;
}

/**
 * The options of enrichment: what was given in code over the environment, option by option; attributes key by key, and
 * limits of payloads one by one.
 *
 * Each path of the environment that is wrong is one `diag` error and left out.
 *
 * @param given - `undefined` when the code says nothing
 * @returns `false` when nothing is to be added
 */
export function enrichmentStage(
  given: EnrichmentStageOptions | false | undefined,
  environment: EnvironmentEnrichment,
): EnrichmentStageOptions | false {
  if (given === false || (given === undefined && !environment.enabled)) return false;
  const excludeFields = usablePaths(environment.excludeFields);
  const settings = settingsOf(environment, excludeFields);
  return {
    ...settings,
    ...given,
    attributes: { ...settings.attributes, ...given?.attributes },
    payload: given?.payload === false ? false : { ...settings.payload, ...given?.payload },
  };
}

/** The settings that the environment gives. */
function settingsOf(environment: EnvironmentEnrichment, excludeFields: readonly string[]) {
  const { attributes, context, baggageKeys, cost, tokens, traceTotals, maxSpanDepth, maxAttributes } = environment;
  const { maxValueBytes, maxMessageBytes, keepFirstMessages, keepLastMessages, dropToolDefinitions } = environment;
  const { embeddings, captureInputs, captureOutputs } = environment;
  const limits = { maxValueBytes, maxMessageBytes, keepFirstMessages, keepLastMessages, embeddings };
  return {
    attributes,
    context,
    baggageKeys,
    cost,
    tokens: tokens === 'none' ? {} : { estimate: tokens },
    traceTotals,
    maxSpanDepth,
    maxAttributes,
    payload: defined({
      ...limits,
      dropToolDefinitions: dropToolDefinitions === 'names' ? dropToolDefinitions : dropToolDefinitions === 'true',
      excludeFields,
      captureInputs,
      captureOutputs,
    }),
  } satisfies EnrichmentStageOptions;
}
