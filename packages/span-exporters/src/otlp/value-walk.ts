import { SpanTooLargeError } from './byte-writer.js';

/**
 * Levels of arrays and objects within an attribute; what is deeper is the empty value. Protobuf readers of Java, C++ and C#
 * take 100 messages within each other: a level takes three of them, and what is around attributes six.
 */
const MAX_DEPTH = 30;
/** Arrays and objects of one list of attributes. Values that share parts are written out, which may take for ever. */
const MAX_CONTAINERS = 100_000;

/** The way into structured values: it ends where they contain themselves or are too deep, and when there is too much of them. */
export class ValueWalk {
  readonly #ancestors: object[] = [];
  #containers = 0;

  /**
   * Enters an array or object. Returns whether it may be read; then {@link leave} must follow.
   * @throws SpanTooLargeError
   */
  enter(container: object): boolean {
    if (++this.#containers > MAX_CONTAINERS) throw new SpanTooLargeError();
    if (this.#ancestors.length >= MAX_DEPTH || this.#ancestors.includes(container)) return false;
    this.#ancestors.push(container);
    return true;
  }

  leave(): void {
    this.#ancestors.pop();
  }
}
