import { parseRedactorOptions } from './parse-redactor-options.js';
import { RedactionEngine } from './redaction-engine.js';
import type { RedactionMatch } from './redaction-match.js';
import type { RedactionStats } from './redaction-stats.js';
import type { RedactorOptions } from './redactor-options.js';

const ENGINES = new WeakMap<Redactor, RedactionEngine>();

/** Finds and redacts secrets and personal data in texts and values. */
export class Redactor {
  readonly #engine: RedactionEngine;

  /** @throws OptionError when an option is wrong. */
  constructor(options: RedactorOptions = {}) {
    this.#engine = new RedactionEngine(parseRedactorOptions(options));
    ENGINES.set(this, this.#engine);
  }

  redactText(text: string): string {
    return this.#engine.text(text, 'text');
  }

  redactValue(value: unknown): unknown {
    return this.#engine.attribute('', value, 'text');
  }

  find(_text: string): RedactionMatch[] {
    return [];
  }

  stats(): RedactionStats {
    return this.#engine.stats();
  }
}

/** The engine of a redactor, for the processors. */
export function engineOf(redactor: Redactor): RedactionEngine {
  const engine = ENGINES.get(redactor);
  if (engine === undefined) throw new TypeError('Expected a Redactor of this copy of the package');
  return engine;
}
