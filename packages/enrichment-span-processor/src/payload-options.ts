import {
  expectBoolean,
  expectInteger,
  expectNonEmptyStrings,
  expectOneOf,
  expectOptions,
  OptionError,
} from '@genspan/span-processor-base';
import { parseExcludedPath } from './excluded-path.js';
import type { ExcludedStep } from './excluded-path.js';

/** Limits of what spans carry. Bytes are those of UTF-8, as a value leaves. */
export interface PayloadOptions {
  /**
   * Bytes of the value of one attribute, of spans and of their events. Text and JSON are cut from the longest text on, so that JSON
   * stays JSON; media become a note. Integer of at least 256.
   *
   * 1 MiB is more text than the context of most models holds, so what meets it is media; and input, output and tools of
   * that size still fit the 4 MiB that a Collector takes in one request.
   *
   * @defaultValue 1,048,576
   */
  readonly maxValueBytes?: number;
  /** Bytes of one message, in lists of messages. Integer of at least 256. By default there is no limit but `maxValueBytes`. */
  readonly maxMessageBytes?: number;
  /** How many of the first messages of an input stay, those of the system not counted. With neither this nor the next one: all. */
  readonly keepFirstMessages?: number;
  /** How many of the last messages of an input stay. */
  readonly keepLastMessages?: number;
  /**
   * Whether definitions of tools are dropped. `names`: type and name of each stay.
   *
   * @defaultValue false
   */
  readonly dropToolDefinitions?: boolean | 'names';
  /**
   * `length`: of an embedding stays how many numbers it has.
   *
   * @defaultValue 'keep'
   */
  readonly embeddings?: 'keep' | 'length';
  /** Paths of values that become `[EXCLUDED]`: keys of attributes, and names in JSON (`gen_ai.tool.call.arguments.**.ssn`). */
  readonly excludeFields?: readonly string[];
  /**
   * Whether spans carry what was given to models and tools.
   *
   * @defaultValue true
   */
  readonly captureInputs?: boolean;
  /**
   * Whether spans carry what models and tools answered.
   *
   * @defaultValue true
   */
  readonly captureOutputs?: boolean;
}

/** Options that were checked, complete. */
export interface ParsedPayloadOptions {
  readonly maxValueBytes: number;
  readonly maxMessageBytes: number | undefined;
  readonly keepFirstMessages: number | undefined;
  readonly keepLastMessages: number | undefined;
  readonly dropToolDefinitions: boolean | 'names';
  readonly embeddings: 'keep' | 'length';
  readonly excludeFields: readonly (readonly ExcludedStep[])[];
  readonly captureInputs: boolean;
  readonly captureOutputs: boolean;
}

/** A shorter value has no room for what says that it was cut. */
const MIN_BYTES = 256;
const DEFAULT_MAX_VALUE_BYTES = 1_048_576;
/** Keeps the work per segment bounded. */
const MAX_PATHS = 64;

const KNOWN = [
  'maxValueBytes',
  'maxMessageBytes',
  'keepFirstMessages',
  'keepLastMessages',
  'dropToolDefinitions',
  'embeddings',
  'excludeFields',
  'captureInputs',
  'captureOutputs',
] as const satisfies readonly (keyof PayloadOptions)[];

/**
 * @param name - the option's name in messages: `payload`
 * @throws OptionError when an option is unknown or wrong
 */
export function parsePayloadOptions(name: string, value: unknown): ParsedPayloadOptions {
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    throw new OptionError(name, 'to be an object', value);
  }
  const options = expectOptions(value, KNOWN);
  const read = <T>(key: keyof PayloadOptions, fallback: T, parse: (option: string, value: unknown) => T): T => {
    const given = options[key];
    return given === undefined ? fallback : parse(`${name}.${key}`, given);
  };
  const bytes = (option: string, given: unknown): number => expectInteger(option, given, MIN_BYTES);
  const count = (option: string, given: unknown): number => expectInteger(option, given, 0);
  return Object.freeze({
    maxValueBytes: read('maxValueBytes', DEFAULT_MAX_VALUE_BYTES, bytes),
    maxMessageBytes: read<number | undefined>('maxMessageBytes', undefined, bytes),
    keepFirstMessages: read<number | undefined>('keepFirstMessages', undefined, count),
    keepLastMessages: read<number | undefined>('keepLastMessages', undefined, count),
    dropToolDefinitions: read<boolean | 'names'>('dropToolDefinitions', false, expectDrop),
    embeddings: read<'keep' | 'length'>('embeddings', 'keep', (option, given) =>
      expectOneOf(option, given, ['keep', 'length']),
    ),
    excludeFields: read('excludeFields', [], expectPaths),
    captureInputs: read('captureInputs', true, expectBoolean),
    captureOutputs: read('captureOutputs', true, expectBoolean),
  });
}

function expectDrop(option: string, value: unknown): boolean | 'names' {
  if (typeof value === 'boolean' || value === 'names') return value;
  throw new OptionError(option, "to be true, false or 'names'", value);
}

function expectPaths(option: string, value: unknown): readonly (readonly ExcludedStep[])[] {
  if (Array.isArray(value) && value.length === 0) return [];
  const paths = expectNonEmptyStrings(option, value);
  if (paths.length > MAX_PATHS) throw new OptionError(option, `to have at most ${MAX_PATHS} paths`, value);
  return paths.map((path, index) => parseExcludedPath(`${option}[${index}]`, path));
}
