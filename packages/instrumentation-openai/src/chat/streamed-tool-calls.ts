import { IndexedSlots } from '../indexed-slots.js';
import { fields, type Fields } from '../untyped.js';

interface ToolCall {
  id?: unknown;
  type?: unknown;
  readonly function: { name: string; arguments: string };
  readonly custom: { name: string; input: string };
}

/** The tool calls of one streamed choice, each put together from its pieces. */
export class StreamedToolCalls {
  readonly #calls = new IndexedSlots<ToolCall>(() => ({
    function: { name: '', arguments: '' },
    custom: { name: '', input: '' },
  }));

  /** Adds a piece, which belongs to the call with its `index`. */
  add(piece: Fields): void {
    const { index, id, type, function: called, custom } = piece;
    const call = this.#calls.at(index ?? this.#indexFor(id), 0);
    if (id) call.id = id;
    if (type) call.type = type;
    if (called) {
      const { name, arguments: part } = fields(called);
      if (typeof name === 'string') call.function.name += name;
      if (typeof part === 'string') call.function.arguments += part;
    }
    if (custom) {
      const { name, input } = fields(custom);
      if (typeof name === 'string') call.custom.name += name;
      if (typeof input === 'string') call.custom.input += input;
    }
  }

  /** Some servers of the same API leave the index out: there a new id begins a new call. */
  #indexFor(id: unknown): number {
    const last = Math.max(this.#calls.length - 1, 0);
    const isNew = this.#calls.length > 0 && Boolean(id) && this.#calls.at(last, last).id !== id;
    return isNew ? last + 1 : last;
  }

  /** The calls in order, as a response that is not streamed has them. */
  all(): readonly object[] {
    return this.#calls.used();
  }
}
