import { diag, DiagLogLevel } from '@opentelemetry/api';
import type { MeterProvider } from '@opentelemetry/api';
import { readEnvironment } from '@genspan/configuration';
import { expectSampling, samplingStage } from '../src/sampling-settings.js';

const settings = (environment: Record<string, string> = {}) => readEnvironment(environment).model.sampling;
const withRules = (rules: readonly unknown[]) => settings({ OTEL_GENSPAN_SAMPLING_RULES: JSON.stringify(rules) });

let errors: string[];
beforeEach(() => {
  errors = [];
  const quiet = () => undefined;
  const error = (message: string) => void errors.push(message);
  const logger = { error, warn: quiet, info: quiet, debug: quiet, verbose: quiet };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ALL, suppressOverrideMessage: true });
});
afterEach(() => diag.disable());

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

describe('rules of the environment that are wrong', () => {
  it('are one error each that names the rule, and the others stay in force', () => {
    const environment = withRules([
      { name: 'good' },
      { name: 'typo', minTotalTokns: 5 },
      { name: 'share', rate: 1.5 },
      7,
      { name: 'good', rate: 0 },
      { name: 'pattern', attributes: { key: { regex: '(' } } },
      { rate: 0.5 },
      { name: 'also good', rate: 0.5 },
    ]);
    const stage = samplingStage(undefined, environment);
    expect(stage).toMatchObject({ rules: [{ name: 'good' }, { name: 'also good', rate: 0.5 }] });
    expect(errors).toEqual([
      expect.stringMatching(
        /^OTEL_GENSPAN_SAMPLING_RULES: Expected `rules\[1\] "typo"` to have only .*"minTotalTokns"/,
      ),
      expect.stringContaining(': Expected `rules[2] "share".rate` between 0 and 1, got `1.5`; this rule is left out'),
      expect.stringContaining(': Expected `rules[3]` to be an object, got `7`; this rule is left out'),
      expect.stringContaining(': Expected `rules[4].name` to be different from the names of other rules'),
      expect.stringContaining(': Expected `rules[5] "pattern".attributes["key"].regex` to be a regular expression'),
      expect.stringContaining(': Expected `rules[6].name` to be a non-empty string'),
    ]);
  });

  it('do not matter when the code gives rules of its own', () => {
    expect(samplingStage({ rules: [] }, withRules([{ name: 'a', rate: 7 }]))).toMatchObject({ rules: [] });
    expect(errors).toEqual([]);
  });

  it('never stop the start, however they are nested', () => {
    const deep = `${'{"not":'.repeat(20_000)}{}${'}'.repeat(20_000)}`;
    const environment = settings({ OTEL_GENSPAN_SAMPLING_RULES: `[{"name":"deep","not":${deep}}]` });
    expect(samplingStage({}, environment)).toMatchObject({ rules: [] });
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
