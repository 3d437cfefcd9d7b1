import { createContext, runInContext } from 'node:vm';
import { DEFAULT_DETECTOR_NAMES, DETECTOR_NAMES } from '../src/detector-name.js';
import type { DetectorName } from '../src/detector-name.js';
import { parseRedactorOptions } from '../src/parse-redactor-options.js';
import type { RedactorOptions } from '../src/redactor-options.js';

/** As a caller without types would give them. */
function parse(options: unknown) {
  return parseRedactorOptions(options as RedactorOptions);
}

function messageOf(options: unknown): string {
  try {
    parse(options);
  } catch (error) {
    if (error instanceof TypeError && error.name === 'OptionError') return error.message;
    throw error;
  }
  return 'accepted';
}

const CHOICE_OF_DETECTORS = DETECTOR_NAMES.map((name) => `\`${name}\``).join(', ');

test('fills in the defaults', () => {
  const parsed = parse({});
  expect(parsed).toEqual({
    mode: 'mask',
    labels: false,
    hashKey: undefined,
    keepLast: 4,
    detectors: new Set(DEFAULT_DETECTOR_NAMES),
    phoneValidation: undefined,
    rules: [],
    allowKeys: undefined,
    allowlist: new Set(),
    allowPatterns: [],
    maxValueLength: 16_777_216,
    dryRun: false,
    meterProvider: undefined,
  });
  expect(Object.isFrozen(parsed)).toBe(true);
});

test('takes undefined for left out', () => {
  const keys = Object.keys(parse({})).filter((key) => key !== 'detectors');
  expect(parse({ ...Object.fromEntries(keys.map((key) => [key, undefined])), detectors: undefined })).toEqual(
    parse({}),
  );
});

test.each<[string, RedactorOptions, readonly DetectorName[]]>([
  ['a list', { detectors: ['ipv4', 'email'] }, ['ipv4', 'email']],
  ['an empty list', { detectors: [] }, []],
  [
    'a list beside the default ones',
    { detectors: ['ipv4'], includeDefaults: true },
    [...DEFAULT_DETECTOR_NAMES, 'ipv4'],
  ],
  ['none of the default ones', { includeDefaults: false }, []],
  [
    'switches',
    { detectors: { ipv4: true, phone: false } },
    [...DEFAULT_DETECTOR_NAMES.filter((name) => name !== 'phone'), 'ipv4'],
  ],
  [
    'switches without the default ones',
    { detectors: { email: true, phone: false }, includeDefaults: false },
    ['email'],
  ],
])('turns on the detectors of %s', (_what, options, names) => {
  expect(parse(options).detectors).toEqual(new Set(names));
});

test('leaves a switch that is undefined as it is by default', () => {
  expect(parse({ detectors: { email: undefined, ipv4: undefined } }).detectors).toEqual(
    new Set(DEFAULT_DETECTOR_NAMES),
  );
});

test('takes patterns and keys of another realm', () => {
  const [pattern, hashKey]: unknown[] = Array.from(
    runInContext('[/kiwi/, new Uint8Array([1, 2])]', createContext()) as unknown[],
  );
  expect([pattern instanceof RegExp, hashKey instanceof Uint8Array]).toEqual([false, false]);
  expect(parse({ allowPatterns: [pattern], hashKey }).hashKey).toBe(hashKey);
});

test.each<[string, unknown, string]>([
  ['options that are none', 'mask', 'Expected `options` to be an object, got `"mask"`'],
  [
    'an unknown mode',
    { mode: 'blur' },
    'Expected `mode` to be one of `mask`, `hash`, `remove`, `partial`, got `"blur"`',
  ],
  ['labels that are no switch', { labels: 1 }, 'Expected `labels` to be true or false, got `1`'],
  ['keepLast 0', { keepLast: 0 }, 'Expected `keepLast` to be an integer of at least 1, got `0`'],
  ['keepLast 9', { keepLast: 9 }, 'Expected `keepLast` to be an integer from 1 to 8, got `9`'],
  [
    'includeDefaults that is no switch',
    { includeDefaults: 'no' },
    'Expected `includeDefaults` to be true or false, got `"no"`',
  ],
  [
    'a detector that there is not',
    { detectors: ['mail'] },
    `Expected \`detectors[0]\` to be one of ${CHOICE_OF_DETECTORS}, got \`"mail"\``,
  ],
  [
    'a switch of none',
    { detectors: { mail: true } },
    `Expected \`detectors\` to have only ${DETECTOR_NAMES.join(', ')}, got \`"mail"\``,
  ],
  [
    'a switch that is none',
    { detectors: { email: 'on' } },
    'Expected `detectors.email` to be true or false, got `"on"`',
  ],
  [
    'a detector instead of a list',
    { detectors: 'email' },
    'Expected `detectors` to be a list of detectors or an object of switches, got `"email"`',
  ],
  [
    'detectors null',
    { detectors: null },
    'Expected `detectors` to be a list of detectors or an object of switches, got `null`',
  ],
  [
    'a switch for the check of phone numbers',
    { phoneValidation: true },
    'Expected `phoneValidation` to be an object, got `true`',
  ],
  [
    'a misspelt country',
    { phoneValidation: { country: 'US' } },
    'Expected `phoneValidation` to have only defaultCountry, got `"country"`',
  ],
  [
    'a country that is no text',
    { phoneValidation: { defaultCountry: 1 } },
    'Expected `phoneValidation.defaultCountry` to be a non-empty string, got `1`',
  ],
  ['a rule that is none', { rules: [1] }, 'Expected `rules[0]` to be an object, got `1`'],
  [
    'allowKeys that is no list',
    { allowKeys: 'gen_ai.*' },
    'Expected `allowKeys` to be an array of strings, got `"gen_ai.*"`',
  ],
  ['an empty key', { allowKeys: ['a', ''] }, 'Expected `allowKeys[1]` to be a non-empty string, got `""`'],
  [
    'an allowlist that is no list',
    { allowlist: new Set() },
    'Expected `allowlist` to be an array of strings, got an object',
  ],
  ['an empty text', { allowlist: [''] }, 'Expected `allowlist[0]` to be a non-empty string, got `""`'],
  [
    'allowPatterns that is no list',
    { allowPatterns: /a/ },
    'Expected `allowPatterns` to be an array of regular expressions, got an object',
  ],
  [
    'a pattern that is a text',
    { allowPatterns: [/a/, 'b'] },
    'Expected `allowPatterns[1]` to be a regular expression, got `"b"`',
  ],
  ['a length below 64', { maxValueLength: 63 }, 'Expected `maxValueLength` to be an integer of at least 64, got `63`'],
  [
    'a length without end',
    { maxValueLength: Infinity },
    'Expected `maxValueLength` to be an integer of at least 64, got `Infinity`',
  ],
  ['dryRun that is no switch', { dryRun: 'true' }, 'Expected `dryRun` to be true or false, got `"true"`'],
  [
    'a meter instead of its provider',
    { meterProvider: { createCounter: () => 0 } },
    'Expected `meterProvider` to be a meter provider (getMeter), got an object',
  ],
  ['a key of no length', { hashKey: '' }, 'Expected `hashKey` to be a non-empty string or Uint8Array, got `""`'],
])('refuses %s', (_what, options, message) => {
  expect(messageOf(options)).toBe(message);
});

test('takes phone validation without a country', () => {
  expect(parse({ phoneValidation: { defaultCountry: undefined } }).phoneValidation).toEqual({});
  expect(parse({ phoneValidation: { defaultCountry: 'US' } }).phoneValidation).toEqual({ defaultCountry: 'US' });
});

test('names all options when one is misspelt', () => {
  expect(messageOf({ allowkeys: [] })).toMatch(
    /^Expected `options` to have only `mode`, .*`allowKeys`.*, got `"allowkeys"`$/,
  );
});

test.each([
  ['a number', 4711],
  ['a list', [47, 11]],
  ['an object', { key: 4711 }],
  ['an empty array of bytes', new Uint8Array()],
])('does not repeat %s that may be the key', (_what, hashKey) => {
  const message = messageOf({ hashKey });
  expect(message).toMatch(/^Expected `hashKey` to be a non-empty string or Uint8Array, got `"(number|object)"`$/);
  expect(message).not.toMatch(/47|11/);
});
