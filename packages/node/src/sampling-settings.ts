import { createNoopMeter, diag } from '@opentelemetry/api';
import type { ConfigurationModel } from '@genspan/configuration';
import { createSpanPipeline } from '@genspan/pipeline';
import type { SamplingStageOptions } from '@genspan/pipeline';
import { hasMethods, OptionError } from '@genspan/span-processor-base';
import type { SpanProcessorLike } from '@genspan/span-processor-base';
import { describeError } from './diagnostics.js';

const RULES_VARIABLE = 'OTEL_GENSPAN_SAMPLING_RULES';

type EnvironmentSampling = ConfigurationModel['sampling'];
type Rules = NonNullable<SamplingStageOptions['rules']>;

/** Takes nothing on, so that options can be tried. */
const NOWHERE: SpanProcessorLike = {
  onStart: () => undefined,
  onEnd: () => undefined,
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/**
 * Checks the option `sampling` of `start()`, together with the settings of the environment that it leaves in force.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `sampling.rate`.
 */
export function expectSampling(value: unknown, environment: EnvironmentSampling): SamplingStageOptions | false {
  if (value === false) return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError('sampling', 'to be an object or false', value);
  }
  const given = withoutUndefined(value);
  tryOut({ ...settingsOf(environment), ...given });
  return given;
}

/**
 * The options of the sampling stage: what was given in code over the environment, option by option.
 *
 * Each rule of the environment that is wrong is one `diag` error and left out: the traces it was for go on to the next
 * rules and to the rate.
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

/** An option that is `undefined` is one that was left out. */
function withoutUndefined(options: object): SamplingStageOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function usableRules(rules: readonly unknown[]): Rules {
  const usable: Rules[number][] = [];
  for (const [index, item] of rules.entries()) {
    // What it is turns out right here.
    const rule = item as Rules[number];
    try {
      tryOut({ rules: [...usable, rule] });
      usable.push(rule);
    } catch (error) {
      const { message } = error instanceof OptionError ? error : { message: describeError(error) };
      const told = message.replace(`sampling.rules[${usable.length}]`, `rules[${index}]`);
      diag.error(`${RULES_VARIABLE}: ${told}; this rule is left out`);
    }
  }
  return usable;
}

/** @throws {OptionError} when a stage cannot be made of these options. */
function tryOut({ meterProvider, ...options }: SamplingStageOptions): void {
  if (meterProvider !== undefined && !hasMethods(meterProvider, ['getMeter'])) {
    throw new OptionError('sampling.meterProvider', 'to be a meter provider (getMeter)', meterProvider);
  }
  // A trial reports nothing.
  createSpanPipeline({ delegate: NOWHERE, sampling: { ...options, meterProvider: { getMeter: createNoopMeter } } });
}
