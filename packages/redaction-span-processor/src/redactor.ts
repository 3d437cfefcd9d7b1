import { hasMethods } from '@genspan/span-processor-base';
import { parseRedactorOptions } from './parse-redactor-options.js';
import { RedactionEngine, REMOVED } from './redaction-engine.js';
import type { RedactionMatch } from './redaction-match.js';
import { reportRedactionMetrics } from './redaction-metrics.js';
import type { RedactionStats } from './redaction-stats.js';
import type { RedactorOptions } from './redactor-options.js';

/** Under this a redactor has its engine: the same name in all copies of the package, of which ESM and CommonJS load one each. */
const ENGINE = Symbol.for('genspan.redaction.engine');

/** What processors call. */
const ENGINE_METHODS = [
  'text',
  'key',
  'attribute',
  'pseudo',
  'takeMarks',
  'countSpan',
  'countLogRecord',
  'stats',
] as const satisfies readonly (keyof RedactionEngine)[];

/**
 * Finds and redacts secrets and personal data in texts and values. One redactor can serve any number of processors; what
 * they did is counted in it.
 */
export class Redactor {
  readonly #engine: RedactionEngine;

  /** @throws OptionError when an option is wrong, or a pattern could take too long. */
  constructor(options: RedactorOptions = {}) {
    const parsed = parseRedactorOptions(options);
    // Not listed, nor written by what prints objects.
    Object.defineProperty(this, ENGINE, { value: (this.#engine = new RedactionEngine(parsed)) });
    if (parsed.meterProvider !== undefined) reportRedactionMetrics(parsed.meterProvider, () => this.stats());
  }

  /**
   * The text with what is found redacted; of JSON, which stays JSON, in all its strings, keys and numbers. Rules with
   * `fields` do not apply to it: they are for {@link redactValue}, which takes a text, too.
   *
   * @returns the identical string when nothing is found
   */
  redactText(text: string): string {
    return this.#engine.text(text, 'text');
  }

  /**
   * The value with all its texts redacted: of objects, arrays, Maps, Sets and errors at any depth, of strings that hold JSON,
   * and of bytes that are text. What is found in is copied, as a plain object or list; the given value is not changed. What
   * neither exporters nor consoles write of a value, such as symbols and members that are not enumerable, stays as it is.
   *
   * @returns the identical value when nothing is found; the mask when the value cannot be read; `undefined` when a rule with
   * mode `remove` names all of it
   */
  redactValue(value: unknown): unknown {
    const redacted = this.#engine.value(value);
    return redacted === REMOVED ? undefined : redacted;
  }

  /**
   * Messages, as JSON or as objects, redacted like any value. Besides, a secret that is split over the texts of parts that
   * follow each other is found.
   *
   * @param messages - in the form of the GenAI conventions, or of a provider
   * @returns the identical messages when nothing is found; the mask when they cannot be read, and `undefined` when a rule with
   * mode `remove` names all of them
   */
  redactMessages(messages: string): string;
  redactMessages(messages: readonly unknown[]): readonly unknown[];
  redactMessages(messages: string | readonly unknown[]): unknown {
    return this.redactValue(messages);
  }

  /**
   * What is to be redacted in a text, in its order; no two overlap. A text that is masked as a whole, because it is too long
   * or a rule failed, is one match by the cause, `length` or `error`.
   */
  find(text: string): RedactionMatch[] {
    return [...this.#engine.find(text)];
  }

  /** What was redacted since construction. */
  stats(): RedactionStats {
    return this.#engine.stats();
  }
}

/**
 * The engine of a redactor, for the processors.
 *
 * @throws TypeError when it has none.
 */
export function engineOf(redactor: Redactor): RedactionEngine {
  const engine: unknown = Reflect.get(redactor, ENGINE);
  if (isEngine(engine)) return engine;
  throw new TypeError('Expected a Redactor');
}

/** Whether it is a redactor, be it of another copy of the package. */
export function isRedactor(value: unknown): value is Redactor {
  return typeof value === 'object' && value !== null && isEngine(Reflect.get(value, ENGINE));
}

function isEngine(value: unknown): value is RedactionEngine {
  return hasMethods(value, ENGINE_METHODS);
}
