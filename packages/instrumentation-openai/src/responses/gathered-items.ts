import { fields, type Fields } from '../untyped.js';

/** A part of an item, gathered from its deltas. */
interface GatheredPart {
  readonly type: string;
  text: string;
}

/** An output item as far as its events have come. */
interface GatheredItem {
  /** What the item was when it was added. */
  readonly started: Fields;
  /** The finished item, once it is there: the truth, and deltas no longer matter. */
  done: Fields | undefined;
  /** By `content_index`. */
  readonly content: Map<unknown, GatheredPart>;
  /** By `summary_index`. */
  readonly summary: Map<unknown, GatheredPart>;
  /** Fields that grow: arguments, input, code. */
  readonly strings: Record<string, string>;
}

type ReadDelta = (items: GatheredItems, event: Fields) => void;

/** The events that carry pieces of text. The item is named for streams that are resumed after it was added. */
const DELTAS: ReadonlyMap<unknown, ReadDelta> = new Map([
  ['response.output_text.delta', partDelta('message', 'content', 'output_text')],
  ['response.refusal.delta', partDelta('message', 'content', 'refusal')],
  ['response.reasoning_text.delta', partDelta('reasoning', 'content', 'reasoning_text')],
  ['response.reasoning_summary_text.delta', partDelta('reasoning', 'summary', 'summary_text')],
  ['response.function_call_arguments.delta', stringDelta('function_call', 'arguments')],
  ['response.mcp_call_arguments.delta', stringDelta('mcp_call', 'arguments')],
  ['response.custom_tool_call_input.delta', stringDelta('custom_tool_call', 'input')],
  ['response.code_interpreter_call_code.delta', stringDelta('code_interpreter_call', 'code')],
]);

/**
 * Gathers the output items of a stream, for one that is cut short before the response that holds them all. Items are
 * told apart by their `output_index`: their events may be interleaved.
 */
export class GatheredItems {
  readonly #items = new Map<unknown, GatheredItem>();

  /** Reads an event, if it is about an item. */
  add(type: unknown, event: Fields): void {
    const readDelta = DELTAS.get(type);
    if (readDelta !== undefined) readDelta(this, event);
    else if (type === 'response.output_item.done') this.#at(event).done = fields(event['item']);
    // A copy: what the client hands out may be changed by who gets it.
    else if (type === 'response.output_item.added') this.#at(event, { ...fields(event['item']) });
  }

  /** The item that an event is about. */
  item(event: Fields, type: string): GatheredItem {
    return this.#items.get(event['output_index']) ?? this.#at(event, { type, id: event['item_id'] });
  }

  /** The items in the shape that the API gives them, in their order. */
  output(): Fields[] {
    const inOrder = [...this.#items].sort(([a], [b]) => Number(a) - Number(b));
    return inOrder.map(([, item]) => item.done ?? gathered(item));
  }

  #at(event: Fields, started: Fields = {}): GatheredItem {
    const index = event['output_index'];
    let item = this.#items.get(index);
    if (item === undefined) {
      item = { started, done: undefined, content: new Map(), summary: new Map(), strings: {} };
      this.#items.set(index, item);
    }
    return item;
  }
}

function partDelta(itemType: string, list: 'content' | 'summary', type: string): ReadDelta {
  const index = list === 'content' ? 'content_index' : 'summary_index';
  return (items, event) => {
    const { delta } = event;
    if (typeof delta !== 'string') return;
    const parts = items.item(event, itemType)[list];
    const part = parts.get(event[index]);
    if (part === undefined) parts.set(event[index], { type, text: delta });
    else part.text += delta;
  };
}

function stringDelta(itemType: string, field: string): ReadDelta {
  return (items, event) => {
    const { delta } = event;
    if (typeof delta !== 'string') return;
    const { strings } = items.item(event, itemType);
    strings[field] = (strings[field] ?? '') + delta;
  };
}

function gathered({ started, content, summary, strings }: GatheredItem): Fields {
  const item: Record<string, unknown> = { ...started, ...strings };
  if (content.size > 0) item['content'] = [...content.values()].map(apiPart);
  if (summary.size > 0) item['summary'] = [...summary.values()];
  return item;
}

function apiPart(part: GatheredPart): Fields {
  return part.type === 'refusal' ? { type: part.type, refusal: part.text } : { ...part };
}
