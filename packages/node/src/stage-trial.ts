import { createNoopMeter } from '@opentelemetry/api';
import { createSpanPipeline } from '@genspan/pipeline';
import type { SpanPipelineOptions } from '@genspan/pipeline';
import { hasMethods, OptionError } from '@genspan/span-processor-base';
import { NOWHERE } from './nowhere.js';

/** A stage of the pipeline, by the name of its option. */
export type StageName = Exclude<keyof SpanPipelineOptions, 'delegate' | 'order'>;
/** What can be said about it. */
export type StageOptions<Name extends StageName> = Exclude<NonNullable<SpanPipelineOptions[Name]>, false>;

/**
 * Makes a stage to see whether it can be made, because the real one is made only when the SDK starts. It reports nothing.
 *
 * @throws {OptionError} naming the option that is wrong by its path: `sampling.rate`.
 */
export function tryOutStage<Name extends StageName>(name: Name, options: StageOptions<Name>): void {
  const { meterProvider } = options;
  if (meterProvider !== undefined && !hasMethods(meterProvider, ['getMeter'])) {
    throw new OptionError(`${name}.meterProvider`, 'to be a meter provider (getMeter)', meterProvider);
  }
  const silent = meterProvider === undefined ? {} : { meterProvider: { getMeter: createNoopMeter } };
  createSpanPipeline({ delegate: NOWHERE, [name]: { ...options, ...silent } });
}

/**
 * The options that `start()` was given for a stage, as an object without what was left out, or `false`.
 *
 * @throws {OptionError} when it is neither.
 */
export function expectStage<Name extends StageName>(name: Name, value: unknown): StageOptions<Name> | false {
  if (value === false) return false;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(name, 'to be an object or false', value);
  }
  // An option that is `undefined` is one that was left out. What is wrong in the others is found by a trial.
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as StageOptions<Name>;
}

/** The members of `settings` that say something. */
export function defined<Settings extends object>(
  settings: Settings,
): { [Key in keyof Settings]?: Exclude<Settings[Key], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Settings]?: Exclude<Settings[Key], undefined>;
  };
}
