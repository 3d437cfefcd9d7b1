import { types } from 'node:util';
import type { MeterProvider } from '@opentelemetry/api';
import {
  expectBoolean,
  expectInteger,
  expectNonEmptyString,
  expectOneOf,
  expectOptions,
  hasMethods,
  OptionError,
} from '@genspan/span-processor-base';
import { DEFAULT_DETECTOR_NAMES, DETECTOR_NAMES } from './detector-name.js';
import type { DetectorName } from './detector-name.js';
import { parseRules } from './parse-rules.js';
import type { RedactionRule } from './redaction-rule.js';
import type { PhoneValidation, RedactionMode, RedactorOptions } from './redactor-options.js';

/** The options with every default filled in. */
export interface ParsedRedactorOptions {
  readonly rules: readonly RedactionRule[];
  readonly mode: RedactionMode;
  readonly labels: boolean;
  readonly hashKey: string | Uint8Array | undefined;
  readonly keepLast: number;
  readonly detectors: ReadonlySet<DetectorName>;
  readonly phoneValidation: PhoneValidation | undefined;
  readonly allowKeys: readonly string[] | undefined;
  readonly allowlist: ReadonlySet<string>;
  readonly allowPatterns: readonly RegExp[];
  readonly maxValueLength: number;
  readonly dryRun: boolean;
  readonly meterProvider: MeterProvider | undefined;
}

const MODES = ['mask', 'hash', 'remove', 'partial'] as const;

/** The names of all options. */
export const REDACTOR_OPTIONS = [
  'mode',
  'labels',
  'hashKey',
  'keepLast',
  'includeDefaults',
  'detectors',
  'phoneValidation',
  'rules',
  'allowKeys',
  'allowlist',
  'allowPatterns',
  'maxValueLength',
  'dryRun',
  'meterProvider',
] as const satisfies readonly (keyof RedactorOptions)[];

/** @throws OptionError naming the option that is wrong; of patterns and field paths, which are compiled later, the rest. */
export function parseRedactorOptions(options: RedactorOptions): ParsedRedactorOptions {
  const given = expectOptions(options, REDACTOR_OPTIONS);
  const keepLast = expectInteger('keepLast', given['keepLast'] ?? 4);
  if (keepLast > 8) throw new OptionError('keepLast', 'to be an integer from 1 to 8', keepLast);
  return Object.freeze({
    mode: expectOneOf('mode', given['mode'] ?? 'mask', MODES),
    labels: expectBoolean('labels', given['labels'] ?? false),
    hashKey: given['hashKey'] === undefined ? undefined : expectKey('hashKey', given['hashKey']),
    keepLast,
    detectors: parseDetectors(given['detectors'], given['includeDefaults']),
    phoneValidation:
      given['phoneValidation'] === undefined ? undefined : expectPhoneValidation(given['phoneValidation']),
    rules: parseRules('rules', given['rules'] ?? []),
    allowKeys: given['allowKeys'] === undefined ? undefined : expectStrings('allowKeys', given['allowKeys']),
    allowlist: new Set(expectStrings('allowlist', given['allowlist'] ?? [])),
    allowPatterns: expectPatterns('allowPatterns', given['allowPatterns'] ?? []),
    maxValueLength: expectInteger('maxValueLength', given['maxValueLength'] ?? 16 * 1024 * 1024, 64),
    dryRun: expectBoolean('dryRun', given['dryRun'] ?? false),
    meterProvider: given['meterProvider'] === undefined ? undefined : expectMeterProvider(given['meterProvider']),
  });
}

function parseDetectors(given: unknown, includeDefaults: unknown): ReadonlySet<DetectorName> {
  const isList = Array.isArray(given);
  const withDefaults = expectBoolean('includeDefaults', includeDefaults ?? !isList);
  const detectors = new Set(withDefaults ? DEFAULT_DETECTOR_NAMES : []);
  if (given === undefined) return detectors;
  if (isList) {
    given.forEach((name, index) => detectors.add(expectOneOf(`detectors[${index}]`, name, DETECTOR_NAMES)));
    return detectors;
  }
  if (typeof given !== 'object' || given === null) {
    throw new OptionError('detectors', 'to be a list of detectors or an object of switches', given);
  }
  for (const [key, on] of Object.entries(given)) {
    const name = DETECTOR_NAMES.find((known) => known === key);
    if (name === undefined) throw new OptionError('detectors', `to have only ${DETECTOR_NAMES.join(', ')}`, key);
    if (on === undefined) continue;
    if (expectBoolean(`detectors.${name}`, on)) detectors.add(name);
    else detectors.delete(name);
  }
  return detectors;
}

function expectPhoneValidation(value: unknown): PhoneValidation {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError('phoneValidation', 'to be an object', value);
  }
  const { defaultCountry, ...rest } = value as Record<string, unknown>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new OptionError('phoneValidation', 'to have only defaultCountry', unknown);
  if (defaultCountry === undefined) return Object.freeze({});
  return Object.freeze({ defaultCountry: expectNonEmptyString('phoneValidation.defaultCountry', defaultCountry) });
}

function expectKey(option: string, value: unknown): string | Uint8Array {
  if ((typeof value === 'string' || types.isUint8Array(value)) && value.length > 0) return value;
  // Not given to the message: it may be the key.
  throw new OptionError(
    option,
    'to be a non-empty string or Uint8Array',
    typeof value === 'string' ? '' : typeof value,
  );
}

function expectStrings(option: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new OptionError(option, 'to be an array of strings', value);
  return value.map((item, index) => expectNonEmptyString(`${option}[${index}]`, item));
}

function expectPatterns(option: string, value: unknown): readonly RegExp[] {
  if (!Array.isArray(value)) throw new OptionError(option, 'to be an array of regular expressions', value);
  return value.map((item: unknown, index) => {
    if (types.isRegExp(item)) return item;
    throw new OptionError(`${option}[${index}]`, 'to be a regular expression', item);
  });
}

function expectMeterProvider(value: unknown): MeterProvider {
  if (isMeterProvider(value)) return value;
  throw new OptionError('meterProvider', 'to be a meter provider (getMeter)', value);
}

function isMeterProvider(value: unknown): value is MeterProvider {
  return hasMethods(value, ['getMeter']);
}
