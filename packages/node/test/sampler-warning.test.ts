import { diag, DiagLogLevel } from '@opentelemetry/api';
import { readEnvironment } from '@genspan/configuration';
import type { SamplingStageOptions } from '@genspan/pipeline';
import { AlwaysOnSampler, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';
import type { SamplerLike } from '../src/sampler-like.js';
import { warnOfTwoRates } from '../src/sampler-warning.js';

let warnings: string[];
beforeEach(() => {
  warnings = [];
  const quiet = () => undefined;
  const warn = (message: string) => void warnings.push(message);
  const logger = { error: quiet, warn, info: quiet, debug: quiet, verbose: quiet };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
});
afterEach(() => diag.disable());

const HALF = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' };

function warningsOf(
  environment: Record<string, string>,
  sampling: SamplingStageOptions | false,
  sampler?: SamplerLike,
): string[] {
  warnOfTwoRates({ model: readEnvironment(environment).model, sampling, sampler });
  return warnings;
}

describe('warnOfTwoRates', () => {
  it.each<[SamplingStageOptions]>([
    [{ rate: 0.5 }],
    [{ maxTracesPerSecond: 5 }],
    [{ adaptive: { targetTracesPerSecond: 5 } }],
    [{ rules: [{ name: 'all' }, { name: 'some', rate: 0.1 }] }],
    [{ rules: [{ name: 'some', maxTracesPerSecond: 1 }] }],
  ])('warns once of a ratio sampler of the SDK beside %j', (sampling) => {
    expect(warningsOf(HALF, sampling)).toEqual([
      expect.stringMatching(/^OTEL_TRACES_SAMPLER=parentbased_traceidratio and .* rates multiply/),
    ]);
  });

  it.each<[SamplingStageOptions | false]>([[false], [{}], [{ rate: 1, rules: [{ name: 'all', rate: 1 }] }]])(
    'says nothing beside %j, which drops nothing',
    (sampling) => {
      expect(warningsOf(HALF, sampling)).toEqual([]);
    },
  );

  it.each([
    [{}],
    [{ OTEL_TRACES_SAMPLER: 'parentbased_always_off' }],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio' }],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '1' }],
  ])('says nothing with %j, which does not thin out', (environment) => {
    expect(warningsOf(environment, { rate: 0.5 })).toEqual([]);
  });

  it('looks at the sampler of the code in place of the environment’s', () => {
    const root = new TraceIdRatioBasedSampler(0.1);
    expect(warningsOf(HALF, { rate: 0.5 }, new AlwaysOnSampler())).toEqual([]);
    expect(warningsOf({}, { rate: 0.5 }, new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(1) }))).toEqual(
      [],
    );
    expect(warningsOf({}, { rate: 0.5 }, new ParentBasedSampler({ root }))).toEqual([
      expect.stringMatching(/^The sampler and .* rates multiply/),
    ]);
  });
});
