import { diag } from '@opentelemetry/api';
import type { MeterProvider } from '@opentelemetry/api';
import { readEnvironment } from '@genspan/configuration';
import { Redactor } from '@genspan/redaction-span-processor';
import { expectRedaction, redactionStage } from '../src/redaction-settings.js';
import { captureDiag } from './captured-diag.js';
import type { CapturedDiag } from './captured-diag.js';

const settings = (environment: Record<string, string> = {}) =>
  readEnvironment(
    Object.fromEntries(
      Object.entries(environment).map(([name, text]) => [`OTEL_GENSPAN_REDACTION_${name}`, text] as const),
    ),
  ).model.redaction;

let told: CapturedDiag;
beforeEach(() => void (told = captureDiag()));
afterEach(() => diag.disable());

describe('the options of redaction', () => {
  it.each([[{}], [{ ENABLED: 'true' }], [{ ENABLED: 'no' }], [{ ENABLED: '0' }], [{ MODE: 'off' }]])(
    'mask what the default detectors find with %j',
    (environment) => {
      expect(redactionStage(undefined, settings(environment))).toEqual({
        mode: 'mask',
        allowlist: [],
        labels: false,
        keepLast: 4,
        maxValueLength: 16_777_216,
        dryRun: false,
        rules: [],
      });
    },
  );

  it('are none when the environment switches redaction off, or the code does', () => {
    expect(redactionStage(undefined, settings({ ENABLED: 'false' }))).toBe(false);
    expect(redactionStage(false, settings())).toBe(false);
    expect(redactionStage({}, settings({ ENABLED: 'false' }))).not.toBe(false);
  });

  it('are each taken from the code, else from the environment', () => {
    const environment = settings({ MODE: 'partial', KEEP_LAST: '2', LABELS: 'true', ALLOWLIST: 'a,b', HASH_KEY: 'k' });
    expect(redactionStage({ mode: 'hash', allowlist: ['c'] }, environment)).toMatchObject({
      mode: 'hash',
      hashKey: 'k',
      keepLast: 2,
      labels: true,
      allowlist: ['c'],
    });
  });

  it('take detectors from the code, whichever way it chooses them, else from the environment', () => {
    const environment = settings({ DETECTORS: 'email' });
    const detectorsOf = (given: object | undefined) => {
      const { detectors, includeDefaults } = redactionStage(given, environment) as Record<string, unknown>;
      return { detectors, includeDefaults };
    };
    expect(detectorsOf(undefined)).toEqual({ detectors: ['email'], includeDefaults: false });
    expect(detectorsOf({ detectors: { phone: false } })).toEqual({ detectors: { phone: false } });
    expect(detectorsOf({ includeDefaults: true })).toEqual({ includeDefaults: true });
  });

  it('redact fields of the environment beside what rules of the code say, also when those have the name', () => {
    const environment = settings({ FIELDS: 'customer.name' });
    const rule = { name: 'ids', pattern: /id-\d+/ };
    const fields = ['customer.name'];
    expect(redactionStage(undefined, environment)).toMatchObject({ rules: [{ name: 'field', fields }] });
    expect(redactionStage({ rules: [rule] }, environment)).toMatchObject({ rules: [rule, { name: 'field', fields }] });
    const options = redactionStage({ rules: [{ ...rule, name: 'field' }] }, environment);
    expect(() => new Redactor(options === false ? {} : options)).not.toThrow();
  });

  it('leave wrong fields and detectors of the environment out', () => {
    const environment = settings({ FIELDS: 'a[,b', DETECTORS: '+ipv4,+ipv5' });
    expect(redactionStage(undefined, environment)).toMatchObject({
      detectors: { ipv4: true },
      rules: [{ name: 'field', fields: ['b'] }],
    });
    expect(told.errors).toHaveLength(2);
  });

  it('are those of a redactor that is given, and nothing of the environment', () => {
    const redactor = new Redactor({ labels: true });
    expect(redactionStage({ redactor }, settings({ FIELDS: 'a', MODE: 'remove' }))).toEqual({ redactor });
  });

  it('can be made of every setting that the environment accepts', () => {
    const odd = ',a,*,**,a.*,?,(,[,\\,",😀, x y ,' + 'k'.repeat(500);
    const greatest = settings({
      MODE: 'hash',
      HASH_KEY: '😀',
      KEEP_LAST: '8',
      MAX_VALUE_LENGTH: '9007199254740991',
      ALLOWLIST: odd,
      ALLOW_KEYS: odd,
      FIELDS: odd,
      DETECTORS: odd.toLowerCase(),
    });
    const least = settings({ KEEP_LAST: '1', MAX_VALUE_LENGTH: '64', ALLOW_KEYS: ',', DETECTORS: 'none' });
    for (const environment of [greatest, least]) {
      const options = redactionStage(undefined, environment);
      expect(() => new Redactor(options === false ? {} : options)).not.toThrow();
      expect(() => expectRedaction({}, environment)).not.toThrow();
    }
  });

  it('hold the key of hashes in nothing that is told', () => {
    const key = ['not', 'to', 'be', 'told'].join('-');
    const environment = settings({ HASH_KEY: key, MODE: 'hash', DETECTORS: 'x', FIELDS: '[' });
    redactionStage(undefined, environment);
    expect(() => expectRedaction({ mode: 'x' }, environment)).toThrow(/^(?!.*not-to-be-told)/);
    expect(JSON.stringify([told, environment])).not.toContain(key);
  });
});

describe('options of the code', () => {
  it('are tried without reporting or warning of anything', () => {
    const getMeter = jest.fn();
    const meterProvider: MeterProvider = { getMeter };
    expect(expectRedaction({ meterProvider, mode: 'hash' }, settings())).toEqual({ meterProvider, mode: 'hash' });
    expect(getMeter).not.toHaveBeenCalled();
    expect(told.warnings).toEqual([]);
  });

  it('that are undefined are left out', () => {
    const options: object = { mode: undefined, labels: true };
    expect(expectRedaction(options, settings({ MODE: 'remove' }))).toEqual({ labels: true });
  });
});
