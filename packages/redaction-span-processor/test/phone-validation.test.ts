import { tmpdir } from 'node:os';
import { Redactor } from '../src/index.js';
import { createPhoneValidator } from '../src/phone-validation.js';
import type { PhoneNumberLibrary } from '../src/phone-validation.js';
import type * as RedactorModule from '../src/redactor.js';

/** What the library knows changes; these are of ranges that have been given out for decades. */
const GIVEN_OUT: readonly (readonly [match: string, defaultCountry: string | undefined])[] = [
  ['(415) 555-2671', 'US'],
  ['415.555.2671', 'US'],
  ['1 415 555 2671', 'US'],
  ['4155552671', 'US'],
  ['+1 415 555 2671', undefined],
  ['+1 (415) 555-2671 ext. 123', undefined],
  ['(415) 555-2671 x12', 'US'],
  ['+44 20 7946 0958', undefined],
  ['+44 (0)20 7946 0958', 'US'],
  ['(+49 30) 901820', undefined],
  ['+49 30/901820 Durchwahl 12', undefined],
  ['%2B4930901820', undefined],
  ['0049 30 901820', undefined],
  ['0049 30 901820', 'US'],
  ['011 49 30 901820', 'US'],
  ['030 901820', 'DE'],
  ['06 12 34 56 78', 'FR'],
  ['+33 6 12 34 56 78', 'US'],
];

const NOT_GIVEN_OUT: typeof GIVEN_OUT = [
  ['(555) 123-4567', 'US'],
  ['555-123-4567', 'US'],
  ['+1 555 123 4567', undefined],
  ['+1 555 123 4567', 'DE'],
  ['+999 1234 56789', undefined],
  ['0099 91234 56789', undefined],
  ['06 12 34 56 78', 'US'],
  ['(415) 555-2671', 'FR'],
  ['867-5309', 'US'],
  ['+', undefined],
  ['', 'US'],
];

test.each(GIVEN_OUT)('lets %s pass for a number with %s as country', (match, defaultCountry) => {
  const country = defaultCountry === undefined ? {} : { defaultCountry };
  expect(createPhoneValidator(country)(match)).toBe(true);
});

test.each(NOT_GIVEN_OUT)('takes %s for no number with %s as country', (match, defaultCountry) => {
  const country = defaultCountry === undefined ? {} : { defaultCountry };
  expect(createPhoneValidator(country)(match)).toBe(false);
});

test.each(['(555) 123-4567', '06 12 34 56 78', '867-5309', '555 123 4567 ext. 1'])(
  'does not check %s when no country is given',
  (match) => {
    expect(createPhoneValidator({})(match)).toBe(true);
  },
);

describe('a redactor that has numbers checked', () => {
  const redactor = new Redactor({ phoneValidation: { defaultCountry: 'US' } });
  const unchecked = new Redactor();

  test('leaves numbers that are not given out, and nothing else', () => {
    const text = 'Call (415) 555-2671, not (555) 123-4567 nor +1 555 123 4567; mail ann@example.com';
    expect(unchecked.redactText(text)).toBe('Call [REDACTED], not [REDACTED] nor [REDACTED]; mail [REDACTED]');
    expect(redactor.redactText(text)).toBe('Call [REDACTED], not (555) 123-4567 nor +1 555 123 4567; mail [REDACTED]');
    expect(redactor.redactText('not (555) 123-4567')).toBe('not (555) 123-4567');
  });

  test('reads numbers behind escapes', () => {
    const json = String.raw`{"a":"\u002b1 415 555 2671","b":"\u002b1 555 123 4567"}`;
    expect(unchecked.redactText(json)).not.toContain('4567');
    expect(redactor.redactText(json)).toBe(String.raw`{"a":"[REDACTED]","b":"\u002b1 555 123 4567"}`);
  });

  test('judges a number that is split over parts as a whole', () => {
    const parts = (first: string, second: string): string =>
      JSON.stringify([
        { type: 'text', text: first },
        { type: 'text', text: second },
      ]);
    const real = parts('Call (415) 5', '55-2671 now');
    expect(redactor.redactText(real)).toBe(parts('Call [REDACTED]', '[REDACTED] now'));
    const none = parts('Call (555) 1', '23-4567 now');
    expect(unchecked.redactText(none)).not.toBe(none);
    expect(redactor.redactText(none)).toBe(none);
  });

  test('finds what else the digits are', () => {
    const text = 'password: 5551234567';
    expect(redactor.find(text).map(({ detector }) => detector)).toEqual(['secret_field']);
  });

  test('counts only what is redacted', () => {
    const counting = new Redactor({ phoneValidation: { defaultCountry: 'US' } });
    counting.redactText('(415) 555-2671 or (555) 123-4567');
    expect(counting.stats().matches).toEqual({ phone: { text: 1 } });
  });
});

test('masks the whole value when the library throws', () => {
  const library: PhoneNumberLibrary = {
    isSupportedCountry: () => true,
    parsePhoneNumberFromString: () => {
      throw new Error('broken');
    },
  };
  const validate = createPhoneValidator({ defaultCountry: 'US' }, () => library);
  expect(() => validate('(415) 555-2671')).toThrow('broken');

  jest.isolateModules(() => {
    jest.doMock('../src/phone-validation.js', () => ({ createPhoneValidator: () => validate }));
    const { Redactor: Failing } = jest.requireActual<typeof RedactorModule>('../src/redactor.js');
    const redactor = new Failing({ phoneValidation: {} });
    expect(redactor.redactText('call (415) 555-2671 and more')).toBe('[REDACTED]');
    expect(redactor.redactText('nothing to call')).toBe('nothing to call');
    expect(redactor.stats().maskedWhole.error).toBe(1);
  });
});

describe('the option', () => {
  afterEach(() => jest.restoreAllMocks());

  test.each(['us', 'USA', 'ZZ', 'Germany'])('refuses %s as a country', (defaultCountry) => {
    expect(() => new Redactor({ phoneValidation: { defaultCountry } })).toThrow(
      'Expected `phoneValidation.defaultCountry` to be a country that libphonenumber-js knows, as two capital letters, got ',
    );
  });

  test('is refused where the library is not installed', () => {
    const mainScript = process.argv[1];
    jest.spyOn(process, 'cwd').mockReturnValue(tmpdir());
    process.argv[1] = `${tmpdir()}/main.js`;
    try {
      expect(() => new Redactor({ phoneValidation: {} })).toThrow(
        'Expected `phoneValidation` to be left out as long as libphonenumber-js is not installed, got an object',
      );
      expect(new Redactor().redactText('(555) 123-4567')).toBe('[REDACTED]');
    } finally {
      process.argv[1] = mainScript ?? '';
    }
  });
});
