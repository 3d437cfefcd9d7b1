import type { MeterProvider } from '@opentelemetry/api';
import { readEnvironment } from '@genspan/configuration';
import { expectSampling, samplingStage } from '../src/sampling-settings.js';

const settings = (environment: Record<string, string> = {}) => readEnvironment(environment).model.sampling;

describe('the sampling stage', () => {
  it.each([
    [{}],
    [{ OTEL_GENSPAN_SAMPLING_RATE: '1' }],
    [{ OTEL_GENSPAN_SAMPLING_KEEP_ERRORS: 'false' }],
    [{ OTEL_GENSPAN_SAMPLING_MAX_TRACES: '5', OTEL_GENSPAN_SAMPLING_SLOW_THRESHOLD_MS: '5' }],
    [{ OTEL_GENSPAN_SAMPLING_RULES: '[]' }],
    [{ OTEL_GENSPAN_SAMPLING_RATE: '2' }],
  ])('is left out with %j, because everything is kept anyway', (environment) => {
    expect(samplingStage(undefined, settings(environment))).toBe(false);
  });

  it.each([
    [{ OTEL_GENSPAN_SAMPLING_RATE: '0.5' }],
    [{ OTEL_GENSPAN_SAMPLING_KEEP_SLOW: 'true' }],
    [{ OTEL_GENSPAN_SAMPLING_RULES: '[{"name":"a"}]' }],
    [{ OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND: '5' }],
  ])('is there with %j', (environment) => {
    expect(samplingStage(undefined, settings(environment))).toMatchObject({ maxTraces: 20_000 });
  });

  it('is there when the code asks for it, whatever for, and not when the code says no', () => {
    expect(samplingStage({}, settings())).toMatchObject({ rate: 1, rules: [] });
    expect(samplingStage(false, settings({ OTEL_GENSPAN_SAMPLING_RATE: '0' }))).toBe(false);
  });

  it('takes each option from the code, else from the environment', () => {
    const environment = settings({
      OTEL_GENSPAN_SAMPLING_RATE: '0.1',
      OTEL_GENSPAN_SAMPLING_KEEP_SLOW: 'true',
      OTEL_GENSPAN_SAMPLING_RULES: '[{"name":"of the environment"}]',
      OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND: '0.5',
    });
    const rules = [{ name: 'of the code' }];
    expect(samplingStage({ rate: 0.2, rules }, environment)).toMatchObject({
      rate: 0.2,
      keepSlow: true,
      rules,
      maxTracesPerSecond: 0.5,
    });
    expect(samplingStage({ keepSlow: false }, environment)).toMatchObject({
      rate: 0.1,
      keepSlow: false,
      rules: [{ name: 'of the environment' }],
    });
  });

  it('leaves wrong rules of the environment out, and does not look at them when the code has rules', () => {
    const environment = settings({ OTEL_GENSPAN_SAMPLING_RULES: '[{"name":"wrong","rate":7},{"name":"right"}]' });
    expect(samplingStage(undefined, environment)).toMatchObject({ rules: [{ name: 'right' }] });
    expect(samplingStage({ rules: [] }, environment)).toMatchObject({ rules: [] });
  });

  it('takes an option that is undefined for one that is left out', () => {
    const environment = settings({ OTEL_GENSPAN_SAMPLING_RATE: '0.1' });
    const options: object = { rate: undefined, keepErrors: false };
    const given = expectSampling(options, environment);
    expect(samplingStage(given, environment)).toMatchObject({ rate: 0.1, keepErrors: false });
  });

  it('can be made of every setting that the environment accepts', () => {
    const greatest = settings({
      OTEL_GENSPAN_SAMPLING_RATE: '0',
      OTEL_GENSPAN_SAMPLING_SLOW_THRESHOLD_MS: '9007199254740991',
      OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND: '1e300',
      OTEL_GENSPAN_SAMPLING_DECISION_WAIT_MS: '2147483647',
      OTEL_GENSPAN_SAMPLING_MAX_TRACES: '9007199254740991',
      OTEL_GENSPAN_SAMPLING_MAX_SPANS_PER_TRACE: '9007199254740991',
      OTEL_GENSPAN_SAMPLING_MAX_BUFFERED_BYTES: '9007199254740991',
    });
    const least = settings({
      OTEL_GENSPAN_SAMPLING_RATE: '1e-300',
      OTEL_GENSPAN_SAMPLING_SLOW_THRESHOLD_MS: '0',
      OTEL_GENSPAN_SAMPLING_MAX_TRACES_PER_SECOND: '1e-300',
      OTEL_GENSPAN_SAMPLING_DECISION_WAIT_MS: '1',
      OTEL_GENSPAN_SAMPLING_MAX_TRACES: '1',
      OTEL_GENSPAN_SAMPLING_MAX_SPANS_PER_TRACE: '1',
      OTEL_GENSPAN_SAMPLING_MAX_BUFFERED_BYTES: '1',
    });
    for (const environment of [greatest, least]) expect(() => expectSampling({}, environment)).not.toThrow();
    expect(greatest.decisionWaitMillis).toBe(2_147_483_647);
  });
});

describe('options of the code', () => {
  it('are tried without reporting anything', () => {
    const getMeter = jest.fn();
    const meterProvider: MeterProvider = { getMeter };
    expect(expectSampling({ meterProvider }, settings())).toEqual({ meterProvider });
    expect(getMeter).not.toHaveBeenCalled();
  });
});
