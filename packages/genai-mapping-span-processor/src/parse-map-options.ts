import { expectOneOf, expectOptions, OptionError } from '@genspan/span-processor-base';
import { DIALECT_NAMES } from './dialect-name.js';
import type { DialectName } from './dialect-name.js';

/** What to translate into what. */
export interface MappingOptions {
  /**
   * The dialect that is read.
   * @defaultValue `'auto'`: all that a span speaks
   */
  readonly from?: DialectName | 'auto';
  /** The dialects that are written: one, or several, each once. */
  readonly to: DialectName | readonly DialectName[];
  /**
   * `add`: what is written comes beside what is there, and never in its place. `replace`: what was carried over goes away.
   * @defaultValue `'add'`
   */
  readonly mode?: 'add' | 'replace';
}

/** {@link MappingOptions} with every default filled in. */
export interface ParsedMappingOptions {
  readonly from: DialectName | 'auto';
  readonly to: readonly DialectName[];
  readonly mode: 'add' | 'replace';
}

/** Names of the {@link MappingOptions}. */
export const MAPPING_OPTIONS = ['from', 'to', 'mode'] as const;

const MODES = ['add', 'replace'] as const;
const SOURCES = ['auto', ...DIALECT_NAMES] as const;

/**
 * @param others - names of options that are allowed besides and not looked at
 * @throws OptionError naming the option that is wrong.
 */
export function parseMapOptions(options: unknown, others: readonly string[] = []): ParsedMappingOptions {
  const { from = 'auto', to, mode = 'add' } = expectOptions(options, [...MAPPING_OPTIONS, ...others]);
  return Object.freeze({
    from: expectOneOf('from', from, SOURCES),
    to: parseTargets(to),
    mode: expectOneOf('mode', mode, MODES),
  });
}

function parseTargets(to: unknown): readonly DialectName[] {
  if (!Array.isArray(to)) return [expectOneOf('to', to, DIALECT_NAMES)];
  if (to.length === 0) throw new OptionError('to', 'to name a dialect or several', to);
  const targets = to.map((name, index) => expectOneOf(`to[${index}]`, name, DIALECT_NAMES));
  const repeated = targets.findIndex((name, index) => targets.indexOf(name) !== index);
  if (repeated !== -1)
    throw new OptionError(`to[${repeated}]`, 'to be another dialect than those before', to[repeated]);
  return Object.freeze(targets);
}
