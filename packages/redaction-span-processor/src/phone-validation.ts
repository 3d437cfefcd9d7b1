import { OptionError } from '@genspan/span-processor-base';
import { loadInstalled } from './installed-module.js';
import type { PhoneValidation } from './redactor-options.js';

/** What is used of the package `libphonenumber-js`. */
export interface PhoneNumberLibrary {
  parsePhoneNumberFromString(
    text: string,
    options: { defaultCountry?: string; extract: false },
  ): { isValid(): boolean } | undefined;
  isSupportedCountry(country: string): boolean;
}

/** Whether a match of the detector `phone`, with what belongs to it, is a number that is given out. */
export type IsPhoneNumber = (match: string) => boolean;

/**
 * Makes the test of the option `phoneValidation`.
 *
 * @param load - where the library comes from; tests give another
 * @throws OptionError when `libphonenumber-js` is not installed, or does not know the country.
 */
export function createPhoneValidator({ defaultCountry }: PhoneValidation, load = loadPhoneNumbers): IsPhoneNumber {
  const library = load();
  if (library === undefined) {
    throw new OptionError('phoneValidation', 'to be left out as long as libphonenumber-js is not installed', {});
  }
  if (defaultCountry !== undefined && !library.isSupportedCountry(defaultCountry)) {
    const expected = 'to be a country that libphonenumber-js knows, as two capital letters';
    throw new OptionError('phoneValidation.defaultCountry', expected, defaultCountry);
  }
  return (match) => {
    const number = dialled(match);
    const isInternational = number.startsWith('+');
    if (!isInternational && defaultCountry === undefined) return true;
    const country = defaultCountry === undefined ? {} : { defaultCountry };
    return library.parsePhoneNumberFromString(number, { ...country, extract: false })?.isValid() ?? false;
  };
}

/** Digits, behind `+` if they begin with a country. Extensions, of which the library does not know all spellings, are left out. */
function dialled(match: string): string {
  const text = match.replace('%2B', '+');
  const extension = text.search(/\p{L}/u);
  const number = extension === -1 ? text : text.slice(0, extension);
  const digits = number.replace(/\D/g, '');
  if (number.includes('+')) return `+${digits}`;
  return digits.startsWith('00') ? `+${digits.slice(2)}` : digits;
}

/** With the rules of every kind of number: those of the package's main export let through what is only long enough. */
function loadPhoneNumbers(): PhoneNumberLibrary | undefined {
  return loadInstalled('libphonenumber-js/max', isPhoneNumberLibrary);
}

function isPhoneNumberLibrary(loaded: unknown): loaded is PhoneNumberLibrary {
  // A function that has the others as properties.
  if (typeof loaded !== 'function' && (typeof loaded !== 'object' || loaded === null)) return false;
  return (
    typeof Reflect.get(loaded, 'parsePhoneNumberFromString') === 'function' &&
    typeof Reflect.get(loaded, 'isSupportedCountry') === 'function'
  );
}
