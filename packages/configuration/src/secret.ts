/** What is shown in place of it. */
const SHOWN = '[secret]';

/**
 * A text that must not be shown: no dump of the configuration, as JSON, as a string or on the console, has it in it. The
 * console shows an object without properties.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    Object.freeze(this);
  }

  /** The text itself. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }
}
