import { endOfString } from './json-scalars.js';

/** Which parts of a JSON text are in its strings. To be asked from left to right. */
export class StringPlaces {
  readonly #text: string;
  #start = -1;
  #end = -1;
  /** Index of the first quote behind that, once it was searched for: behind the text when there is none. */
  #quote = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Index of the first character of the string that was found last. */
  get start(): number {
    return this.#start;
  }

  /** Index of the quote that ends it. */
  get end(): number {
    return this.#end;
  }

  /** Whether the character at `index` is in a string, which is then the one found last. */
  includes(index: number): boolean {
    while (this.#end < index) {
      if (this.#quote <= this.#end) {
        const quote = this.#text.indexOf('"', this.#end + 1);
        this.#quote = quote === -1 ? Infinity : quote;
      }
      if (this.#quote > index) return false;
      this.#start = this.#quote + 1;
      this.#end = endOfString(this.#text, this.#start);
    }
    return index >= this.#start && index < this.#end;
  }
}
