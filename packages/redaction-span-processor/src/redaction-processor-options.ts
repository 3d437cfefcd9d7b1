import { expectOptions, OptionError } from '@genspan/span-processor-base';
import { REDACTOR_OPTIONS } from './parse-redactor-options.js';
import type { RedactionEngine } from './redaction-engine.js';
import { engineOf, isRedactor, Redactor } from './redactor.js';
import type { RedactorOptions } from './redactor-options.js';

/** What the processors of spans and of log records have in common. */
export interface RedactionProcessorOptions extends RedactorOptions {
  /**
   * Redacts with this one, which others can share: it has all other options, and counts for all of them together.
   * @defaultValue one of its own, made of the other options
   */
  redactor?: Redactor;
}

/** The options with every default filled in. */
export interface ParsedRedactionProcessorOptions {
  readonly redactor: Redactor;
  readonly engine: RedactionEngine;
  readonly delegate: unknown;
}

/** @throws OptionError naming the option that is wrong. */
export function parseRedactionProcessorOptions(
  options: RedactionProcessorOptions & { delegate?: unknown },
): ParsedRedactionProcessorOptions {
  const { delegate, redactor, ...others } = expectOptions(options, [...REDACTOR_OPTIONS, 'delegate', 'redactor']);
  if (redactor === undefined) {
    const own = new Redactor(others);
    return { redactor: own, engine: engineOf(own), delegate };
  }
  if (!isRedactor(redactor)) throw new OptionError('redactor', 'to be a Redactor', redactor);
  const other = REDACTOR_OPTIONS.find((name) => others[name] !== undefined);
  if (other !== undefined) throw new OptionError(other, 'to be given to the `redactor`', others[other]);
  return { redactor, engine: engineOf(redactor), delegate };
}
