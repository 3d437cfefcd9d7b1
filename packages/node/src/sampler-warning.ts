import { diag } from '@opentelemetry/api';
import type { ConfigurationModel } from '@genspan/configuration';
import type { SamplingStageOptions } from '@genspan/pipeline';
import type { SamplerLike } from './sampler-like.js';

/** A sampler of the SDK that records a share of the traces, alone or inside a parent-based one. */
const THINNING_OUT = /TraceIdRatioBased\{(?!1\})/;

/** What {@link warnOfTwoRates} looks at. */
export interface TwoRates {
  readonly model: ConfigurationModel;
  /** The sampler that was given in code, which is used in place of that of the environment. */
  readonly sampler: SamplerLike | undefined;
  readonly sampling: SamplingStageOptions | false;
}

/**
 * Says so when traces are thinned out at their start by a sampler of the SDK and at their end by genspan.
 *
 * `TraceIdRatioBasedSampler` reads other bits of the trace id than consistent sampling does and leaves no threshold on the
 * spans: so neither stage knows of the other.
 */
export function warnOfTwoRates({ model, sampler, sampling }: TwoRates): void {
  if (sampling === false || !thinsOut(sampling)) return;
  const isRatioSampler = sampler === undefined ? hasRatio(model.traces) : THINNING_OUT.test(String(sampler));
  if (!isRatioSampler) return;
  diag.warn(
    `${sampler === undefined ? `OTEL_TRACES_SAMPLER=${model.traces.sampler}` : 'The sampler'} and genspan's sampling decide ` +
      'independently of each other: their rates multiply, and counts that are adjusted for sampling are too low. ' +
      'Set a rate in one place only.',
  );
}

function hasRatio({ sampler, samplerRatio }: ConfigurationModel['traces']): boolean {
  return sampler.endsWith('traceidratio') && samplerRatio < 1;
}

function thinsOut({ rate = 1, adaptive, maxTracesPerSecond, rules = [] }: SamplingStageOptions): boolean {
  return [{ rate, adaptive, maxTracesPerSecond }, ...rules].some(
    (share) => (share.rate ?? 1) < 1 || share.adaptive !== undefined || share.maxTracesPerSecond !== undefined,
  );
}
